from collections.abc import Iterator
from typing import Any

import pytest

from mindspace.mail.address import transport
from tests.mail.sink import Sink


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server on loopback that the site delivers to."""
    server = Sink()
    settings.EMAIL_BACKEND = "mindspace.mail.backend.EmailBackend"
    settings.MAIL_TRANSPORT = transport(f"smtp://127.0.0.1:{server.port}", settings.VAR_DIR)
    yield server
    server.kill()

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail

from mindspace.mail.address import transport
from mindspace.mail.models import OutgoingMail


@pytest.mark.django_db
def test_mail_goes_to_the_terminal_and_to_a_file(settings: Any, tmp_path: Path, capsys: Any) -> None:
    settings.EMAIL_BACKEND = "mindspace.mail.backend.EmailBackend"
    settings.MAIL_TRANSPORT = transport("local:", tmp_path)
    send_mail("Your code", "1234-5678", None, ["ana@example.org"])
    OutgoingMail.deliver(OutgoingMail.objects.get().pk)
    [kept] = (tmp_path / "mail").iterdir()
    assert "1234-5678" in kept.read_text()
    assert "1234-5678" in capsys.readouterr().out
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """An empty folder that uploaded pictures go to."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path

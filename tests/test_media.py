"""Pictures without nginx: the site serves them itself, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "secret.txt").write_text("not a picture")
    return default_storage.save("pictures/0123abc.webp", ContentFile(b"webp"))


def test_a_picture_may_be_kept_for_good(client: Client, picture):
    response = client.get(f"/media/{picture}")
    assert b"".join(response.streaming_content) == b"webp"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name",
    [
        "pictures/gone.webp",
        "secret.txt",
        "pictures/../secret.txt",
        "pictures/..%2fsecret.txt",
        "pictures/a%00b",
        "pictures/%2e",
        "pictures/%2e%2e",
    ],
)
def test_nothing_else_is_sent(client: Client, picture, name):
    assert client.get(f"/media/{name}").status_code in (400, 404)


def test_only_reading(client: Client, picture):
    assert client.post(f"/media/{picture}").status_code == 405

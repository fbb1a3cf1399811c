import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from articles.models import Picture
from mindspace.accounts.models import User

pytestmark = pytest.mark.usefixtures("media")


def photo(name: str = "IMG_2041.jpg", size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", size, (90, 120, 100)).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def upload(client: Client, **sent: object):
    return client.post("/admin/articles/picture/upload/", {"file": photo(), **sent})


def test_the_editor_adds_one_and_finds_it_again(at_desk: Client, ed: User, media: Path) -> None:
    answer = upload(at_desk, alt="A free chair by a window", credit="Ed")
    picture = Picture.objects.get()
    assert answer.json() == {"id": picture.pk}
    assert (picture.alt, picture.credit, picture.uploaded_by) == ("A free chair by a window", "Ed", ed)
    shelf = at_desk.get("/admin/articles/picture/shelf/", {"q": "chair"}).json()["pictures"]
    assert shelf == [{"id": picture.pk, "src": f"/media/{picture.renditions[0]['webp']}", "name": picture.alt}]
    assert at_desk.get("/admin/articles/picture/shelf/", {"q": "boat"}).json() == {"pictures": []}
    assert at_desk.get(f"/admin/articles/picture/{picture.pk}/show/").url == shelf[0]["src"]
    assert at_desk.get("/admin/articles/picture/99/show/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"alt": ""}, "Write what the picture shows"),
        ({"alt": "IMG_2041.jpg"}, "looks like a file name"),
        ({"alt": "A chair", "file": SimpleUploadedFile("a.jpg", b"not a picture")}, "not a picture we can read"),
        ({"alt": "A chair", "file": photo(size=(20, 20))}, "too small to be seen"),
        ({"alt": "A chair", "file": ""}, "Choose a file."),
        ({"alt": "A chair", "file": SimpleUploadedFile("a.jpg", b"")}, "This file is empty."),
        ({"alt": "x" * 301}, "at most 300 characters"),
        ({"alt": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_in_words(at_desk: Client, sent: dict[str, object], said: str) -> None:
    answer = upload(at_desk, **sent)
    assert answer.status_code == 400
    assert said in str(answer.json()["errors"])
    assert not Picture.objects.exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_common_kind_is_taken(at_desk: Client, kind: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (100, 80), (90, 120, 100)).save(file, kind)
    answer = upload(at_desk, alt="A green field", file=SimpleUploadedFile("field", file.getvalue()))
    assert answer.status_code == 200


def test_decoration_needs_no_words(at_desk: Client) -> None:
    upload(at_desk, decorative="on")
    assert Picture.objects.get().decorative


def test_the_add_page_says_what_is_wrong_beside_the_field(at_desk: Client) -> None:
    sent = {"file": SimpleUploadedFile("a.jpg", b"not a picture"), "alt": "A chair", "language": "en-us"}
    page = at_desk.post("/admin/articles/picture/add/", sent).content.decode()
    assert "not a picture we can read" in page
    assert "A chair" in page
    assert not Picture.objects.exists()


def test_the_add_page_keeps_one_picture_and_who_added_it(at_desk: Client, ed: User) -> None:
    at_desk.post("/admin/articles/picture/add/", {"file": photo(), "alt": "A chair by a window", "language": "en-us"})
    assert Picture.objects.get().uploaded_by == ed


def test_words_can_be_mended_later(at_desk: Client) -> None:
    upload(at_desk, alt="A chair by a window")
    path = f"/admin/articles/picture/{Picture.objects.get().pk}/change/"
    page = at_desk.post(path, {"alt": "", "language": "en-us"}).content.decode()
    assert "Write what the picture shows" in page
    at_desk.post(path, {"alt": "A free chair by a window", "language": "en-us"})
    assert Picture.objects.get().alt == "A free chair by a window"


def test_junk_is_looked_up_without_harm(at_desk: Client) -> None:
    for words in ("\x00", "x" * 101):
        assert at_desk.get("/admin/articles/picture/shelf/", {"q": words}).status_code == 400
    assert at_desk.get("/admin/articles/picture/shelf/", {"q": "%_'\\"}).status_code == 200

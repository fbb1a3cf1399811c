"""Pictures in a bucket, from upload to deletion. The bucket is a small server of the test's own."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from articles.models import Picture
from mindspace import environment
from tests.articles.cast import draft
from tests.articles.images import jpeg
from tests.test_settings import setting


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as there is to put, look, get and delete; `kept` is what was put, by its path."""

    protocol_version = "HTTP/1.1"
    kept: dict[str, bytes] = {}

    def log_message(self, *_args: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"etag"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        assert "Credential=key%/" in self.headers["Authorization"]
        self.kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200)

    def do_GET(self) -> None:
        found = self.kept.get(self.path)
        self.answer(404 if found is None else 200, found or b"")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        del self.kept[self.path]
        self.answer(204)


@pytest.fixture
def kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """What is in the bucket that the site uses."""
    monkeypatch.setattr(Bucket, "kept", {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("S3_URL", f"http://key%25:secret@127.0.0.1:{server.server_port}/pictures-of-ours")
    settings.STORAGES = {**settings.STORAGES, "default": environment.pictures("S3_URL")}
    yield Bucket.kept
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_a_picture_goes_to_the_bucket_and_comes_from_the_site(kept: dict[str, bytes], client: Client) -> None:
    picture = Picture.objects.upload(jpeg(), alt="A field")
    names = {row[kind] for row in picture.renditions for kind in ("avif", "webp")}
    assert set(kept) == {f"/pictures-of-ours/{name}" for name in names}
    edition = draft(None, hero=picture).publish(None)
    for name in names:
        assert f"/media/{name}" in edition.hero_html
        answer = client.get(f"/media/{name}")
        assert b"".join(answer.streaming_content) == kept[f"/pictures-of-ours/{name}"]
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/media/pictures/0123.webp").status_code == 404


@pytest.mark.django_db
def test_the_same_picture_is_put_once_and_pruned(kept: dict[str, bytes]) -> None:
    for _time in range(2):
        picture = Picture.objects.upload(jpeg(), alt="A field")
    Picture.objects.update(uploaded_at=picture.uploaded_at.replace(year=2020))
    assert len(kept) == 2
    call_command("prune_pictures", "--delete")
    assert kept == {}


@pytest.mark.django_db(transaction=True)
def test_a_backup_says_that_pictures_are_not_in_it(
    kept: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup", tmp_path / "site.tar")
    assert "Nor are the uploaded pictures" in capsys.readouterr().out


@pytest.mark.parametrize(
    "url",
    ["s3://key:hidden@host/bucket", "https://host/bucket", "https://key:hidden@host/", "https://k:hidden@host/a/b"],
)
def test_an_address_that_says_too_little_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("S3_URL", url)
    with pytest.raises(ImproperlyConfigured, match="S3_URL") as refused:
        environment.pictures("S3_URL")
    assert "hidden" not in str(refused.value)


def test_without_the_packages_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3_URL", "https://key:secret@host/bucket")
    monkeypatch.setattr("mindspace.environment.find_spec", lambda _name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-s3\.lock"):
        environment.pictures("S3_URL")


def test_pictures_are_files_unless_it_is_set() -> None:
    assert "FileSystemStorage" in setting("STORAGES['default']")

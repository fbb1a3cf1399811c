"""manage.py import_groups, and fetching from a web address."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from groups.imports import fetching, formats
from groups.models import Group, ImportRun, Source
from mindspace.reach import Caller
from tests.groups.imports.conftest import row, rows
from tests.test_reach import only, server

pytestmark = pytest.mark.django_db


def run(*args: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_groups", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_it_says_what_it_did(feed: Callable[..., Path]) -> None:
    path = feed(*rows(3), row("Odd", notes="monthly"), row("No", attendance_option="inactive"))
    said = run(path, source="AA", format="meeting_guide", kind="twelve_step", topic=["alcohol"])
    assert "5 rows: 3 added, 0 changed, 0 unchanged, 1 set aside, 1 refused." in said
    assert "Set aside for a look: Odd. It says “monthly”" in said
    assert "Done. 1 rows wait for a look in the admin." in said
    assert Group.objects.filter(topics__slug="alcohol", kind="twelve_step").count() == 3
    assert "0 added, 0 changed, 3 unchanged" in run(path, source="AA")


def test_a_dry_run_leaves_nothing(feed: Callable[..., Path]) -> None:
    said = run(feed(*rows(3)), source="AA", format="meeting_guide", dry_run=True)
    assert "3 added" in said
    assert "nothing has been written" in said
    assert not Group.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Source.objects.exists()


def test_held_runs_wait_in_the_admin(feed: Callable[..., Path]) -> None:
    run(feed(*rows(10)), source="AA", format="meeting_guide")
    with pytest.raises(CommandError, match="3 of 10 listings are no longer in the file"):
        run(feed(*rows(7)), source="AA")
    assert ImportRun.objects.filter(status="held").count() == 1
    assert "3 listings are no longer there" in run(feed(*rows(7)), source="AA", even_if_held="They closed an office.")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "say its --format"),
        ({"format": "meeting_guide", "topic": ["nothing-like-it"]}, "no topic nothing-like-it"),
    ],
)
def test_what_is_missing_is_asked_for(feed: Callable[..., Path], options: dict[str, Any], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(feed(row()), source="AA", **options)


def test_no_such_file_and_no_such_format(feed: Callable[..., Path]) -> None:
    with pytest.raises(CommandError, match="There is no"):
        run("/nowhere.json", source="AA", format="meeting_guide")
    path = feed()
    path.write_text("<html>")
    with pytest.raises(CommandError, match="not JSON"):
        run(path, source="AA", format="meeting_guide")


def test_private_addresses_are_not_fetched() -> None:
    for url in ("http://127.0.0.1/feed.json", "http://localhost/x", "https://169.254.169.254/latest"):
        with pytest.raises(CommandError, match="do not fetch from this address"):
            run(url, source="AA", format="meeting_guide")
    assert not ImportRun.objects.exclude(status="failed").exists()


HERE = Caller(allows=only("127.0.0.1"), ports=None, seconds=5)


def http(body: bytes, head: bytes = b"200 OK", *more: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 " + head, b"Content-Length: %d" % len(body), *more, b"", body])


def test_a_feed_is_fetched(source: Source) -> None:
    with server(http(json.dumps([row()]).encode())) as site:
        made = formats.check_url(source, site.url, HERE)
    assert (made.status, made.added, made.came_from) == ("checked", 1, site.url)


def test_pieces_are_put_together(source: Source) -> None:
    said = json.dumps([row()]).encode()
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(said[at : at + 50]), said[at : at + 50]) for at in range(0, len(said), 50))
    with server(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n") as site:
        assert formats.check_url(source, site.url, HERE).added == 1


def never_ends(channel: Any, request: bytes) -> None:
    channel.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        channel.sendall(b" " * 65536)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (http(b"", b"404 Not Found"), "an error: 404"),
        (http(b"", b"302 Found", b"Location: http://10.0.0.1/"), "do not fetch from this address"),
        (http(b"", b"302 Found", b"Location: file:///etc/passwd"), "do not fetch from this address"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[", "stopped in the middle"),
        (http(b"x", b"200 OK", b"Content-Encoding: gzip"), "compressed"),
        (b"SSH-2.0-OpenSSH\r\n", "does not answer"),
        (never_ends, "larger than"),
    ],
)
def test_what_is_no_feed_says_why(source: Source, answer: Any, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1024 * 1024)
    with server(answer) as site:
        made = formats.check_url(source, site.url, HERE)
    assert (made.status, message in made.message) == ("failed", True), made.message


def test_a_slow_answer_is_given_up(source: Source) -> None:
    def drips(channel: Any, request: bytes) -> None:
        import time  # noqa: PLC0415

        channel.sendall(b"HTTP/1.1 200 OK\r\n\r\n[")
        for _second in range(50):
            time.sleep(0.2)
            channel.sendall(b" ")

    with server(drips) as site:
        made = formats.check_url(source, site.url, Caller(allows=only("127.0.0.1"), ports=None, seconds=1))
    assert "took too long" in made.message

"""What gunicorn cannot read is answered by gunicorn: with the crisis lines, too, and without a word in the log."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.settings import BASE_DIR
from tests.test_proxies import status
from tests.test_settings import GOOD
from tests.test_up import free_port

HELLO = b"Host: example.org\r\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refused") / "log"


@pytest.fixture(scope="module")
def port(log: Path) -> Iterator[int]:
    """Where a real gunicorn listens, whose database cannot be reached."""
    port = free_port()
    environ = {**GOOD, "HOST": "127.0.0.1", "PORT": str(port), "VAR_DIR": str(log.parent), "WEB_CONCURRENCY": "1"}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "mindspace.wsgi:application"]
    with log.open("w") as stderr:
        process = subprocess.Popen(command, cwd=BASE_DIR, env=environ, stderr=stderr)
    try:
        assert status(port, "/healthz") == 200
        yield port
    finally:
        process.terminate()
        process.wait()


def answer(port: int, sent: bytes) -> tuple[str, str]:
    """The head and the page that come back for these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _blank, page = received.decode().partition("\r\n\r\n")
    return head, page


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (414, b"GET /secret-page/?" + b"x" * 20_000 + b" HTTP/1.1\r\n" + HELLO + b"\r\n"),
        (431, b"GET /secret-page/ HTTP/1.1\r\n" + HELLO + b"Cookie: secret=" + b"x" * 20_000 + b"\r\n\r\n"),
        (431, b"GET /secret-page/ HTTP/1.1\r\n" + HELLO + b"Secret: x\r\n" * 200 + b"\r\n"),
        (400, b"GET /secret-page/ HTTP/1.1\r\n" + HELLO + b"Secret header: x\r\n\r\n"),
        (400, b"secret, and nothing that a browser says\r\n\r\n"),
        (400, b"GET /secret-page/ HTTP/9.9\r\n" + HELLO + b"\r\n"),
        (501, b"POST /secret-page/ HTTP/1.1\r\n" + HELLO + b"Transfer-Encoding: secret\r\n\r\n"),
    ],
)
def test_it_is_answered_with_the_crisis_lines(port: int, log: Path, code: int, sent: bytes) -> None:
    head, page = answer(port, sent)
    assert head.startswith(f"HTTP/1.1 {code} ")
    assert "Content-Type: text/html; charset=utf-8" in head
    assert f"Content-Length: {len(page.encode())}" in head
    for way in ("tel:988", "sms:988", "sms:741741", "tel:911"):
        assert f'href="{way}"' in page
    assert "secret" not in page.lower()
    assert "secret" not in log.read_text().lower()
    assert "127.0.0.1" not in log.read_text()

"""Whether a visitor came by HTTPS is believed only from the proxies in TRUSTED_PROXIES, by a real gunicorn."""

import http.client
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.settings import BASE_DIR
from tests.test_settings import GOOD
from tests.test_up import free_port


@pytest.mark.parametrize(("trusted", "redirected"), [("127.0.0.1", False), ("127.0.0.0/8", False), ("10.0.0.1", True)])
def test_https_by_word_of_a_proxy(trusted: str, redirected: bool, tmp_path: Path) -> None:
    port = free_port()
    environ = {**GOOD, "HOST": "127.0.0.1", "PORT": str(port), "TRUSTED_PROXIES": trusted, "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "mindspace.wsgi:application"]
    process = subprocess.Popen(command, cwd=BASE_DIR, env=environ, stderr=subprocess.DEVNULL)
    try:
        assert (status(port, "/robots.txt") == 301) is redirected
        assert status(port, "/healthz") == 200  # who watches the site asks without a proxy
    finally:
        process.terminate()
        process.wait()


def status(port: int, path: str) -> int:
    deadline = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": "example.org", "X-Forwarded-Proto": "https"})
            return connection.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        finally:
            connection.close()

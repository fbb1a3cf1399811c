"""`make bench`: every figure as a line, with its yardstick and the ratio. Exits with 1 if one misses its bound.

Everything runs on this machine's loopback, in a temporary folder, and ends by itself.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Browser, sync_playwright

from bench import board, groups, imports, player, site, weight
from bench.figures import Figures
from mindspace import local

SECONDS_A_ROUND = 2
SECONDS_TO_IDLE = 5
STARTS = 3
MOST_MEMORY = 450  # MB, so that a machine with 1 GB has room for the system and for a busy hour
MOST_QUERIES = 6
LEAST_OF_STATIC = 0.8
MOST_SECONDS_TO_START = 5
PAGES = ["/", "/articles/", "/resources/", "/help/", "/safety/", "/display/", "/accounts/login/"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STATIC_FILE = "bench/same-size.bin"


def main() -> int:
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="mindspace-bench-") as folder:
        Path(folder).chmod(0o755)  # as root, PostgreSQL's user must reach it
        var_dir = Path(folder) / "var"
        with site.running(var_dir) as first:
            article = article_path(var_dir, first.port)
            size = len(fetch(first.address + article))
        # A file as large as the article is sent, of bytes that do not get smaller.
        same_size = var_dir / "static" / STATIC_FILE
        same_size.parent.mkdir()
        same_size.write_bytes(os.urandom(size))
        with site.running(var_dir) as second:
            figures.show(
                "Start of everything, the second time",
                second.seconds_to_start,
                MOST_SECONDS_TO_START,
                "bound",
                "s",
                most=1,
            )
            figures.show("Memory while starting (PSS)", second.most_memory, MOST_MEMORY, "bound", "MB", most=1)
            time.sleep(SECONDS_TO_IDLE)
            figures.show("Memory when idle (PSS)", site.memory(second.process.pid), MOST_MEMORY, "bound", "MB", most=1)
            first_answers(figures, var_dir, article)
            cookie, queries = signed_in(article)
            figures.show("Queries of the article, signed in", queries, MOST_QUERIES, "bound", most=1)
            speeds(figures, second.port, article, cookie)
            figures.show(
                "Memory after the load (PSS)", site.memory(second.process.pid), MOST_MEMORY, "bound", "MB", most=1
            )
            with chromium() as browser:
                weight.weigh(figures, browser, second.address, PAGES, article)
                player.measure(figures, browser, second.address + article)
    groups.measure(figures)
    board.measure(figures)
    imports.measure(figures)
    for name in figures.missed:
        print(f"MISSED: {name}", file=sys.stderr)
    return 1 if figures.missed else 0


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*flags, "--disable-gpu"])
        yield browser
        browser.close()


def fetch(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, br"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return bytes(answer.read())


def article_path(var_dir: Path, port: int) -> str:
    """Set Django up in this process on the bench's own site, and return the address of its newest article."""
    os.environ.clear()
    os.environ.update(site.environment(var_dir, port), DJANGO_SETTINGS_MODULE="mindspace.settings")
    local.complete(os.environ, site.ROOT, make_keys=False)
    django.setup()
    edition = apps.get_model("articles", "Edition").objects.live().first()
    connection.close()
    return reverse("articles:article_detail", args=[edition.slug])


def signed_in(article: str) -> tuple[str, int]:
    """Return the session cookie of an example member, and how many queries the article takes with it."""
    client = Client(headers={"host": "localhost"})
    member = apps.get_model("accounts", "User").objects.get(email="member@example.org")
    client.force_login(member)
    client.get(article)  # what a process asks once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(article).status_code == 200
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}", len(captured)


def speeds(figures: Figures, port: int, article: str, cookie: str) -> None:
    head = f"Host: localhost:{port}\r\nAccept-Encoding: gzip, br\r\nConnection: keep-alive\r\n"
    requests = [
        f"GET /static/{STATIC_FILE} HTTP/1.1\r\n{head}\r\n",
        f"GET {article} HTTP/1.1\r\n{head}\r\n",
        f"GET {article} HTTP/1.1\r\n{head}Cookie: {cookie}\r\n\r\n",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", str(port), str(SECONDS_A_ROUND)],
        input=json.dumps(requests), capture_output=True, text=True, check=True, cwd=site.ROOT,
    )  # fmt: skip
    static, anonymous, member = json.loads(done.stdout)
    of = "whitenoise with a file of that size"
    for name, results, least in (
        ("Article for a visitor", anonymous, LEAST_OF_STATIC),
        ("Article for a member", member, None),
    ):
        spread = [result / base for result, base in zip(results, static, strict=True)]
        figures.show(
            name, statistics.median(results), statistics.median(static), of, "answers/s", least=least, spread=spread
        )


def first_answers(figures: Figures, var_dir: Path, article: str) -> None:
    """Time from the start of gunicorn to the article's first byte, against Python only importing Django's settings."""
    waits, imports = [], []
    for _ in range(STARTS):
        port = site.free_port()
        environ = os.environ | {"PORT": str(port)}
        begun = time.monotonic()
        bare = [sys.executable, "-c", "import django; django.setup()"]
        subprocess.run(bare, cwd=site.ROOT, env=environ, check=True)
        imports.append(time.monotonic() - begun)
        begun = time.monotonic()
        web = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "mindspace.wsgi:application"]
        process = subprocess.Popen(web, cwd=site.ROOT, env=environ)
        try:
            while not site.answers(port, article):
                if process.poll() is not None:
                    raise SystemExit("gunicorn did not start.")
            waits.append(time.monotonic() - begun)
        finally:
            process.terminate()
            process.wait()
    of = "Python that sets Django up and ends"
    figures.show(
        "Web server's start to the article's first answer",
        statistics.median(waits),
        statistics.median(imports),
        of,
        "s",
    )


if __name__ == "__main__":
    sys.exit(main())

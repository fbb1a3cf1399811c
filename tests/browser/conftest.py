"""A real Chromium for tests/browser/, shut off from every host but this machine.

    def test_something(page, live):
        page.goto(live + "/help/")

`live` is the address of the site, served from a thread on the test database, with what migrations put there. `page` is
a phone-sized page in a browser context of its own; `new_page(...)` makes one of another kind. A test fails when a page
asked for anything outside the site (`outside` lists it; a test that leaves on purpose clears that list) or when the
browser refused something that the Content Security Policy forbids, or a script threw.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright

SHELL = "chromium-headless-shell"  # Debian's name for the same engine without windows: its pages open four times faster
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
AT_HOME = ("localhost", "127.0.0.1")
REFUSED = re.compile(r"Content Security Policy|Refused to|violates the following")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and run them last: after Playwright's event loop, no other can run here."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if "live" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.django_db(transaction=True))


def chromium_path(*first: str) -> str | None:
    """Return the browser to drive: CHROME_PATH, else one on PATH, `first` before others, else None: Playwright's."""
    return os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, (*first, *CHROMIUM))), None)


@pytest.fixture(scope="session")
def playwright(django_db_setup: None) -> Iterator[Playwright]:
    # Playwright runs an event loop in this thread, and Django would take every query in a test for one made in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    chromium = playwright.chromium.launch(executable_path=chromium_path(SHELL), args=flags)
    yield chromium
    chromium.close()


@pytest.fixture
def live(live_server: object) -> str:
    """The address of the running site, without a slash at the end."""
    return str(live_server)


@pytest.fixture
def outside() -> list[str]:
    """Every address outside this machine that a page asked for."""
    return []


@pytest.fixture
def complaints() -> list[str]:
    """What the browser refused by policy, and errors that scripts threw."""
    return []


@pytest.fixture
def new_page(browser: Browser, outside: list[str], complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Make a page in a context of its own: `new_page(width=1280, dark=True, javascript=False, ...)`.

    Further keywords go to Playwright's `new_context`.
    """

    def note_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in AT_HOME:
            outside.append(request.url)

    contexts = []

    def make(
        *, width: int = 390, height: int = 844, dark: bool = False, javascript: bool = True, **options: object
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-US",
            timezone_id="America/Chicago",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("request", note_request)
        context.on("console", lambda message: complaints.append(message.text) if REFUSED.search(message.text) else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert outside == [], "a page asked for something outside the site"
    assert complaints == [], "the browser complained"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page the size of a phone."""
    return new_page()

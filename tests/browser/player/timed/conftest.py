"""A Chromium whose voices are an extension that keeps time and makes no sound."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright

from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.player.conftest import SITE, Listening, serve

ENGINE = Path(__file__).with_name("engine")


@pytest.fixture(scope="session")
def timed(playwright: Playwright) -> Iterator[BrowserContext]:
    flags = [*FLAGS, f"--load-extension={ENGINE}", "--disable-features=DisableLoadExtensionCommandLineSwitch"]
    flags += ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium_path(),
            args=flags,
            channel=None if chromium_path() else "chromium",
            ignore_default_args=["--disable-extensions"],
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(15_000)
        yield context
        context.close()


@pytest.fixture
def hear(timed: BrowserContext) -> Iterator[Callable[..., Listening]]:
    pages = []

    def open_page(voice: str, further: str = "") -> Listening:
        page = timed.new_page()
        pages.append(page)
        page.route(f"{SITE}/**", lambda route: serve(route, "", further))
        page.add_init_script("localStorage.clear()")
        page.goto(f"{SITE}/article/")
        here = Listening(page)
        page.get_by_text("Voice, speed and more").click()
        chosen = page.get_by_role("combobox", name="Voice")
        offered = chosen.locator(f"option[value^='{voice} ']")
        offered.wait_for(state="attached")
        chosen.select_option(offered.get_attribute("value"))
        if voice == "Far":
            here.press("Use this voice")
        here.wait_for("Ready to play")
        return here

    yield open_page
    for page in pages:
        page.close()

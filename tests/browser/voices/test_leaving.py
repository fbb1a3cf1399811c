"""Leaving by the site's own ways while a real voice speaks: the room is silent before the exit page is there."""

import time
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from mindspace.site.models import SiteDetails
from tests.browser.player.conftest import Listening
from tests.browser.voices.speech import Ear

SILENT_WITHIN = 0.5
# The moment itself, since what drives the browser may take its time before and after it.
STAMP = """for (const type of ["click", "keyup"]) {
  addEventListener(type, () => console.log(`${type} ${Date.now()}`), {capture: true});
}"""


def press_the_control(page: Page) -> None:
    page.click("leave-site a")


def tap_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [press_the_control, tap_shift])
def test_leaving_is_silent_at_once(
    open_article: Callable[..., Listening], ear: Ear, live: str, leave: Callable[[Page], None]
) -> None:
    call_command("load_content", verbosity=0)
    exit_address = SiteDetails.current().exit_url
    here = open_article(STAMP)
    page = here.page
    page.context.route(f"{exit_address}**", lambda route: route.fulfill(body="Sunny", content_type="text/html"))
    # Never answered: then the exit page waits for longer than the voice may, and it is not its coming that silences.
    page.route("**/leave/", lambda route: None)
    stamps: list[float] = []
    page.on("console", lambda message: stamps.append(float(message.text.split()[1])))
    here.press("Play")
    ear.wait_for_speech()
    stamps.clear()
    leave(page)
    page.wait_for_url(exit_address)
    ago = time.time() - stamps[-1] / 1000
    assert ear.last_sound_after(time.monotonic() - ago, 2) < SILENT_WITHIN

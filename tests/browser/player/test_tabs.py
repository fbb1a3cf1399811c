"""Two tabs of one browser: what is left, forgotten or set in one holds in the other."""

import json
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.player.conftest import SPOKEN, Listening

Listen = Callable[..., Listening]
REMEMBER = "Remember my place on this device"


def remember(here: Listening) -> None:
    here.page.get_by_text("Voice, speed and more").click()
    here.page.get_by_label(REMEMBER).check()


def test_leaving_in_one_tab_silences_and_leaves_the_others_and_keeps_nothing(listen: Listen) -> None:
    here = listen(pace=60)
    remember(here)
    there = listen(pace=60, beside=here)
    there.press("Play")
    there.press("Skip one sentence")
    there.page.evaluate("addEventListener('leave', () => (window.name = `speaking: ${speechSynthesis.speaking}`))")
    here.page.get_by_role("link", name="Leave this site").click()
    there.page.wait_for_url("**/outside/")
    here.page.wait_for_url("**/outside/")
    assert there.page.evaluate("name") == "speaking: false"
    assert here.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_leaving_reaches_a_tab_though_nothing_was_ever_kept(listen: Listen) -> None:
    here = listen(pace=60)
    there = listen(pace=60, beside=here)
    assert here.page.evaluate("localStorage.length") == 0
    here.page.get_by_role("link", name="Leave this site").click()
    there.page.wait_for_url("**/outside/")


def test_a_place_that_one_tab_forgets_is_not_kept_or_offered_by_another(listen: Listen) -> None:
    here = listen(pace=60)
    remember(here)
    here.press("Play")
    here.press("Skip one sentence")
    here.press("Stop")
    there = listen(pace=60, beside=here)
    expect(there.page.get_by_role("button", name="Resume")).to_be_visible()
    here.page.get_by_label(REMEMBER).uncheck()
    expect(there.page.get_by_role("button", name="Resume")).to_have_count(0)
    there.press("Play")
    there.press("Skip one sentence")
    there.wait_to_hear(SPOKEN[1])
    kept = json.loads(here.page.evaluate("localStorage.player"))
    assert kept["places"] == {}
    assert kept["settings"]["remember"] is False


def test_an_old_tab_does_not_take_settings_back(listen: Listen) -> None:
    here = listen(pace=60)
    there = listen(pace=60, beside=here)
    for tab, name, value in ((here, "Speed", "1.5"), (there, "Pitch", "0.8")):
        tab.page.get_by_text("Voice, speed and more").click()
        tab.page.get_by_role("slider", name=name).fill(value)
    settings = json.loads(here.page.evaluate("localStorage.player"))["settings"]
    assert (settings["rate"], settings["pitch"]) == (1.5, 0.8)


def test_once_a_tab_is_discreet_the_others_keep_nothing_either(listen: Listen) -> None:
    here = listen(pace=60)
    remember(here)
    there = listen(pace=60, beside=here, root="data-discreet")
    there.wait_for("Ready to play")
    here.page.bring_to_front()  # a page behind another is not waited for
    here.press("Play")
    here.press("Skip one sentence")
    here.wait_to_hear(SPOKEN[1])
    assert here.page.evaluate("localStorage.length") == 0

"""What stays on the device: settings, and a place only when asked for. Nothing in discreet mode or after leaving."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.player.conftest import SPOKEN, Listening

Listen = Callable[..., Listening]
REMEMBER = "Remember my place on this device"


def kept(here: Listening) -> dict[str, Any] | None:
    keys = here.page.evaluate("Object.keys(localStorage)")
    assert keys in ([], ["player"])
    return json.loads(here.page.evaluate("localStorage.player")) if keys else None


def more(here: Listening) -> None:
    here.page.get_by_text("Voice, speed and more").click()


def again(here: Listening) -> None:
    here.page.reload()
    here.wait_for("Ready to play")


def test_no_place_is_kept_unless_asked_for(listen: Listen) -> None:
    here = listen(pace=20)
    here.press("Play")
    here.wait_to_hear(SPOKEN[3])
    assert (kept(here) or {"places": {}})["places"] == {}
    again(here)
    expect(here.page.get_by_role("button", name="Resume")).to_have_count(0)


def test_a_place_that_is_kept_leads_back_and_is_forgotten_when_asked(listen: Listen) -> None:
    here = listen(pace=60)
    more(here)
    here.page.get_by_label(REMEMBER).check()
    here.press("Play")
    here.press("Skip one sentence")
    here.press("Skip one sentence")
    here.wait_to_hear(SPOKEN[2])
    assert list(kept(here)["places"]) == ["/article/"]
    assert "Smith" not in json.dumps(kept(here))
    again(here)
    here.press("Resume from “Come in & sit with Dr. Smith.”")
    here.wait_to_hear(SPOKEN[2])
    expect(here.page.get_by_role("button", name="Resume")).to_have_count(0)
    again(here)
    here.press("Forget my place")
    assert here.status == "Your place is forgotten."
    assert kept(here)["places"] == {}


def test_no_longer_remembering_forgets_every_place(listen: Listen) -> None:
    here = listen(pace=60)
    more(here)
    here.press("Play")
    here.press("Skip one sentence")
    here.page.get_by_label(REMEMBER).check()
    assert list(kept(here)["places"]) == ["/article/"]
    here.page.get_by_label(REMEMBER).uncheck()
    assert kept(here)["places"] == {}


def test_an_article_heard_to_its_end_has_no_place_to_go_back_to(listen: Listen) -> None:
    here = listen()
    more(here)
    here.page.get_by_label(REMEMBER).check()
    here.press("Play")
    here.wait_for("Finished")
    assert kept(here)["places"] == {}


def test_settings_come_back(listen: Listen) -> None:
    here = listen(voices="[LOCAL, BRITISH]")
    more(here)
    here.page.get_by_role("slider", name="Speed").fill("1.5")
    here.page.get_by_role("combobox", name="Voice").select_option("English (Great Britain) (en-GB)")
    again(here)
    more(here)
    expect(here.page.get_by_role("slider", name="Speed")).to_have_value("1.5")
    expect(here.page.get_by_role("combobox", name="Voice")).to_have_value(re.compile("^English .Great Britain. "))
    here.press("Play")
    assert here.page.evaluate("[speechSynthesis.spoken[0].rate, speechSynthesis.spoken[0].voice.lang]") == [
        1.5,
        "en-GB",
    ]


def test_in_discreet_mode_nothing_is_kept_and_the_player_says_so(listen: Listen) -> None:
    here = listen(root="data-discreet")
    more(here)
    here.page.get_by_role("slider", name="Speed").fill("1.5")
    expect(here.page.get_by_label(REMEMBER)).to_be_hidden()
    expect(here.page.get_by_text("In discreet mode nothing is kept")).to_be_visible()
    here.press("Play")
    here.wait_for("Finished")
    assert kept(here) is None


def test_leaving_the_site_clears_what_was_kept_and_nothing_is_written_after_it(listen: Listen) -> None:
    here = listen(pace=60)
    more(here)
    here.page.get_by_label(REMEMBER).check()
    here.press("Play")
    here.press("Skip one sentence")
    here.page.get_by_role("link", name="Leave this site").click()
    here.page.wait_for_url("**/outside/")
    assert kept(here) is None


def test_everything_works_when_storage_throws(listen: Listen) -> None:
    broken = (
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    here = listen(before=broken)
    more(here)
    here.page.get_by_label(REMEMBER).check()
    here.press("Play")
    here.wait_for("Finished")

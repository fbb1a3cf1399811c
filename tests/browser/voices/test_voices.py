"""The player as it sounds: with the voices of espeak-ng, in a browser that is listened to."""

import re
import time
from collections.abc import Callable

import pytest
from django.core.management import call_command

from tests.browser.player.conftest import Listening
from tests.browser.voices.speech import Ear

Open = Callable[..., Listening]
SILENT_WITHIN = 0.5
STALL = 3.0  # longer than any breath between two paragraphs
# The first section only: about a minute, once it is read at twice the speed.
ONE_SECTION = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  const second = document.querySelectorAll("article h2")[1];
  while (second.nextSibling) second.nextSibling.remove();
  second.remove();
});"""
SENTENCES = """async () => {
  const { collect, sentences } = await import(document.querySelector("link[href*='player/text']").href);
  const parts = [...document.querySelectorAll("[data-readable]")];
  return sentences(parts.flatMap(collect), "en-US").map(({ spoken }) => spoken);
}"""


@pytest.fixture(autouse=True)
def first_content(live: str) -> None:
    call_command("load_content", verbosity=0)


def set_speed(here: Listening, speed: float) -> None:
    if not here.page.get_by_role("slider", name="Speed").is_visible():
        here.page.get_by_text("Voice, speed and more").click()
    here.page.get_by_role("slider", name="Speed").fill(str(speed))


def seconds_left(here: Listening) -> int:
    clock = here.page.locator("[data-part=left]").inner_text().split()[0]
    minutes, seconds = re.fullmatch(r"(\d+):(\d\d)", clock).groups()  # type: ignore[union-attr]
    return int(minutes) * 60 + int(seconds)


def read_to_the_end(here: Listening, ear: Ear, patience: float) -> None:
    """Read at speed 2: nothing is left out or stalls, and what is left after five sentences is right to a tenth."""
    expected = here.page.evaluate(SENTENCES)
    set_speed(here, 2)
    here.press("Play")
    began = time.monotonic()
    here.page.wait_for_function("() => begun.length > 5", timeout=patience * 1000)
    said, at = seconds_left(here), time.monotonic()
    here.page.get_by_role("status").get_by_text("Finished", exact=True).wait_for(timeout=patience * 1000)
    ended = time.monotonic()
    spoken = " ".join(here.page.evaluate("begun"))
    assert spoken == " ".join(expected)
    assert ear.longest_silence(began, ended) < STALL
    assert abs(said - (ended - at)) < 0.1 * (ended - at) + 1  # the page shows whole seconds
    assert seconds_left(here) == 0
    taken, left = ended - began, ended - at
    print(f"{len(expected)} sentences in {taken:.0f} s; after five {left:.0f} s were left, and {said} s were shown")


def test_a_minute_is_read_in_order_without_a_stall_and_on_time(open_article: Open, ear: Ear) -> None:
    read_to_the_end(open_article(ONE_SECTION), ear, patience=150)


@pytest.mark.whole_article
def test_the_whole_first_article_is(open_article: Open, ear: Ear) -> None:
    read_to_the_end(open_article(), ear, patience=900)


def test_it_falls_silent_at_once_on_pause_stop_and_leaving(open_article: Open, ear: Ear) -> None:
    here = open_article()
    for press in ("Pause", "Stop"):
        here.press("Play")
        ear.wait_for_speech()
        here.press(press)
        assert ear.last_sound_after(time.monotonic(), 2) < SILENT_WITHIN, press
    here.press("Play")
    ear.wait_for_speech()
    here.page.evaluate("window.dispatchEvent(new CustomEvent('leave'))")
    assert ear.last_sound_after(time.monotonic(), 2) < SILENT_WITHIN
    here.press("Play")
    ear.wait_for_speech()
    here.page.get_by_role("link", name="Privacy").click()
    here.page.wait_for_url("**/privacy/")
    assert ear.last_sound_after(time.monotonic(), 2) < SILENT_WITHIN


def test_of_thirty_quick_skips_only_the_last_is_spoken(open_article: Open, ear: Ear) -> None:
    here = open_article()
    expected = here.page.evaluate(SENTENCES)
    here.press("Play")
    ear.wait_for_speech()
    # In one go, so that a busy machine cannot stretch them; the unit tests have pauses between them.
    here.page.evaluate(
        "() => { for (let i = 0; i < 30; i++)"
        " document.querySelector('[data-do=move][data-by=\"1\"]:not([data-unit])').click(); }"
    )
    here.page.wait_for_function("text => begun.at(-1) === text", arg=expected[30])
    assert here.page.evaluate("begun") == [expected[0], expected[30]]
    ear.wait_for_speech()


def test_muted_it_is_silent_and_the_reading_goes_on(open_article: Open, ear: Ear) -> None:
    here = open_article()
    set_speed(here, 2)
    here.press("Play")
    ear.wait_for_speech()
    here.press("Mute")
    assert ear.last_sound_after(time.monotonic(), 4) < SILENT_WITHIN
    assert here.status == "Playing"
    assert int(here.page.get_by_role("slider", name="Place in the article").input_value()) > 0
    here.press("Mute")
    ear.wait_for_speech()

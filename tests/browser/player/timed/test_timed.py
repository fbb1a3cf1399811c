"""The player over Chromium's own speech service, with an engine that keeps time in place of a voice."""

import re
import time
from collections.abc import Callable

import pytest

from tests.browser.player.conftest import ON_PAGE, SPOKEN, Listening

LONG = "Somebody sits down beside you and listens, for as long as it takes, and longer than you thought anybody would, "
LONG = f"<p>{LONG * 4}every single time.</p>"
EVEN = "".join(f"<p>This is number {number}.</p>" for number in range(10, 30))


def words_marked(here: Listening) -> None:
    here.page.evaluate(
        """() => {
          window.marks = [];
          const set = CSS.highlights.set.bind(CSS.highlights);
          CSS.highlights.set = (name, mark) => {
            set(name, mark);
            const word = [...mark][0].toString();
            // A number is one word on the page, however many the voice makes of it.
            if (name.endsWith("word") && marks.at(-1) !== word) marks.push(word);
          };
        }"""
    )


def test_each_word_is_marked_as_it_is_spoken(hear: Callable[..., Listening]) -> None:
    here = hear("Told")
    words_marked(here)
    here.press("Play")
    here.wait_for("Finished")
    assert here.page.evaluate("marks") == " ".join(ON_PAGE).split()


def test_a_voice_that_tells_no_words_reads_all_the_same(hear: Callable[..., Listening]) -> None:
    here = hear("Untold")
    words_marked(here)
    here.press("Play")
    here.wait_for("Finished")
    assert here.page.evaluate("marks") == []


@pytest.mark.parametrize("speed", ["1", "2"])
def test_an_online_voice_reads_long_sentences_without_dying(hear: Callable[..., Listening], speed: str) -> None:
    here = hear("Far", LONG)
    here.page.get_by_role("slider", name="Speed").fill(speed)
    here.page.get_by_role("slider", name="Place in the article").fill(str(len(SPOKEN)))
    here.press("Play")
    here.page.get_by_role("status").get_by_text("Finished", exact=True).wait_for(timeout=30_000)


@pytest.mark.parametrize("speed", ["0.5", "1", "2"])
def test_what_is_left_is_right_after_five_sentences_at_each_speed(hear: Callable[..., Listening], speed: str) -> None:
    here = hear("Told", EVEN)
    here.page.get_by_role("slider", name="Speed").fill(speed)
    place = here.page.get_by_role("slider", name="Place in the article")
    place.fill(str(len(SPOKEN) + 10 if speed == "0.5" else len(SPOKEN)))
    here.press("Play")
    first = int(place.input_value())
    here.page.wait_for_function(
        "at => document.querySelector('[data-part=progress]').valueAsNumber >= at", arg=first + 5
    )
    shown = re.match(r"(\d+):(\d+)", here.page.locator("[data-part=left]").inner_text())
    assert shown
    since = time.monotonic()
    here.page.get_by_role("status").get_by_text("Finished", exact=True).wait_for(timeout=60_000)
    truth = time.monotonic() - since
    left = int(shown[1]) * 60 + int(shown[2])
    assert abs(left - truth) <= 0.1 * truth + 0.5, (left, truth)  # the page shows whole seconds

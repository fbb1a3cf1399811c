"""What is left, as it is shown after five sentences of a real voice, against what is heard after that."""

import time
from collections.abc import Callable

import pytest
from django.core.management import call_command

from tests.browser.player.conftest import Listening
from tests.browser.voices.speech import LOUD, Ear
from tests.browser.voices.test_voices import seconds_left, set_speed

SENTENCES = {0.5: 9, 1: 12, 2: 18}  # short, yet with enough behind the first five for whole seconds to be exact
AFTER = 5
# The article of the page is put aside for so many sentences, as unequal as sentences are, in paragraphs of three.
SHORT = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  const lines = [
    "You may sit down.",
    "Somebody comes and listens for as long as it takes.",
    "That is all it is for today, and it is plenty.",
  ];
  const [first, ...others] = document.querySelectorAll("[data-readable]");
  others.forEach((other) => other.removeAttribute("data-readable"));
  first.replaceChildren();
  for (let left = COUNT; left > 0; left -= lines.length) {
    first.append(Object.assign(document.createElement("p"), {textContent: lines.slice(0, left).join(" ")}));
  }
});"""


# How long a letter took, on average, from the start of one sentence to that of another.
PACE = """([from, to]) => {
  const letters = begun.slice(from, to).join("").length;
  return (begunAt.at(to) - begunAt.at(from)) / letters;
}"""
STEADY = 0.05  # how much faster or slower a voice may become before no forecast can be right
TRIES = 3


@pytest.mark.parametrize("speed", SENTENCES)
def test_what_is_left_after_five_sentences_is_right_to_a_tenth(
    open_article: Callable[..., Listening], ear: Ear, speed: float
) -> None:
    call_command("load_content", verbosity=0)
    for _ in range(TRIES):
        here = open_article(SHORT.replace("COUNT", str(SENTENCES[speed])))
        set_speed(here, speed)
        here.press("Play")
        here.page.wait_for_function("after => begun.length > after", arg=AFTER, timeout=40_000)
        shown, at = seconds_left(here), time.monotonic()
        here.page.get_by_role("status").get_by_text("Finished", exact=True).wait_for(timeout=60_000)
        assert here.page.evaluate("begun.length") == SENTENCES[speed]
        truth = max(when for when, loud in ear.heard if loud > LOUD) - at
        before = here.page.evaluate(PACE, [0, AFTER])
        later = here.page.evaluate(PACE, [AFTER, SENTENCES[speed] - 1])
        print(speed, shown, truth, before, later)
        if abs(later / before - 1) < STEADY:  # a machine with much else to do lets its voices wait
            break
    assert truth > 5
    assert abs(shown - truth) <= 0.1 * truth + 0.5  # the page shows whole seconds

"""What is left, where very short and very long sentences take turns."""

import re
from collections.abc import Callable

import pytest

from tests.browser.player.conftest import SPOKEN, Listening

LONG = "Somebody sits down beside you and listens for as long as it takes, and longer than you thought anybody would."
MIXED = "".join(f"<p>{' '.join(sentences)}</p>" for sentences in [["Yes.", LONG, "Stay."], ["No.", LONG]] * 6)
AFTER = 5
# The slower, the later the reading is begun, so that each is over soon.
FIRST = {"0.5": len(SPOKEN) + 20, "1": len(SPOKEN) + 17, "2": len(SPOKEN) + 10}
# What was shown when the sixth sentence was begun and the time since then, by the events of the browser's own voice.
WATCH = """after => {
  window.begun = 0;
  const speak = speechSynthesis.speak.bind(speechSynthesis);
  speechSynthesis.speak = (utterance) => {
    utterance.addEventListener("start", () => {
      begun += 1;
      if (begun !== after + 1) return;
      window.shown = document.querySelector("[data-part=left]").textContent;
      window.since = performance.now();
    });
    utterance.addEventListener("end", () => (window.until = performance.now()));
    speak(utterance);
  };
}"""


@pytest.mark.parametrize("speed", FIRST)
def test_what_is_left_is_right_after_five_unequal_sentences(hear: Callable[..., Listening], speed: str) -> None:
    here = hear("Told", MIXED)
    here.page.evaluate(WATCH, AFTER)
    here.page.get_by_role("slider", name="Speed").fill(speed)
    here.page.get_by_role("slider", name="Place in the article").fill(str(FIRST[speed]))
    here.press("Play")
    here.page.get_by_role("status").get_by_text("Finished", exact=True).wait_for(timeout=60_000)
    shown = re.match(r"(\d+):(\d+)", here.page.evaluate("shown"))
    assert shown
    left = int(shown[1]) * 60 + int(shown[2])
    truth = here.page.evaluate("until - since") / 1000
    assert truth > 10
    assert abs(left - truth) <= 0.1 * truth + 0.5, (left, truth)  # the page shows whole seconds

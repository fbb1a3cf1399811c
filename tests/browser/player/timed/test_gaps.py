"""The silence that is left between two sentences and between two paragraphs, by the browser's own events."""

from collections.abc import Callable

from tests.browser.player.conftest import SPOKEN, Listening

# In milliseconds: the least, and what the shortest stays under.
PLAIN = {"sentence": (0, 300), "paragraph": (350, 700)}
CALM = {"sentence": (500, 850), "paragraph": (1200, 1550)}
CLOCK_MS = 100  # two clocks on a busy machine; plain and calmer silences are further apart than that
# What is between the sentences of the page.
KINDS = ["paragraph", "sentence", "sentence", "paragraph", "paragraph", "paragraph", "paragraph"]
SILENCES = """() => {
  window.silences = [];
  let ended = null;
  const speak = speechSynthesis.speak.bind(speechSynthesis);
  speechSynthesis.speak = (utterance) => {
    utterance.addEventListener("start", () => ended && silences.push(performance.now() - ended));
    // Captured, and so before the player hears of it: its timers are not yet set.
    utterance.addEventListener("end", () => (ended = performance.now()), {capture: true});
    speak(utterance);
  };
}"""


def silences(here: Listening) -> dict[str, list[float]]:
    here.page.evaluate(SILENCES)
    here.press("Play")
    here.wait_for("Finished")
    measured = here.page.evaluate("silences")
    assert len(measured) == len(KINDS) == len(SPOKEN) - 1
    kinds: dict[str, list[float]] = {"sentence": [], "paragraph": []}
    for kind, ms in zip(KINDS, measured, strict=True):
        kinds[kind].append(ms)
    return kinds


def keeps_to(bounds: dict[str, tuple[int, int]], measured: dict[str, list[float]]) -> None:
    """No silence is shorter than it may be, and the shortest of each kind, where nothing came between, not longer."""
    for kind, (least, limit) in bounds.items():
        assert least - CLOCK_MS <= min(measured[kind]) < limit, (kind, measured)


def test_without_it_sentences_follow_each_other_and_paragraphs_take_a_breath(hear: Callable[..., Listening]) -> None:
    keeps_to(PLAIN, silences(hear("Told")))


def test_calmer_leaves_longer_gaps_between_sentences_and_between_paragraphs(hear: Callable[..., Listening]) -> None:
    here = hear("Told")
    here.page.get_by_label("Calmer").check()
    keeps_to(CALM, silences(here))

"""A browser with 13,000 voices, as Linux has with every variant of every language: the player is ready all the same."""

from collections.abc import Callable

from tests.browser.player.conftest import Listening

READY_WITHIN_MS = 300
RUNS = 3
MOST = 60
# A hundred variants of each of 130 languages; English is neither the first nor the last of them.
VOICES = """Array.from({length: 13_000}, (_, i) => {
  const [language, variant] = [i % 130, Math.floor(i / 130)];
  const lang = language === 64 ? "en-US" : `x${String.fromCharCode(97 + (language % 26))}-${language}`;
  return voice(`Language ${language}+variant ${variant}`, lang, {voiceURI: `voice ${i}`});
})"""
# From the moment before the element is connected to the end of the work in which it became ready. It is put in before
# the browser is told of the class: later the browser would not look at it.
STOPWATCH = """{
  const define = customElements.define.bind(customElements);
  customElements.define = (name, element) => {
    const connected = element.prototype.connectedCallback;
    if (name === "read-aloud") element.prototype.connectedCallback = function () {
      const since = performance.now();
      const watcher = new MutationObserver(() => {
        if (this.dataset.phase === "ready") window.took ??= performance.now() - since;
      });
      watcher.observe(this, {attributeFilter: ["data-phase"]});
      connected.call(this);
    };
    define(name, element);
  };
}"""


def test_with_thirteen_thousand_voices_it_is_ready_at_once_and_offers_sixty(
    listen: Callable[..., Listening],
) -> None:
    takes = []
    for _ in range(RUNS):
        here = listen(voices=VOICES, before=STOPWATCH)
        here.wait_for("Ready to play")
        assert here.page.evaluate("speechSynthesis.getVoices().length") == 13_000
        offered = here.page.evaluate("[...document.querySelector('[data-part=voice]').options].map(({text}) => text)")
        assert offered[0] == "The best on this device"
        assert "(en-US)" in offered[1]
        assert len(offered) <= MOST + 1
        takes.append(here.page.evaluate("took"))
    assert min(takes) < READY_WITHIN_MS, takes  # the best, since what other programs take of the machine is not ours

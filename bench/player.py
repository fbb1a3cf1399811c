"""The read-aloud player's figures, in Chromium on the article as it is served: how soon, how heavy, how flat."""

import re
import statistics

from playwright.sync_api import Browser, Page

from bench.figures import Figures
from bench.site import ROOT

MOST_MS_TO_SPEAK = 10
MOST_MS_A_THOUSAND_WORDS = 30
MOST_MS_FIFTY_THOUSAND_WORDS = 1000
MOST_MS_TO_MARK = 4
MOST_GROWTH = 1.05
CLICKS = 20
ROUNDS = 5
ROUNDS_OF_FRAMES = 3
MINUTE = 60_000

# The voice of the unit tests, in the browser's place.
FAKE = re.sub(r"^export (\{.*\};)?", "", (ROOT / "tests/js/fakes/synth.mjs").read_text(), flags=re.MULTILINE)
VOICE = f"""{{
  {FAKE}
  const [set, clear] = [(act, ms) => setTimeout(act, ms), (id) => clearTimeout(id)];
  const clock = {{now: () => performance.now(), set, clear}};
  const synth = fakeSynth(clock, {{words: true}});
  const speak = synth.speak;
  synth.speak = (utterance) => (window.spokenAt = performance.now(), speak(utterance));
  Object.defineProperty(window, "speechSynthesis", {{value: synth}});
  Object.defineProperty(window, "SpeechSynthesisUtterance", {{value: Utterance}});
}}"""
TO_SPEAK = """async () => {
  await new Promise((done) => setTimeout(done, 200)); // so that it is silent, and not only just
  const button = document.querySelector("[data-do=toggle]");
  const clicked = performance.now();
  button.click();
  const took = spokenAt - clicked;
  document.querySelector("[data-do=stop]").click();
  return took;
}"""
MODULE = "name => import(document.querySelector(`link[href*='player/${name}.']`).href)"
TO_SEGMENT = f"""async (words) => {{
  const {{ collect, sentences }} = await ({MODULE})("text");
  const root = document.createElement("div");
  const paragraph = "<p>" + "Somebody sits with Dr. Smith and listens for an hour. ".repeat(10) + "</p>";
  root.innerHTML = paragraph.repeat(words / 100);
  const before = performance.now();
  const found = sentences(collect(root), "en-US").length;
  return [performance.now() - before, found];
}}"""
# Brings each sentence into sight, marks it or leaves it, and waits until that has been painted.
TO_PAINT = f"""async (marked) => {{
  const modules = await Promise.all(["text", "highlight"].map({MODULE}));
  const [{{ collect, rangeOf, sentences }}, {{ createHighlighter }}] = modules;
  const list = sentences([...document.querySelectorAll("[data-readable]")].flatMap(collect), "en-US");
  const highlighter = createHighlighter(window);
  // A task behind a frame's own work comes when that frame is painted.
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const sentence of list) {{
    rangeOf(document, sentence).startContainer.parentElement.scrollIntoView({{ block: "center", behavior: "instant" }});
    await frame();
    if (marked) highlighter.show(rangeOf(document, sentence));
    await frame();
  }}
  highlighter.clear();
  return list.length;
}}"""


def measure(figures: Figures, browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(VOICE)
    page.goto(address)
    page.get_by_role("status").get_by_text("Ready to play").wait_for()
    takes = [page.evaluate(TO_SPEAK) for _ in range(CLICKS)]
    figures.show("Player, click to speak()", statistics.median(takes), MOST_MS_TO_SPEAK, "bound", "ms", most=1)
    segment(figures, page)
    mark(figures, page)
    page.close()
    memory(figures, browser, address)


def segment(figures: Figures, page: Page) -> None:
    short, long = (min(page.evaluate(TO_SEGMENT, words)[0] for _ in range(ROUNDS)) for words in (1_000, 50_000))
    figures.show("Player, to segment 1,000 words", short, MOST_MS_A_THOUSAND_WORDS, "bound", "ms", most=1)
    figures.show("Player, to segment 50,000 words", long, MOST_MS_FIFTY_THOUSAND_WORDS, "bound", "ms", most=1)
    figures.show("Player, 50,000 words", long / 50, short, "1,000 words, each thousand", "ms", most=1.5)


def mark(figures: Figures, page: Page) -> None:
    """What marking takes of the processor until it is painted, beyond the same frames without it.

    The bound is on the thread that also answers the reader; the other threads put the painted page on the screen. What
    counts is the time at work: by the clock a frame only waits for the screen, and other programs would count too.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def at_work() -> tuple[float, float]:
        metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        return 1000 * metrics["ThreadTime"], 1000 * metrics["ProcessTime"]

    def a_sentence(*, marked: bool) -> tuple[float, float]:
        before = at_work()
        count = page.evaluate(TO_PAINT, marked)
        thread, process = (after - was for after, was in zip(at_work(), before, strict=True))
        return thread / count, process / count

    rounds = [(a_sentence(marked=False), a_sentence(marked=True)) for _ in range(ROUNDS_OF_FRAMES)]
    of = "the same frames without"
    for name, which in (("main thread", 0), ("all threads", 1)):
        empty, full = (statistics.median(takes[which] for takes in kind) for kind in zip(*rounds, strict=True))
        figures.show(f"Player, frames with a sentence marked, {name}", full, empty, of, "ms")
    own = statistics.median(full[0] - empty[0] for empty, full in rounds)
    figures.show("Player, to mark a sentence and paint it", own, MOST_MS_TO_MARK, "bound", "ms", most=1)


def memory(figures: Figures, browser: Browser, address: str) -> None:
    """An hour of listening, on a clock that is turned by hand, against what the hour before it left.

    In that first hour the browser still compiles what it has seen to be worth it.
    """
    page = browser.new_page()
    page.clock.install()
    page.add_init_script(VOICE)
    page.goto(address)
    page.clock.run_for(1000)
    session = page.context.new_cdp_session(page)

    def listen(minutes: int) -> float:
        for _ in range(minutes):
            if page.get_by_role("button", name="Play").is_visible():
                page.evaluate("document.querySelector('[data-do=toggle]').click()")
            page.clock.run_for(MINUTE)
        page.evaluate("speechSynthesis.spoken.length = speechSynthesis.heard.length = 0")  # the bench's own notes
        session.send("HeapProfiler.collectGarbage")
        return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 2**20

    early, late = listen(60), listen(60)
    of = "after the first hour"
    figures.show("Player, memory after another hour of listening", late, early, of, "MB", most=MOST_GROWTH)
    page.close()

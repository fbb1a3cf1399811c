"""The first article, as it is served, heard from its first words to its last."""

from django.core.management import call_command
from playwright.sync_api import Page

from tests.browser.player.conftest import Listening, fake_voice

SENTENCES = """async () => {
  const { collect, sentences } = await import("/static/js/components/player/text.js");
  return sentences(collect(document.querySelector("#article [data-readable]")), "en-US").map(({ spoken }) => spoken);
}"""
MARKED_IS_HEARD = """() => {
  const [mark] = CSS.highlights.get("read-aloud") ?? [];
  return mark?.toString().replace(/\\s+/g, " ") === speechSynthesis.heard.at(-1)?.text;
}"""


def test_the_first_article_can_be_heard(page: Page, live: str) -> None:
    call_command("load_content", verbosity=0)
    page.add_init_script(fake_voice(pace=8))
    page.goto(f"{live}/articles/community-care/")
    here = Listening(page)
    here.wait_for("Ready to play")
    before = here.article
    here.press("Play")
    here.wait_to_have_heard("Think of the neighbor who checks in after a hard week.")
    here.page.wait_for_function(MARKED_IS_HEARD)  # looked at in one moment: the next is marked before it is begun
    here.press("Pause")
    marked = here.marked
    here.press("Play")
    here.wait_to_have_heard(marked or "")
    here.press("Pause")
    assert here.heard[0] == "Community Care: The Power of Coming Together"
    assert "What is Community Mental Health Support?" in here.heard
    assert here.article == before


def test_all_of_it_is_spoken_and_nothing_else(page: Page, live: str) -> None:
    call_command("load_content", verbosity=0)
    page.goto(f"{live}/articles/community-care/")
    spoken = page.evaluate(SENTENCES)
    headings = page.locator("#article :is(h2, h3)").all_inner_texts()
    assert [line for line in spoken if line in headings] == headings
    assert spoken[-1] == "Every small act adds to a larger web of care."
    assert any("9 8 8, day or night" in line for line in spoken)
    assert not any("988" in line for line in spoken)
    assert "Call 1, 8 0 0, 6 6 2, 4 3 5 7" in spoken
    for silent in ("In this article", "Listen to this article", "Was this helpful?"):
        assert silent not in spoken

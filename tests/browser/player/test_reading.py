"""Reading the article aloud, with a voice that can be watched."""

import re
from collections.abc import Callable

from tests.browser.player.conftest import ON_PAGE, SPOKEN, Listening

Listen = Callable[..., Listening]


def test_reads_the_article_in_order_and_marks_each_sentence(listen: Listen) -> None:
    here = listen()
    here.page.evaluate(
        """() => {
          window.marks = [];
          const set = CSS.highlights.set.bind(CSS.highlights);
          CSS.highlights.set = (name, mark) => marks.push([...mark][0].toString()) && set(name, mark);
        }"""
    )
    here.press("Play")
    here.wait_for("Finished")
    assert here.heard == SPOKEN
    assert here.page.evaluate("marks") == ON_PAGE
    assert here.marked is None
    assert here.page.evaluate("[speechSynthesis.cancels, speechSynthesis.most]") == [0, 1]


def test_the_text_on_the_page_stays_as_it_is(listen: Listen) -> None:
    here = listen(pace=60)
    before = here.article
    here.press("Play")
    here.wait_to_hear(SPOKEN[1])
    assert here.marked == ON_PAGE[1]
    assert here.article == before
    here.press("Pause")
    assert here.article == before
    here.press("Stop")
    assert here.marked is None
    assert here.article == before


def test_without_the_highlight_api_boxes_are_laid_over_the_sentence(listen: Listen) -> None:
    here = listen(pace=60, before="delete window.Highlight; delete CSS.highlights;")
    before = here.article
    here.press("Play")
    here.wait_to_hear(SPOKEN[1])
    boxes = here.page.locator(".player-overlay > div")
    box, paragraph = boxes.first.bounding_box(), here.page.locator("article p").first.bounding_box()
    assert paragraph["y"] <= box["y"] + box["height"] / 2 <= paragraph["y"] + paragraph["height"]
    assert box["width"] > 20
    assert here.article == before
    here.press("Stop")
    assert boxes.count() == 0


def test_nothing_is_spoken_or_cancelled_on_load(listen: Listen) -> None:
    here = listen()
    here.wait_for("Ready to play")
    assert here.page.evaluate("[speechSynthesis.spoken.length, speechSynthesis.cancels]") == [0, 0]
    assert here.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_speaks_within_the_click(listen: Listen) -> None:
    here = listen()
    spoken = here.page.get_by_role("button", name="Play").evaluate(
        "button => { button.click(); return speechSynthesis.spoken.length; }"
    )
    assert spoken == 1


def test_pause_back_skip_and_stop(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.press("Skip one sentence")
    here.press("Skip one sentence")
    here.wait_to_hear(SPOKEN[2])
    here.press("Back one sentence")
    here.wait_to_hear(SPOKEN[1])
    here.press("Pause")
    assert not here.speaking
    assert here.status == "Paused"
    assert here.marked == ON_PAGE[1]
    here.press("Play")
    here.wait_to_hear(SPOKEN[1])
    here.press("Stop")
    assert not here.speaking
    assert here.status == "Ready to play"


def test_the_status_is_told_once_for_each_change_and_never_for_a_sentence(listen: Listen) -> None:
    here = listen()
    here.wait_for("Ready to play")
    here.page.evaluate(
        """() => {
          window.told = [];
          const status = document.querySelector("[role=status]");
          new MutationObserver(() => told.push(status.textContent))
            .observe(status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    here.press("Play")
    here.wait_for("Finished")
    assert here.page.evaluate("told") == ["Playing", "Finished"]


def test_the_time_is_known_once_the_text_is_and_runs_out_at_the_end(listen: Listen) -> None:
    here = listen()
    left = here.page.locator("[data-part=left]")
    assert re.fullmatch("0:(09|10) left", left.inner_text())
    here.press("Play")
    here.wait_for("Finished")
    assert left.inner_text() == "0:00 left"


def test_the_volume_is_read_out_and_muted(listen: Listen) -> None:
    here = listen(pace=60)
    loudness = here.page.locator("[data-part=loudness]")
    assert loudness.inner_text() == "100%"
    here.page.get_by_role("slider", name="Volume").fill("40")
    assert loudness.inner_text() == "40%"
    here.press("Play")
    here.press("Mute")
    assert loudness.inner_text() == "Muted"
    here.page.wait_for_function("() => !speechSynthesis.speaking")
    here.press("Mute")
    here.page.wait_for_function("() => speechSynthesis.heard.at(-1)?.volume === 0.4")


def test_a_place_in_the_article_can_be_chosen(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.page.get_by_role("slider", name="Place in the article").fill("4")
    here.wait_to_hear(SPOKEN[4])

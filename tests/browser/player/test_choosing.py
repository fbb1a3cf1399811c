"""Choosing where and how it reads: places, words, speed, voices, pauses and content notes."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.player.conftest import ON_PAGE, SPOKEN, Listening

Listen = Callable[..., Listening]
NOTED = """<section class="content-note"><p class="content-note-text">Content note: This part talks about loss.</p>
<div class="content-note-passage"><p>It hurt.</p></div></section><p>After.</p>"""
LINES = "".join(f"<p>Line {number}.</p>" for number in range(60))
SENTENCE = """text => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + text.length);
    return range;
  }
}"""


def middle_of(page: Page, text: str) -> tuple[float, float]:
    box = page.evaluate(
        f"text => {{ const {{x, y, width, height}} = ({SENTENCE})(text).getBoundingClientRect();"
        " return [x + width / 2, y + height / 2]; }",
        text,
    )
    return box[0], box[1]


def select(page: Page, text: str) -> None:
    page.evaluate(f"text => {{ getSelection().removeAllRanges(); getSelection().addRange(({SENTENCE})(text)); }}", text)


def more(here: Listening) -> None:
    here.page.get_by_text("Voice, speed and more").click()


def test_a_click_on_a_sentence_reads_from_there_and_on_the_marked_one_pauses(listen: Listen) -> None:
    here = listen(pace=60)
    here.page.mouse.click(*middle_of(here.page, "A chair."))
    assert here.heard == []  # before Play nobody expects a voice
    here.press("Play")
    here.page.mouse.click(*middle_of(here.page, "A chair."))
    here.wait_to_hear("A chair.")
    here.page.mouse.click(*middle_of(here.page, "A chair."))
    assert here.status == "Paused"
    here.page.mouse.click(*middle_of(here.page, "A chair."))
    assert here.status == "Playing"
    x, y = middle_of(here.page, "Nobody hurries you.")
    here.page.mouse.click(x + 600, y)  # beside the words
    assert here.marked == "A chair."


def test_a_link_in_the_text_stays_a_link(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.page.evaluate("document.querySelector('article a').href = '/elsewhere/'")
    here.page.get_by_role("link", name="988").click()
    here.page.wait_for_url("**/elsewhere/")


def test_it_starts_from_the_selection_and_says_what_to_do_without_one(listen: Listen) -> None:
    here = listen(pace=60)
    more(here)
    here.press("Start from my selection")
    assert here.status == "Select some words in the article first, then press this."
    select(here.page, "sit with Dr")
    here.press("Start from my selection")
    here.wait_to_hear(SPOKEN[2])
    assert here.marked == ON_PAGE[2]
    assert here.page.evaluate("getSelection().isCollapsed")


def test_the_word_is_marked_where_the_voice_tells_it(listen: Listen) -> None:
    here = listen(pace=60, words=True)
    here.press("Play")
    here.wait_to_hear(SPOKEN[2])
    for word in ("&", "sit", "Dr."):
        here.page.wait_for_function(
            "word => [...CSS.highlights.get('read-aloud-word') ?? []][0]?.toString() === word", arg=word
        )
    here.press("Stop")
    assert here.marked_word is None


def test_speed_pitch_and_volume_reach_the_voice(listen: Listen) -> None:
    here = listen(pace=60)
    more(here)
    here.page.get_by_role("slider", name="Speed").fill("2")
    here.page.get_by_role("slider", name="Pitch").fill("0.8")
    here.page.get_by_role("slider", name="Volume").fill("60")
    expect(here.page.get_by_role("slider", name="Speed")).to_have_attribute("aria-valuetext", re.compile("^2"))
    here.press("Play")
    assert here.page.evaluate("(({rate, pitch, volume}) => [rate, pitch, volume])(speechSynthesis.spoken[0])") == [
        2,
        0.8,
        0.6,
    ]


def test_calmer_is_slower_and_pausing_after_each_sentence_waits_for_play(listen: Listen) -> None:
    here = listen()
    more(here)
    here.page.get_by_label("Calmer").check()
    here.page.get_by_label("Pause", exact=True).select_option("After each sentence")
    here.press("Play")
    here.wait_for("Paused")
    assert here.heard == SPOKEN[:1]
    assert here.page.evaluate("speechSynthesis.heard[0].rate") < 1
    here.press("Play")
    here.wait_to_hear(SPOKEN[1])


def test_paragraphs_and_sections_have_buttons(listen: Listen) -> None:
    here = listen(pace=60)
    more(here)
    here.press("Play")
    for name, heard in [("Skip one paragraph", 1), ("Skip one section", 7), ("Back one section", 0)]:
        here.press(name)
        here.wait_to_hear(SPOKEN[heard])
    here.press("Skip one paragraph")
    here.press("Skip one sentence")
    here.press("Back one paragraph")
    here.wait_to_hear(SPOKEN[1])


def test_the_progress_stays_under_the_thumb_while_it_is_dragged(listen: Listen) -> None:
    here = listen(pace=25)
    progress = here.page.get_by_role("slider", name="Place in the article")
    here.press("Play")
    box = progress.bounding_box()
    here.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    expect(progress).to_have_value("7")
    expect(progress).to_have_attribute("aria-valuetext", "Sentence 8 of 8")
    here.wait_to_have_heard(SPOKEN[1])  # the voice goes on meanwhile
    assert progress.input_value() == "7"
    here.page.mouse.up()
    here.wait_to_hear(SPOKEN[7])


def test_an_online_voice_is_asked_about_before_its_first_use(listen: Listen) -> None:
    here = listen(voices="[LOCAL, ONLINE]")
    more(here)
    voice = here.page.get_by_role("combobox", name="Voice")
    voice.select_option("Google US English (en-US)")
    expect(here.page.get_by_text("sent there over the internet")).to_be_visible()
    expect(here.page.get_by_role("button", name="Use this voice")).to_be_focused()
    here.press("Keep to this device")
    expect(voice).to_have_value("")
    here.press("Play")
    assert here.page.evaluate("speechSynthesis.spoken.at(-1).voice.localService") is True
    voice.select_option("Google US English (en-US)")
    here.press("Use this voice")
    here.page.wait_for_function("() => speechSynthesis.spoken.at(-1).voice.name === 'Google US English'")
    expect(here.page.get_by_text("sent there over the internet")).to_be_hidden()


def test_where_all_voices_are_online_one_can_be_chosen_and_none_speaks_unasked(listen: Listen) -> None:
    here = listen(voices="[ONLINE]")
    expect(here.page.get_by_role("status")).to_contain_text("The only voices here send this text")
    more(here)
    here.page.get_by_role("combobox", name="Voice").select_option("Google US English (en-US)")
    here.press("Use this voice")
    assert here.status == "Ready to play"
    here.press("Play")
    here.wait_for("Finished")


def test_before_a_content_note_it_asks(listen: Listen) -> None:
    for answer, then in (("Hear this part", ["It hurt.", "After."]), ("Skip this part", ["After."])):
        here = listen(further=NOTED)
        here.press("Play")
        here.wait_for("Content note: This part talks about loss. Do you want to hear it?")
        here.wait_to_hear("Press Play to hear this part, or Skip to go past it.")
        assert "It hurt." not in here.heard
        here.press(answer)
        here.wait_for("Finished")
        expect(here.page.get_by_role("button", name="Play", exact=True)).to_be_focused()  # said "Pause" until just now
        assert here.heard[-len(then) :] == then


def test_the_page_scrolls_along_until_the_reader_scrolls_away(listen: Listen) -> None:
    here = listen(further=LINES, context={"width": 1280, "height": 400})
    here.press("Play")
    here.page.evaluate("document.querySelector('article').scrollIntoView()")
    here.page.wait_for_function("() => speechSynthesis.heard.at(-1)?.text === 'Line 9.'")
    top = "() => [...CSS.highlights.get('read-aloud')][0].getBoundingClientRect().top"
    assert 0 < here.page.evaluate(top) < 350
    here.page.mouse.wheel(0, 5000)
    here.page.wait_for_timeout(300)
    away = here.page.evaluate("scrollY")
    here.page.wait_for_function("() => speechSynthesis.heard.at(-1)?.text === 'Line 14.'")
    assert here.page.evaluate("scrollY") == away


def test_the_keys_of_headphones_are_taken_only_when_asked_and_say_nothing_of_the_text(listen: Listen) -> None:
    spy = "window.keys = {}; navigator.mediaSession.setActionHandler = (name, act) => (keys[name] = act);"
    here = listen(pace=60, before=spy)
    asked = []
    here.page.on("request", lambda request: asked.append(request.url))
    here.press("Play")
    assert here.page.evaluate("Object.keys(keys)") == []
    more(here)
    here.page.get_by_label("Use the play keys").check()
    here.page.wait_for_function("() => keys.pause && navigator.mediaSession.playbackState === 'playing'")
    assert here.page.evaluate("navigator.mediaSession.metadata.title") == "Audio"
    here.page.evaluate("keys.pause()")
    assert here.status == "Paused"
    here.page.evaluate("keys.play()")
    here.page.evaluate("keys.nexttrack()")
    here.wait_to_hear(SPOKEN[1])
    here.page.get_by_label("Use the play keys").uncheck()
    here.page.wait_for_function("() => keys.pause === null && navigator.mediaSession.metadata === null")
    assert [url.rpartition("/")[2] for url in asked] == ["media.js", "silence.wav"]


def test_a_click_into_a_passage_asks_and_does_not_answer(listen: Listen) -> None:
    here = listen(further=NOTED, pace=60)
    here.press("Play")
    here.page.get_by_text("It hurt.").scroll_into_view_if_needed()
    for _press in range(2):
        here.page.mouse.click(*middle_of(here.page, "It hurt."))
        here.wait_for("Content note: This part talks about loss. Do you want to hear it?")
    select(here.page, "hurt")
    more(here)
    here.press("Start from my selection")
    assert "It hurt." not in here.heard


def test_a_drag_that_ends_where_it_began_lets_go(listen: Listen) -> None:
    here = listen(pace=25)
    progress = here.page.get_by_role("slider", name="Place in the article")
    box = progress.bounding_box()
    y = box["y"] + box["height"] / 2
    here.page.mouse.move(box["x"] + 5, y)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + box["width"] - 2, y)
    here.page.mouse.move(box["x"] + 5, y)
    here.page.mouse.up()
    here.press("Play")
    here.wait_to_hear(SPOKEN[2])
    assert progress.input_value() == "2"

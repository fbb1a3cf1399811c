"""What browsers, voices and hands do that nobody planned for: each is answered, and nobody is left in silence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.player.conftest import SPOKEN, Listening

Listen = Callable[..., Listening]


def voices(here: Listening) -> None:
    here.page.get_by_text("Voice, speed and more").click()


@pytest.mark.parametrize(
    "forbidden",
    [
        "Object.defineProperty(window, 'speechSynthesis', {get() { throw new DOMException('no', 'SecurityError'); }});",
        "Object.defineProperty(window, 'SpeechSynthesisUtterance', {value: undefined});",
    ],
)
def test_where_speech_is_forbidden_the_player_says_what_to_do(listen: Listen, forbidden: str) -> None:
    here = listen(voice=False, before=forbidden)
    expect(here.page.get_by_role("status")).to_contain_text("Your browser cannot read aloud.")


def test_holes_in_the_list_of_voices_are_passed_over(listen: Listen) -> None:
    here = listen(
        voices="[LOCAL]",
        before="const list = speechSynthesis.getVoices();speechSynthesis.getVoices = () => [null, ...list, undefined];",
    )
    here.wait_for("Ready to play")


def test_speech_that_is_taken_away_in_the_middle_can_still_be_paused(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.page.evaluate("speechSynthesis.cancel = () => { throw new Error('gone'); }; 0")
    here.press("Pause")
    here.wait_for("Paused")


def test_voices_that_vanish_leave_the_focus_on_the_words_that_say_so(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    expect(here.page.get_by_role("button", name="Pause")).to_be_focused()
    here.page.evaluate("speechSynthesis.setVoices([])")
    expect(here.page.get_by_role("status")).to_be_focused()
    expect(here.page.get_by_role("status")).to_contain_text("no voice to read with")


def test_without_a_voice_a_place_can_still_be_forgotten(listen: Listen) -> None:
    here = listen(pace=60)
    voices(here)
    here.page.get_by_label("Remember my place on this device").check()
    here.press("Play")
    here.press("Skip one sentence")
    mute = listen(beside=here, voices="[]")
    expect(mute.page.get_by_role("status")).to_contain_text("no voice to read with")
    expect(mute.page.get_by_role("button", name="Resume")).to_be_disabled()
    mute.press("Forget my place")
    expect(mute.page.get_by_role("button", name="Forget")).to_have_count(0)
    voices(mute)
    mute.page.get_by_label("Remember my place on this device").uncheck()
    assert '"remember":false' in here.page.evaluate("localStorage.player")


def test_escape_gives_a_drag_up_and_letting_go_later_changes_nothing(listen: Listen) -> None:
    here = listen(pace=60)
    progress = here.page.get_by_role("slider", name="Place in the article")
    here.press("Play")
    box = progress.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    here.page.mouse.move(box["x"] + 5, y)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + box["width"] - 2, y)
    here.page.keyboard.press("Escape")
    here.page.mouse.move(box["x"] + box["width"] / 2, y)
    here.page.mouse.up()
    here.wait_for("Ready to play")
    expect(progress).to_have_value("0")
    here.press("Play")
    here.wait_to_hear(SPOKEN[0])
    progress.press("ArrowRight")
    here.wait_to_hear(SPOKEN[1])


@pytest.mark.parametrize("no", ["Escape", "Play"])
def test_to_an_online_voice_no_answer_is_a_no(listen: Listen, no: str) -> None:
    here = listen(voices="[LOCAL, ONLINE]", pace=60)
    voices(here)
    here.page.get_by_role("combobox", name="Voice").select_option("Google US English (en-US)")
    question = here.page.get_by_text("sent there over the internet")
    expect(question).to_be_visible()
    if no == "Escape":
        here.page.keyboard.press("Escape")
    else:
        here.press("Play")
    expect(question).to_be_hidden()
    expect(here.page.get_by_role("combobox", name="Voice")).to_have_value("")
    assert here.status == ("Ready to play" if no == "Escape" else "Playing")


def test_each_online_voice_asks_for_itself_and_again_after_it_was_left(listen: Listen) -> None:
    second = "{...ONLINE, name: 'Google UK English', voiceURI: 'uk', lang: 'en-GB'}"
    here = listen(voices=f"[LOCAL, ONLINE, {second}]")
    voices(here)
    voice = here.page.get_by_role("combobox", name="Voice")
    question = here.page.get_by_text("sent there over the internet")
    for name in ("Google US English (en-US)", "Google UK English (en-GB)"):
        voice.select_option(name)
        expect(question).to_be_visible()
        here.press("Use this voice")
    voice.select_option("The best on this device")
    expect(question).to_be_hidden()
    voice.select_option("Google UK English (en-GB)")
    expect(question).to_be_visible()


def test_what_to_do_for_a_start_from_the_selection_is_taken_back_once_it_is_done(listen: Listen) -> None:
    here = listen()
    voices(here)
    here.press("Start from my selection")
    assert here.status == "Select some words in the article first, then press this."
    here.page.locator("article p").first.select_text()
    here.wait_for("Ready to play")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_with_the_largest_text_no_word_is_broken(listen: Listen, width: int) -> None:
    root = 'data-text="150" data-spacing="roomy" data-font="easy"'
    here = listen(root=root, context={"width": width})
    voices(here)
    here.page.get_by_text("Keyboard shortcuts").click()
    broken = here.page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector("read-aloud"), NodeFilter.SHOW_TEXT);
          const found = [];
          while (walker.nextNode()) {
            const { currentNode: node } = walker;
            const { parentElement } = node;
            if (!parentElement.checkVisibility() || parentElement.closest(".visually-hidden, select")) continue;
            for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\d]+/gu)) {
              const range = document.createRange();
              range.setStart(node, index);
              range.setEnd(node, index + word.length);
              if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) found.push(word);
            }
          }
          return found;
        }"""
    )
    assert broken == []

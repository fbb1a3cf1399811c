"""The player by keyboard: in it always, on the whole page once listening has begun."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.player.conftest import SPOKEN, Listening

Listen = Callable[..., Listening]


def test_the_whole_page_takes_the_keys_once_listening_has_begun(listen: Listen) -> None:
    here = listen(pace=60)
    keyboard = here.page.keyboard
    keyboard.press("m")
    keyboard.press("Control+ArrowRight")
    assert here.page.locator("[data-part=loudness]").inner_text() == "100%"
    here.press("Play")
    here.page.locator("h2#one").click()
    keyboard.press("Control+ArrowRight")
    here.wait_to_hear(SPOKEN[1])
    keyboard.press("Control+ArrowLeft")
    here.wait_to_hear(SPOKEN[0])
    keyboard.press("Space")
    assert here.status == "Paused"
    keyboard.press("Space")
    assert here.status == "Playing"
    keyboard.press("m")
    assert here.page.locator("[data-part=loudness]").inner_text() == "Muted"
    keyboard.press("Escape")
    assert here.status == "Ready to play"
    assert not here.speaking


def test_space_scrolls_the_page_while_the_player_is_idle(listen: Listen) -> None:
    here = listen()
    here.page.evaluate("document.querySelector('#tall').style.height = '3000px'")
    here.page.keyboard.press("Space")
    here.page.wait_for_function("() => scrollY > 100")
    here.page.evaluate("scrollTo(0, 0)")
    here.press("Play")
    here.wait_for("Finished")
    here.page.evaluate("document.activeElement.blur()")
    here.page.keyboard.press("Space")
    here.page.wait_for_function("() => scrollY > 100")
    assert here.status == "Finished"


def test_keys_typed_into_a_field_stay_there(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    field = here.page.get_by_label("Your words")
    field.press_sequentially("mum and me")
    expect(field).to_have_value("mum and me")
    assert here.status == "Playing"
    assert here.page.locator("[data-part=loudness]").inner_text() == "100%"


def test_in_the_player_keys_work_before_listening_and_space_presses_the_button(listen: Listen) -> None:
    here = listen(pace=60)
    here.page.get_by_role("slider", name="Volume").focus()
    here.page.keyboard.press("Space")
    assert here.status == "Playing"
    here.page.get_by_role("button", name="Stop").focus()
    here.page.keyboard.press("Space")
    assert here.status == "Ready to play"


def test_the_switch_keeps_the_keys_in_the_player(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.page.keyboard.press("?")
    expect(here.page.get_by_text("Mute, or sound again")).to_be_visible()
    here.page.get_by_label("these keys work on the whole page").uncheck()
    here.page.evaluate("document.activeElement.blur()")
    here.page.keyboard.press("Space")
    assert here.status == "Playing"


def test_paragraphs_sections_and_repeat_by_key_also_with_alt_and_shift(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.page.evaluate("document.activeElement.blur()")
    for keys, heard in [
        ("Control+ArrowDown", 1),
        ("Control+ArrowUp", 0),
        ("Alt+Shift+ArrowDown", 1),
        ("Alt+Shift+ArrowRight", 2),
        ("Alt+Shift+ArrowLeft", 1),
        ("Control+Shift+ArrowRight", 7),
        ("Control+Shift+ArrowLeft", 0),
        ("Alt+Shift+PageDown", 7),
        ("Alt+Shift+PageUp", 0),
    ]:
        here.page.keyboard.press(keys)
        here.wait_to_hear(SPOKEN[heard])
    before = len(here.heard)
    here.page.keyboard.press("r")
    here.page.wait_for_function("before => speechSynthesis.heard.length > before", arg=before)
    assert here.heard[-1] == SPOKEN[0]


def test_the_players_own_keys_never_leave_the_site(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    for keys in (
        "Control+Shift+ArrowRight",
        "Alt+Shift+ArrowRight",
        "Shift+Control+ArrowLeft",
        "Shift+Alt+PageUp",
        "Shift+?",
    ):
        for _ in range(4):
            here.page.keyboard.press(keys)
    for first, second in (("Shift", "Control"), ("Shift", "Alt")):
        for _ in range(4):  # Shift goes down alone, and comes up alone
            here.page.keyboard.down(first)
            here.page.keyboard.down(second)
            here.page.keyboard.press("ArrowRight")
            here.page.keyboard.up(second)
            here.page.keyboard.up(first)
    here.page.wait_for_timeout(300)
    assert here.page.url.endswith("/article/")
    for _ in range(3):
        here.page.keyboard.press("Shift")
    here.page.wait_for_url("**/outside/")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_control_has_room_for_a_thumb(listen: Listen, width: int) -> None:
    here = listen(context={"width": width}, voices="[LOCAL, ONLINE]")
    here.wait_for("Ready to play")
    open_all(here)
    controls = here.page.locator(
        "read-aloud :is(button, input:not([type=checkbox]), summary, select, label:has(input))"
    )
    shown = [control for control in controls.all() if control.is_visible()]
    assert len(shown) == 24
    for box in [control.bounding_box() for control in shown]:
        assert box["height"] >= 44
        assert box["width"] >= 44
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_at_four_times_the_size_nothing_is_cut_off(listen: Listen) -> None:
    here = listen(context={"width": 320, "height": 256})  # a screen of 1280 by 1024, enlarged to 400 %
    here.wait_for("Ready to play")
    open_all(here)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = here.page.evaluate(
        "[...document.querySelectorAll('read-aloud *')].filter((e) =>"
        " e.clientWidth && e.scrollWidth > e.clientWidth + 1"
        " && !e.closest('.visually-hidden, select')).map((e) => e.outerHTML)"
    )
    assert cut == []


def test_in_forced_colors_buttons_have_edges_and_what_is_pressed_shows(listen: Listen) -> None:
    here = listen(context={"width": 390, "forced_colors": "active"})
    here.wait_for("Ready to play")
    mute = here.page.get_by_role("button", name="Mute")
    before = mute.evaluate("button => getComputedStyle(button).backgroundColor")
    assert mute.evaluate("button => getComputedStyle(button).borderTopWidth") == "2px"
    mute.click()
    assert mute.evaluate("button => getComputedStyle(button).backgroundColor") != before
    slider = here.page.get_by_role("slider", name="Volume")
    assert slider.evaluate("slider => getComputedStyle(slider).appearance") == "auto"


def test_every_control_has_a_name_and_those_with_a_key_say_so(listen: Listen) -> None:
    here = listen(voices="[LOCAL, ONLINE]")
    here.wait_for("Ready to play")
    open_all(here)
    for control in here.page.locator("read-aloud :is(button, input, select)").all():
        if control.is_visible():
            expect(control).to_have_accessible_name(re.compile(r"\w"))
    keys = here.page.locator("read-aloud [aria-keyshortcuts]").evaluate_all(
        "all => all.map((each) => each.getAttribute('aria-keyshortcuts'))"
    )
    assert keys == [
        "Space",
        "Escape",
        "Control+ArrowLeft Alt+Shift+ArrowLeft",
        "Control+ArrowRight Alt+Shift+ArrowRight",
        "M",
        "Control+ArrowUp Alt+Shift+ArrowUp",
        "Control+ArrowDown Alt+Shift+ArrowDown",
        "Control+Shift+ArrowLeft Alt+Shift+PageUp",
        "Control+Shift+ArrowRight Alt+Shift+PageDown",
        "R",
        "?",
    ]


def test_what_a_screen_reader_finds_in_it(listen: Listen) -> None:
    here = listen()
    here.wait_for("Ready to play")
    open_all(here)
    expect(here.page.locator("read-aloud")).to_match_aria_snapshot(
        """
        - region "Listen to this article":
          - heading "Listen to this article" [level=2]
          - button "Play"
          - button "Stop"
          - button "Back one sentence"
          - button "Skip one sentence"
          - slider "Place in the article"
          - paragraph: /Listened so far. 0.00 0.[0-9]+ left/
          - status: Ready to play
          - text: Volume
          - slider "Volume"
          - text: 100%
          - button "Mute"
          - paragraph: Space play/pause, Esc stop, Ctrl+Arrow skip, M mute, ? for all shortcuts
          - paragraph: While it reads, press a sentence to go there. Press the marked one to pause.
          - group:
            - text: /Voice, speed and more Speed 1/
            - slider "Speed"
            - group "Paragraph":
              - button "Back one paragraph"
              - button "Skip one paragraph"
            - group "Section":
              - button "Back one section"
              - button "Skip one section"
            - button "Repeat this sentence"
            - button "Start from my selection"
            - text: /Pitch 1/
            - slider "Pitch"
            - text: Voice
            - combobox "Voice":
              - option "The best on this device" [selected]
            - text: Pause
            - combobox "Pause":
              - option "Only when I say so" [selected]
              - option "After each sentence"
              - option "After each paragraph"
            - 'checkbox "Calmer: slower, with longer pauses"'
            - checkbox "Scroll along with the voice" [checked]
            - checkbox "Use the play keys of my keyboard or headphones"
            - checkbox "Remember my place on this device"
        """
    )


def open_all(here: Listening) -> None:
    for name in ("Voice, speed and more", "Keyboard shortcuts"):
        here.page.get_by_text(name).click()

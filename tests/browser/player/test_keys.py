"""The player by keyboard: in it always, on the whole page once listening has begun."""

from collections.abc import Callable

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


def test_skipping_with_control_and_shift_held_never_leaves_the_site(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    for _ in range(4):
        here.page.keyboard.press("Control+Shift+ArrowRight")
        here.page.keyboard.press("Shift+?")
    here.page.wait_for_timeout(300)
    assert here.page.url.endswith("/article/")
    for _ in range(3):
        here.page.keyboard.press("Shift")
    here.page.wait_for_url("**/outside/")


def test_every_control_has_room_for_a_thumb_on_the_smallest_screen(listen: Listen) -> None:
    here = listen(context={"width": 320})
    here.wait_for("Ready to play")
    here.page.get_by_text("Keyboard shortcuts").click()
    controls = here.page.locator("read-aloud :is(button, input:not([type=checkbox]), summary, label:has(input))")
    assert controls.count() == 9
    for box in [control.bounding_box() for control in controls.all()]:
        assert box["height"] >= 44
        assert box["width"] >= 44
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_a_screen_reader_finds_in_it(listen: Listen) -> None:
    here = listen()
    here.wait_for("Ready to play")
    expect(here.page.locator("read-aloud")).to_match_aria_snapshot(
        """
        - region "Listen to this article":
          - heading "Listen to this article" [level=2]
          - button "Play"
          - button "Stop"
          - button "Back one sentence"
          - button "Skip one sentence"
          - slider "Place in the article"
          - paragraph: "Listened so far: 0:00 0:07 left"
          - status: Ready to play
          - text: Volume
          - slider "Volume"
          - text: 100%
          - button "Mute"
        """
    )

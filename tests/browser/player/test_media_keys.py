"""The play keys are given back on leaving, and what they need is fetched and made once."""

from collections.abc import Callable

import pytest

from tests.browser.player.conftest import Listening

Listen = Callable[..., Listening]
# What holds each key at the moment, and every sound that was made.
SPY = """{
  window.keys = {};
  window.sounds = [];
  navigator.mediaSession.setActionHandler = (name, act) => (keys[name] = act);
  window.Audio = new Proxy(window.Audio, {
    construct(target, given) {
      sounds.push(new target(...given));
      return sounds.at(-1);
    },
  });
}"""
HELD = "() => Object.values(keys).some(Boolean) && navigator.mediaSession.playbackState === 'playing'"
GIVEN_BACK = """() => [Object.values(keys).filter(Boolean).length, navigator.mediaSession.playbackState,
  navigator.mediaSession.metadata, ...sounds.map(({ paused }) => paused)]"""
LEAVING = {
    "the control": "document.querySelector('leave-site a').click()",
    "the player is taken off the page": "document.querySelector('read-aloud').remove()",
}


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("way", LEAVING)
def test_leaving_gives_the_keys_back(listen: Listen, way: str, paused: bool) -> None:
    here = listen(pace=60, before=SPY)
    here.page.route("**/leave/", lambda route: None)  # never answered, so that the page is still there to be asked
    here.page.get_by_text("Voice, speed and more").click()
    here.page.get_by_label("Use the play keys").check()
    here.press("Play")
    here.page.wait_for_function(HELD)
    assert here.page.evaluate("sounds.length") == 1
    if paused:
        here.press("Pause")
    # In one go, before the exit page takes the place of this one; what the player has put off is done by then.
    act = f"async () => {{ {LEAVING[way]}; await new Promise((done) => setTimeout(done)); return ({GIVEN_BACK})(); }}"
    assert here.page.evaluate(act) == [0, "none", None, True]


def test_however_often_the_box_is_ticked_the_module_comes_once_and_there_is_one_sound(listen: Listen) -> None:
    here = listen(pace=1000, before=SPY)
    asked: list[str] = []
    here.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    here.press("Play")
    here.page.get_by_text("Voice, speed and more").click()
    box = here.page.get_by_label("Use the play keys")
    for _ in range(4):
        box.check()
        here.page.wait_for_function(HELD)
        box.uncheck()
        here.page.wait_for_function("() => !Object.values(keys).some(Boolean)")
    box.check()
    here.page.wait_for_function(HELD)
    assert asked.count("media.js") == 1
    assert here.page.evaluate("sounds.length") == 1

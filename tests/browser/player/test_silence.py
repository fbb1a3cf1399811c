"""When the player falls silent, and what it says when it cannot speak."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.player.conftest import SPOKEN, Listening

Listen = Callable[..., Listening]
COUNT_CANCELS = "speechSynthesis.cancel = () => (localStorage.cancels = Number(localStorage.cancels ?? 0) + 1);"


def test_going_to_another_page_silences_it(listen: Listen) -> None:
    here = listen(pace=60, before=COUNT_CANCELS)
    here.press("Play")
    here.wait_to_hear(SPOKEN[0])
    here.page.get_by_role("link", name="Never read this").click()
    here.page.wait_for_url("**/elsewhere/")
    here.page.wait_for_function("() => localStorage.cancels === '1'")  # another process may write it, a little later


def test_going_away_while_it_is_silent_cancels_nothing(listen: Listen) -> None:
    here = listen(before=COUNT_CANCELS)
    here.wait_for("Ready to play")
    here.page.get_by_role("link", name="Never read this").click()
    here.page.wait_for_url("**/elsewhere/")
    assert here.page.evaluate("localStorage.cancels") is None


def test_leaving_the_site_silences_it(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.wait_to_hear(SPOKEN[0])
    here.page.evaluate("window.dispatchEvent(new CustomEvent('leave'))")
    assert not here.speaking
    assert here.status == "Paused"


def test_a_player_taken_off_the_page_is_silent(listen: Listen) -> None:
    here = listen(pace=60)
    here.press("Play")
    here.wait_to_hear(SPOKEN[0])
    here.page.evaluate("document.body.replaceChildren()")
    assert not here.speaking


@pytest.mark.parametrize(
    ("voices", "message"),
    [
        ("[]", "Your browser has no voice to read with yet."),
        ("[FRENCH]", "Your device has no voice for this language yet."),
        ("[ONLINE]", "The only voices here send this text over the internet"),
    ],
)
def test_without_a_voice_it_says_what_to_do_and_a_late_one_wakes_it(listen: Listen, voices: str, message: str) -> None:
    here = listen(
        voices=voices, before="window.later = {name: 'Late', lang: 'en-US', voiceURI: 'l', localService: true};"
    )
    assert here.status == "Loading..."
    expect(here.page.get_by_role("status")).to_contain_text(message)
    expect(here.page.get_by_role("button", name="Play")).to_be_disabled()
    here.page.evaluate("speechSynthesis.setVoices([later])")
    assert here.status == "Ready to play"
    here.press("Play")
    here.wait_for("Finished")


def test_without_the_api_the_article_is_whole_and_a_message_says_what_to_do(listen: Listen) -> None:
    here = listen(voice=False, before="delete window.speechSynthesis; delete window.SpeechSynthesisUtterance;")
    expect(here.page.get_by_role("status")).to_contain_text("Your browser cannot read aloud.")
    expect(here.page.get_by_role("article")).to_contain_text("Nobody hurries you.")


def test_two_failures_in_a_row_end_in_a_message_and_not_in_silence(listen: Listen) -> None:
    here = listen(mode="fails", error="network")
    here.press("Play")
    here.wait_for("The voice could not be reached. Check your connection, then press Play.")
    assert here.page.evaluate("speechSynthesis.spoken.length") == 2
    here.page.evaluate("speechSynthesis.mode = 'plain'")
    here.press("Play")
    here.wait_for("Finished")


def test_without_javascript_one_sentence_says_what_to_do(listen: Listen) -> None:
    here = listen(voice=False, context={"javascript": False})
    expect(here.page.get_by_text("Your phone or computer may read this page aloud.")).to_be_visible()
    expect(here.page.get_by_role("button")).to_have_count(0)
    expect(here.page.get_by_role("status")).to_have_count(0)


def test_if_the_script_never_comes_the_sentence_does(new_page: Callable[..., Page], listen: Listen) -> None:
    here = listen(before="customElements.define = () => {};")
    plain = here.page.get_by_text("Your phone or computer may read this page aloud.")
    expect(plain).to_be_hidden()
    expect(plain).to_be_visible(timeout=12_000)

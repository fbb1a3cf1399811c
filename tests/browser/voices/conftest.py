"""A browser with real voices, and an ear to hear them by."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser.conftest import FLAGS, chromium_path
from tests.browser.player.conftest import Listening
from tests.browser.voices import speech

# What was begun and what came to its end, in order: the browser's own events say so, and not the player.
WATCH = """{
  window.begun = [];
  window.begunAt = [];
  const speak = speechSynthesis.speak.bind(speechSynthesis);
  speechSynthesis.speak = (utterance) => {
    utterance.addEventListener("start", () => {
      begun.push(utterance.text);
      begunAt.push(performance.now());
    });
    speak(utterance);
  };
}"""


@pytest.fixture(scope="session")
def environ() -> Iterator[dict[str, str]]:
    if missing := speech.missing():
        pytest.skip(f"No real voices on this machine: {', '.join(missing)} is not installed.")
    # A short path, since that of a socket may have no more than 107 characters.
    with tempfile.TemporaryDirectory(prefix="voices-") as folder, speech.voices(Path(folder)) as found:
        yield found


@pytest.fixture(scope="session")
def speaking_browser(environ: dict[str, str], playwright: Playwright) -> Iterator[Browser]:
    flags = [*FLAGS, "--enable-speech-dispatcher", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    chromium = playwright.chromium.launch(
        executable_path=chromium_path(), args=flags, env={**os.environ, **environ}, ignore_default_args=["--mute-audio"]
    )
    yield chromium
    chromium.close()


@pytest.fixture
def ear(environ: dict[str, str]) -> Iterator[speech.Ear]:
    ear = speech.Ear(environ)
    yield ear
    ear.close()


@pytest.fixture
def open_article(speaking_browser: Browser, live: str) -> Iterator[Callable[..., Listening]]:
    """Open the first article with real voices; `before` is a script that runs first."""
    contexts = []

    def open_it(before: str = "") -> Listening:
        context = speaking_browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
        contexts.append(context)
        context.set_default_timeout(15_000)
        page: Page = context.new_page()
        page.add_init_script(WATCH + before)
        page.goto(f"{live}/articles/community-care/")
        here = Listening(page)
        here.wait_for("Ready to play")
        return here

    yield open_it
    for context in contexts:
        context.close()

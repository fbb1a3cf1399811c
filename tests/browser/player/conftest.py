"""A page with an article and the player, and a voice that can be watched."""

import json
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils.safestring import mark_safe
from playwright.sync_api import Page, Route

SITE = "http://localhost"
FAKE = Path(__file__).parents[2] / "js/fakes/synth.mjs"

PAGE = """
{% load i18n static %}<!doctype html>
<html lang="en-us">
<head>
  <meta charset="utf-8">
  <title>One door open</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="{% static "css/site.css" %}">
  <script type="module" src="{% static "js/components/leave.js" %}"></script>
  {% include "components/player_scripts.html" %}
</head>
<body>
  <leave-site data-exit="http://localhost/outside/"><a href="/leave/">Leave this site</a></leave-site>
  <nav><a href="/elsewhere/">Never read this</a></nav>
  <main class="wrap">
    {% include "components/player.html" %}
    <article id="article" lang="en-us">
      <div class="prose" data-readable>
        <h2 id="one">One door</h2>
        <p>It is <strong>open</strong>. Come in &amp; sit with Dr. Smith. Call <a href="tel:988">988</a>.</p>
        <ul><li><p>A chair.</p></li><li><p>A cup.</p></li></ul>
        <blockquote><p>Nobody hurries you.</p></blockquote>
        <h2 id="two">The free chair</h2>
        {{ further }}
      </div>
    </article>
    <p><label>Your words <input name="words"></label></p>
    <div class="tall" id="tall"></div>
  </main>
</body>
</html>
"""
SPOKEN = ["One door", "It is open.", "Come in and sit with Dr. Smith.", "Call 9 8 8.", "A chair.", "A cup."]
SPOKEN += ["Nobody hurries you.", "The free chair"]
ON_PAGE = ["One door", "It is open.", "Come in & sit with Dr. Smith.", "Call 988.", "A chair.", "A cup."]
ON_PAGE += ["Nobody hurries you.", "The free chair"]
POLICY = "default-src 'none'; script-src 'self'; media-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"


@dataclass
class Listening:
    """The page, and what its voice has done so far."""

    page: Page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    @property
    def status(self) -> str:
        return self.page.get_by_role("status").inner_text()

    def wait_for(self, status: str) -> None:
        self.page.get_by_role("status").get_by_text(status, exact=True).wait_for()

    @property
    def heard(self) -> list[str]:
        return self.page.evaluate("speechSynthesis.heard.map(({text}) => text)")

    def wait_to_have_heard(self, text: str) -> None:
        """It may be further by now: a busy machine looks seldom."""
        self.page.wait_for_function("text => speechSynthesis.heard.some(said => said.text === text)", arg=text)

    def wait_to_hear(self, text: str) -> None:
        self.page.wait_for_function("text => speechSynthesis.heard.at(-1)?.text === text", arg=text)

    @property
    def speaking(self) -> bool:
        return self.page.evaluate("speechSynthesis.speaking")

    @property
    def marked(self) -> str | None:
        """The highlighted sentence, its white space as one space each."""
        return self._highlighted("read-aloud")

    @property
    def marked_word(self) -> str | None:
        return self._highlighted("read-aloud-word")

    def _highlighted(self, name: str) -> str | None:
        marked = self.page.evaluate(
            "name => { const mark = CSS.highlights.get(name); return mark ? [...mark][0].toString() : null; }", name
        )
        return re.sub(r"\s+", " ", marked) if marked else None

    @property
    def article(self) -> str:
        return self.page.locator("article").evaluate("element => element.outerHTML")


def fake_voice(**options: Any) -> str:
    """A script that puts the fake synthesiser of the unit tests in the browser's place, on the browser's clock."""
    source = re.sub(r"^export (\{.*\};)?", "", FAKE.read_text(), flags=re.MULTILINE)
    clock = "{now: () => performance.now(), set: (act, ms) => setTimeout(act, ms), clear: (id) => clearTimeout(id)}"
    voices = options.pop("voices", "[LOCAL]")
    return f"""{{
      {source}
      const synth = fakeSynth({clock}, {{voices: {voices}, ...{json.dumps(options)}}});
      Object.defineProperty(window, "speechSynthesis", {{value: synth}});
      Object.defineProperty(window, "SpeechSynthesisUtterance", {{value: Utterance}});
    }}"""


def serve(route: Route, root: str, further: str) -> None:
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path == "/article/":
        html = engines["django"].from_string(PAGE).render({"further": mark_safe(further)})
        html = html.replace('<html lang="en-us"', f'<html lang="en-us" {root}')
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
    elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
        route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0])
    elif path in ("/elsewhere/", "/outside/", "/leave/"):
        route.fulfill(body=f"<title>{path}</title>", content_type="text/html")
    else:
        route.fulfill(status=404)


@pytest.fixture
def listen(new_page: Callable[..., Page]) -> Callable[..., Listening]:
    """Open the page: `listen(mode="late-end", width=320, before="a script")`, `voice=False` for the browser's own.

    `further` is more of the article, `root` attributes of the page's root, `beside` a page whose browser it shares.
    """

    def open_page(
        *,
        voice: bool = True,
        before: str = "",
        further: str = "",
        root: str = "",
        context: dict[str, Any] | None = None,
        beside: Listening | None = None,
        **options: Any,
    ) -> Listening:
        page = beside.page.context.new_page() if beside else new_page(**(context or {"width": 1280}))
        page.route(f"{SITE}/**", lambda route: serve(route, root, further))
        if voice:
            page.add_init_script(fake_voice(**{"pace": 8, **options}))
        if before:
            page.add_init_script(before)
        page.goto(f"{SITE}/article/")
        return Listening(page)

    return open_page

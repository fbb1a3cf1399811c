"""No way of writing a script into a body leaves anything but plain text, on the desk or in front of readers."""

from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body, search
from tests.articles.xss_vectors import VECTORS

TAGS = {
    *("p", "h2", "h3", "ul", "ol", "li", "blockquote", "section", "div", "figure", "figcaption"),
    *("a", "strong", "em", "br", "img", "span", "picture", "source"),
}
ATTRIBUTES = {
    *("id", "class", "href", "rel", "role", "aria-labelledby", "tabindex", "data-level", "data-note", "data-picture"),
    *("src", "alt", "srcset", "sizes", "type", "width", "height", "loading", "decoding"),
}
SCHEMES = ("http://", "https://", "mailto:", "tel:", "sms:", "/", "#")


class Inspector(HTMLParser):
    """Collects whatever a page must not hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bad += [] if tag in TAGS else [tag]
        for name, value in attrs:
            is_address = name in ("href", "src")
            harmless = value is not None and (not is_address or (value.startswith(SCHEMES) and value[:2] != "//"))
            if name not in ATTRIBUTES or not harmless or (name == "src" and "evil" in str(value)):
                self.bad.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.bad.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.bad.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.bad.append(f"instruction {data}")


def test_the_inspector_sees_what_is_bad() -> None:
    assert Inspector("<p onclick=x>a</p>").bad
    assert Inspector("<script>x</script>").bad
    assert Inspector("<a href='javascript:x'>a</a>").bad
    assert Inspector("<img src='//evil.example/x'>").bad
    assert Inspector("<!-- a -->").bad


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors_are_harmless(name: str) -> None:
    for html in (VECTORS[name], f"<h2>Before</h2><p>{VECTORS[name]}</p><ul><li>{VECTORS[name]}", VECTORS[name] * 2):
        desk = body.clean(html)
        shown = body.derive(html, "en-us").html
        assert Inspector(desk).bad == []
        assert Inspector(shown).bad == []
        assert body.clean(desk) == desk
        assert nh3.is_html(desk) or desk == "" or "<" not in desk


def test_a_hostile_body_keeps_its_harmless_words() -> None:
    assert body.clean("<p onclick=alert(1)>Come <b>in</b><script>alert(1)</script>.</p>") == (
        "<p>Come <strong>in</strong>.</p>"
    )


@pytest.mark.parametrize("name", VECTORS)
def test_search_highlighting_escapes(name: str) -> None:
    shown = search.highlight(f"{search.HIT_START}{VECTORS[name].replace(search.HIT_START, '')}{search.HIT_END}")
    assert set(shown.split("<")[1:]) <= {part for part in shown.split("<") if part.startswith(("mark>", "/mark>"))}


MARKUP = st.recursive(
    st.text(max_size=20) | st.sampled_from(list(VECTORS.values())),
    lambda inner: st.tuples(
        st.sampled_from([*sorted(TAGS), "script", "svg", "table", "td", "b", "font", "h1", "math", "style"]),
        st.sampled_from(
            ["", " class='care-card' data-level='urgent'", " data-note='x'", " data-picture='1'", " id='a'"]
        ),
        st.lists(inner, max_size=4),
    ).map(lambda parts: f"<{parts[0]}{parts[1]}>{''.join(parts[2])}</{parts[0]}>"),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_anything_comes_out_clean_and_stays_as_it_is(html: str) -> None:
    desk = body.clean(html)
    assert Inspector(desk).bad == []
    assert body.clean(desk) == desk
    derived = body.derive(desk, "en-us")
    assert Inspector(derived.html).bad == []
    assert derived == body.derive(html, "en-us")


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_comes_out_clean(text: str) -> None:
    desk = body.clean(text)
    assert Inspector(desk).bad == []
    assert body.clean(desk) == desk


def test_no_depth_or_length_breaks_it() -> None:
    for tag in ("div", "blockquote", "ul><li", "b", "section class=care-card data-level=calm"):
        body.derive(f"<{tag}>" * 3_000 + "end", "en-us")
    assert body.clean("<p>" + "word " * 100_000 + "</p>").startswith("<p>word word")

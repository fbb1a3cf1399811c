"""What the desk copy's text may hold, and how it is kept."""

from pathlib import Path

import pytest

from articles import body
from articles.body.links import tidy_href

PASTED = Path(__file__).parent / "pasted"


@pytest.mark.parametrize("source", ["word", "google-docs", "web-page"])
def test_pasted_text_comes_out_clean(source: str) -> None:
    clean = (PASTED / f"{source}.clean.html").read_text().strip()
    assert body.clean((PASTED / f"{source}.html").read_text()) == clean
    assert body.clean(clean) == clean


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("", ""),
        ("<p> </p><p>&nbsp;</p><p><br></p>", ""),
        ("just words", "<p>just words</p>"),
        ("<div>one<div>two</div>three</div>", "<p>one</p>\n<p>two</p>\n<p>three</p>"),
        ("<p>one<br><br><br>two<br>three<br></p>", "<p>one</p>\n<p>two<br>three</p>"),
        ("<p><b>a</b><b>b</b> <strong>c</strong></p>", "<p><strong>ab c</strong></p>"),
        ("<p><b>a </b>b</p>", "<p><strong>a</strong> b</p>"),
        ("<p><i><b>a</b></i></p>", "<p><strong><em>a</em></strong></p>"),
        ("<p>a<sup>2</sup> <u>b</u> <code>c</code></p>", "<p>a2 b c</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<blockquote>one<p>two</p></blockquote>", "<blockquote>\n<p>one</p>\n<p>two</p>\n</blockquote>"),
        ("<h2>a<br>b <strong>c</strong> <em>d</em></h2>", '<h2 id="a-b-c-d">a b c <em>d</em></h2>'),
        ("<h1>a</h1><h5>b</h5>", '<h2 id="a">a</h2>\n<h3 id="b">b</h3>'),
        ("<p>a\u200bb\u00adc\ue000d\x00e</p>", "<p>abcde</p>"),
        ("<p>\ud800a</p>", "<p>a</p>"),
        ("<table><tr><th>a</th><td>b</td><td></td></tr></table>", "<p><strong>a</strong> · b</p>"),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "<p>a b · c</p>"),
        ("<ul><li></li></ul>", ""),
        ("<ul>a<li>b</li>c</ul>", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>"),
        ("<hr><p>a</p><hr>", "<p>a</p>"),
        ("<figure data-picture='x'><img src='/a.png'></figure><img src='/b.png'>", ""),
    ],
)
def test_the_same_thing_is_always_written_the_same_way(pasted: str, clean: str) -> None:
    assert body.clean(pasted) == clean
    assert body.clean(clean) == clean


def test_care_cards_have_one_of_three_levels() -> None:
    card = '<section class="care-card" data-level="{}">\n<p>Call 988</p>\n</section>'
    for level in ("calm", "concern", "urgent"):
        assert body.clean(card.format(level)) == card.format(level)
    assert body.clean(card.format("loud")) == "<p>Call 988</p>"
    assert body.clean('<section class="care-card" data-level="calm"></section>') == ""


def test_a_care_card_holds_no_headings_quotes_or_cards() -> None:
    card = (
        '<section data-level="calm"><h2>One</h2><section data-level="urgent">two</section><ul><li>three</ul></section>'
    )
    assert body.clean(card) == (
        '<section class="care-card" data-level="calm">\n<p><strong>One</strong></p>\n<p>two</p>\n'
        "<ul>\n<li>\n<p>three</p>\n</li>\n</ul>\n</section>"
    )


def test_a_content_note_wraps_a_passage_once() -> None:
    note = '<div data-note=" It speaks  of &quot;loss&quot;. "><h2>One</h2><div data-note="inner">two</div></div>'
    start = '<div class="content-note" data-note="It speaks of &quot;loss&quot;.">'
    assert body.clean(note) == f'{start}\n<h2 id="one">One</h2>\n<p>two</p>\n</div>'


def test_a_picture_is_kept_by_its_number_and_shown_from_this_site_only() -> None:
    figure = '<figure data-picture="7"><img src="{}" alt="A cat"><figcaption>Our <b>cat</b></figcaption></figure>'
    kept = body.clean(figure.format("/admin/articles/picture/7/"))
    assert kept == (
        '<figure data-picture="7">\n<img src="/admin/articles/picture/7/" alt="A cat">\n'
        "<figcaption>Our <strong>cat</strong></figcaption>\n</figure>"
    )
    assert "src" not in body.clean(figure.format("https://example.org/cat.png"))
    assert body.picture_ids(kept) == {7}


# -- Heading ids ---------------------------------------------------------------------------------


def test_a_heading_keeps_its_id_when_its_words_change() -> None:
    assert body.clean('<h2 id="rest">How to rest well</h2>') == '<h2 id="rest">How to rest well</h2>'


def test_ids_are_unique_and_never_those_of_the_page_around() -> None:
    html = body.clean(
        '<h2 id="main">Main</h2><h2 id="rest">Rest</h2><h2 id="rest">Again</h2><h3>Rest</h3><h3>静か</h3>'
    )
    assert list(body.heading_texts(html)) == ["about-main", "rest", "again", "rest-2", "part"]


def test_an_id_that_was_given_up_is_not_given_to_another_heading() -> None:
    remembered = {"rest": "Rest", "rest-2": "Other"}
    assert body.heading_texts(body.clean("<h2>rest!</h2>", remembered)) == {"rest-3": "rest!"}


def test_a_heading_that_lost_its_id_gets_it_back() -> None:
    assert body.heading_texts(body.clean("<h2>How to rest</h2>", {"rest": "How to rest"})) == {"rest": "How to rest"}


# -- Addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/help/", "/help/"),
        ("#rest", "#rest"),
        ("http://localhost:8000/help/?a=1#b", "/help/?a=1#b"),
        ("HTTP://LOCALHOST:8000", "/"),
        ("http://localhost:8000.example.org/", "http://localhost:8000.example.org/"),
        ("//example.org/a", "https://example.org/a"),
        ("www.example.org", "https://www.example.org"),
        ("someone@example.org", "mailto:someone@example.org"),
        ("tel:+12145550123", "tel:+12145550123"),
        ("TEL:988", "tel:988"),
        ("https://example.org/?utm_source=x&q=a+b&fbclid=1", "https://example.org/?q=a+b"),
        ("https://www.google.com/url?q=https://example.org/&sa=D", "https://example.org/"),
        ("https://www.google.com/url?q=javascript:alert(1)", None),
        ("https://user:secret@example.org/", None),
        ("http://[::1", None),
        ("page.html", None),
        ("../up", None),
        ("file:///C:/x", None),
        ("/\\example.org", None),
        ("#", None),
        ("", None),
        ("https://example.org/" + "a" * 2000, None),
    ],
)
def test_addresses(typed: str, kept: str | None) -> None:
    assert tidy_href(typed) == kept
    if kept:
        assert tidy_href(kept) == kept

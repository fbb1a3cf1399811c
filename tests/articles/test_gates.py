"""What stands in the way of publishing, and what is only advice."""

from datetime import date

import pytest

from articles import gates
from articles.models import Article, Picture
from tests.articles.cast import draft, topic
from tests.articles.images import jpeg

pytestmark = pytest.mark.django_db


def codes(article: Article) -> list[str]:
    return [problem.code for problem in gates.text_problems(article)]


def with_body(body: str, **fields) -> Article:
    return draft(None, body=body, **fields)


def test_a_good_text_passes() -> None:
    assert codes(draft(None)) == []


def test_what_is_missing_is_named_with_its_field() -> None:
    article = Article.objects.start(None, title=" ", slug="x", language="xx", body="<p></p>")
    found = [(problem.code, problem.field) for problem in gates.text_problems(article)]
    assert found == [
        ("title_missing", "title"),
        ("dek_missing", "dek"),
        ("body_missing", "body"),
        ("topic_missing", "topics"),
        ("language_missing", "language"),
    ]
    assert all(problem.message.endswith(".") for problem in gates.text_problems(article))


# -- Headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "wrong"),
    [("h2 h3 h3 h2", 0), ("h3", 1), ("h3 h2", 1), ("h2 h2", 0), ("", 0)],
)
def test_heading_order(headings: str, wrong: int) -> None:
    article = with_body("<p>Text</p>" + "".join(f"<{tag}>A {tag}</{tag}>" for tag in headings.split()))
    assert codes(article) == ["heading_order"] * wrong


def test_a_wrong_heading_is_quoted() -> None:
    (problem,) = gates.text_problems(with_body("<h3>Rest</h3><p>Text</p>"))
    assert problem.where == "Rest"
    assert "“Rest” is a small heading" in problem.message


# -- Links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["click here", "Here", "Read more …", "this page.", "LINK", "more  info"])
def test_links_that_say_nothing(words: str) -> None:
    assert codes(with_body(f'<p><a href="/help/">{words}</a></p>')) == ["link_vague"]


def test_links_without_words() -> None:
    assert codes(with_body('<p><a href="/help/">→</a> text</p>')) == ["link_empty"]


@pytest.mark.parametrize(
    "href", ["/help/", "/help", "/help/?a=1#b", "/articles/", "https://example.org/", "tel:988", "#rest"]
)
def test_links_that_lead_somewhere(href: str) -> None:
    assert codes(with_body(f'<h2>Rest</h2><p><a href="{href}">Words that say where</a></p>')) == []


@pytest.mark.parametrize(
    "href",
    [
        "/nowhere/",
        "#gone",
        "/static/css/site.css",
        "/media/none.webp",
        "/media/pictures/",
        "/media//x",
        "/media/../../x",
        "/media/pictures/%2e%2e",
        "/articles/none/",
    ],
)
def test_links_that_lead_nowhere(href: str) -> None:
    article = with_body(f'<h2>Rest</h2><p><a href="{href}">Words that say where</a></p>')
    (problem,) = gates.text_problems(article)
    assert (problem.code, problem.where) == ("link_dead", "Rest")
    assert href in problem.message


def test_a_link_to_a_picture_needs_it_there(media) -> None:
    name = Picture.objects.upload(jpeg(), alt="A bowl of soup").renditions[0]["webp"]
    assert codes(with_body(f'<p><a href="/media/{name}">Words that say where</a></p>')) == []


def test_links_to_other_articles_need_them_live_and_their_heading_there() -> None:
    other = draft(None, "Soup")
    link = '<p><a href="/articles/{}">Words that say where</a></p>'
    assert codes(with_body(link.format("soup/"), title="One")) == ["link_dead"]
    other.publish(None)
    assert codes(with_body(link.format("soup/#a-first-part"), title="Two")) == []
    assert codes(with_body(link.format("soup/#gone"), title="Three")) == ["link_dead"]
    other.save_desk(None, 1, slug="stew")
    other.publish(None)
    assert codes(with_body(link.format("soup/"), title="Four")) == []  # it is led on
    other.withdraw(None)
    assert codes(with_body(link.format("stew/"), title="Five")) == ["link_dead"]


def test_a_link_to_its_own_heading_by_address() -> None:
    article = with_body('<h2>Rest</h2><p><a href="/articles/soup/#rest">Back to rest</a></p>')
    assert codes(article) == []


# -- Content notes and pictures ------------------------------------------------------------------


def test_some_topics_need_a_content_note() -> None:
    grief = topic("Suicide", needs_content_note=True)
    article = with_body("<p>Text</p>", topics=[grief])
    (problem,) = gates.text_problems(article)
    assert problem.code == "content_note_missing"
    assert "Suicide" in problem.message
    article.save_desk(None, 1, body='<div data-note="It speaks of suicide."><p>Text</p></div>')
    assert codes(article) == []


def test_a_note_without_words_is_none() -> None:
    article = with_body('<div data-note=" "><p>Text</p></div>', topics=[topic("Suicide", needs_content_note=True)])
    assert codes(article) == ["content_note_missing"]


def test_pictures_need_to_be_there_and_a_drawing_to_be_described(media) -> None:
    article = with_body('<p>Text</p><figure data-picture="999"></figure>', drawing="circle")
    assert codes(article) == ["picture_missing", "alt_missing"]
    article.save_desk(None, 1, body="<p>Text</p>", drawing_alt="People in a circle")
    assert codes(article) == []
    article.save_desk(None, 2, drawing_alt="", hero=Picture.objects.upload(jpeg(), decorative=True))
    assert codes(article) == []


# -- Advice --------------------------------------------------------------------------------------


def advice(**fields) -> list[str]:
    return [problem.code for problem in gates.advice(draft(None, reviewed_on=date(2026, 1, 1), **fields))]


def test_advice_does_not_stand_in_the_way() -> None:
    hard = "Notwithstanding institutional considerations, interdisciplinary collaboration necessitates deliberation. "
    assert advice(body=f"<p>{hard}</p>") == ["grade_high"]
    assert codes(draft(None, "Hard", body=f"<p>{hard}</p>")) == []


def test_kinds_of_advice(media) -> None:
    assert advice(body="<p>" + "We sit. " * 70 + "</p>") == ["paragraph_long"]
    assert advice(body='<p><a href="/help/">Help</a> <a href="/safety/">help</a></p>') == ["link_same_words"]
    assert advice(body='<p><a href="https://example.org">https://example.org</a></p>') == ["link_bare"]
    assert advice(hero=Picture.objects.upload(jpeg(), alt="A picture of soup")) == ["alt_says_picture"]
    assert advice() == []
    assert [problem.code for problem in gates.advice(draft(None))] == ["reviewed_on_missing"]

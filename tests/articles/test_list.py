"""The list of articles: newest first, by topic, by words that need not be spelled right, page by page."""

import pytest
from django.test import Client

from articles.views import PER_PAGE
from tests.articles.writing import published, soon

pytestmark = pytest.mark.django_db


def test_the_newest_stands_first_and_only_what_is_live(client: Client) -> None:
    published("Older")
    published("Newer")
    published("Withdrawn").withdraw(None)
    published("Not yet", at=soon())
    page = client.get("/articles/").content.decode()
    assert 0 < page.index('href="/articles/newer/"') < page.index('href="/articles/older/"')
    assert "withdrawn" not in page
    assert "not-yet" not in page


def test_before_the_first_article_it_is_kind_and_leads_on(client: Client) -> None:
    response = client.get("/articles/")
    assert response.status_code == 200
    assert "The first article is on its way" in response.content.decode()
    assert b'href="/help/"' in response.content


def test_a_topic_shows_its_own(client: Client) -> None:
    published("Soup", topic="Food")
    published("Taxes", topic="Money")
    page = client.get("/articles/?topic=food").content.decode()
    assert 'href="/articles/soup/"' in page
    assert 'href="/articles/taxes/"' not in page
    assert 'href="/articles/?topic=food" aria-current="page"' in page
    assert "<title>Food" in page


def test_words_are_found_and_marked(client: Client) -> None:
    published("Soup", body="<h2>Warm</h2><p>Somebody brings a lantern in the dark.</p>")
    published("Taxes")
    page = client.get("/articles/?q=lanterns").content.decode()
    assert "<mark>lantern</mark>" in page
    assert 'href="/articles/taxes/"' not in page
    assert "1 article about" in page
    assert "noindex" in page


def test_a_slip_of_the_finger_still_finds_it(client: Client) -> None:
    published("Soup", body="<h2>Warm</h2><p>Somebody brings a lantern in the dark.</p>")
    page = client.get("/articles/?q=lantren").content.decode()
    assert 'href="/articles/soup/"' in page
    assert "Here is what we found for “lantern”" in page


def test_nothing_found_is_said_kindly(client: Client) -> None:
    published("Soup")
    response = client.get("/articles/?q=xyzzyplugh")
    assert response.status_code == 200
    assert "porch light is on" in response.content.decode()


def test_words_come_back_as_words(client: Client) -> None:
    page = client.get("/articles/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_pages_follow_each_other_and_keep_the_topic(client: Client) -> None:
    for number in range(PER_PAGE + 1):
        published(f"Part {number:02}")
    first, second = (client.get(f"/articles/?topic=company&page={page}").content.decode() for page in (1, 2))
    assert first.count('class="article-card"') == PER_PAGE
    assert second.count('class="article-card"') == 1
    assert "topic=company&amp;page=2" in first
    assert 'href="/articles/part-00/"' in second


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a\x00b"},
        {"q": "x" * 5000},
        {"page": "0"},
        {"page": "-1"},
        {"page": "two"},
        {"page": "9" * 400},
        {"topic": "a b"},
    ],
)
def test_junk_gets_a_clear_answer(client: Client, query: dict[str, str]) -> None:
    response = client.get("/articles/", query)
    assert response.status_code == 400
    assert b"error-summary" in response.content


@pytest.mark.parametrize(
    "query", [{"page": "1000"}, {"topic": "no-such"}, {"q": "( & | ! <-> :*"}, {"q": "'"}, {"q": "%_"}]
)
def test_what_leads_nowhere_is_no_error(client: Client, query: dict[str, str]) -> None:
    published("Soup")
    assert client.get("/articles/", query).status_code == 200


def test_it_is_public(client: Client) -> None:
    response = client.get("/articles/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies

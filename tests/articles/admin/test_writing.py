from collections.abc import Callable

import pytest
from django.test import Client

from articles.admin.article_form import ArticleForm
from articles.models import Article, ArticleSlug, Topic
from mindspace.accounts.models import User
from tests.articles.admin.conftest import address, filled_in


def test_a_new_article_is_saved_with_its_topics_and_an_address_from_its_title(
    at_desk: Client, ed: User, topic: Topic
) -> None:
    sent = filled_in(title="How to sit", body="<p>Stay.</p>", topics=[topic.pk], author=ed.pk)
    answer = at_desk.post("/admin/articles/article/add/", sent)
    article = Article.objects.get()
    assert answer.url == address(article)
    assert (article.title, article.slug, article.body, article.author) == (
        "How to sit",
        "how-to-sit",
        "<p>Stay.</p>",
        ed,
    )
    assert list(article.topics.all()) == [topic]
    assert article.edits.get().by == ed


def test_a_new_article_has_no_other_text_to_choose(at_desk: Client) -> None:
    sent = filled_in(title="How to sit", choice="theirs")
    said = at_desk.post("/admin/articles/article/add/", sent, follow=True).content.decode()
    assert "Saved. Readers see it once it is published." in said
    assert "The other text stands." not in said


def test_a_save_makes_a_new_version_and_readers_see_nothing_of_it(at_desk: Client, live: Article, ed: User) -> None:
    at_desk.post(address(live), filled_in(live, body="<p>Changed.</p>"))
    live.refresh_from_db()
    assert (live.version, live.body) == (2, "<p>Changed.</p>")
    assert live.edits.first().by == ed
    assert "Changed" not in live.editions.get().body_html


def test_what_was_typed_stands_beside_what_is_wrong(at_desk: Client, ready: Article) -> None:
    answer = at_desk.post(address(ready), filled_in(ready, title="", body="<p>Long hours of work.</p>"))
    assert answer.status_code == 200
    assert b"Long hours of work." in answer.content
    assert b"data-unsaved" in answer.content
    ready.refresh_from_db()
    assert ready.version == 1


def test_an_address_that_is_taken_or_reserved_is_refused_in_words(at_desk: Client, ready: Article) -> None:
    other = Article.objects.start(None, title="Other")
    answer = at_desk.post(address(other), filled_in(other, slug=ready.slug))
    assert "Another article has, or had, this address." in answer.content.decode()
    answer = at_desk.post(address(other), filled_in(other, slug="search"))
    assert "The site needs this address for itself." in answer.content.decode()


def test_an_address_taken_in_the_last_instant_is_refused_in_words_too(
    at_desk: Client, ready: Article, monkeypatch
) -> None:
    ArticleSlug.objects.create(slug="former", article=Article.objects.start(None, title="Other"))
    checked = ArticleForm.clean_slug
    calls = []

    def too_early(form: ArticleForm) -> str:
        calls.append(form)
        return form.cleaned_data["slug"] if len(calls) == 1 else checked(form)

    monkeypatch.setattr(ArticleForm, "clean_slug", too_early)
    answer = at_desk.post(address(ready), filled_in(ready, slug="former", body="<p>Kept.</p>"))
    assert answer.status_code == 200
    assert "Another article has, or had, this address." in answer.content.decode()
    assert b"Kept." in answer.content


def test_hostile_and_broken_input_is_answered(at_desk: Client, ready: Article) -> None:
    hostile = "<script>alert(1)</script><p onclick=x>Fine <a href='javascript:x'>words</a></p>"
    at_desk.post(address(ready), filled_in(ready, body=hostile))
    ready.refresh_from_db()
    assert ready.body == "<p>Fine words</p>"
    for changes in (
        {"title": "a\x00b"},
        {"opened": "x" * 5000},
        {"topics": ["-1"]},
        {"author": "not-an-id"},
        {"language": "xx"},
    ):
        assert at_desk.post(address(ready), filled_in(ready, **changes)).status_code == 200


def test_a_drawing_that_the_site_does_not_have_is_refused_in_words(at_desk: Client, ready: Article) -> None:
    page = at_desk.post(address(ready), filled_in(ready, drawing="dragon", drawing_alt="A dragon")).content.decode()
    assert "Select a valid choice. dragon is not one of the available choices." in page
    at_desk.post(address(ready), filled_in(ready, drawing="bench", drawing_alt="A bench"))
    ready.refresh_from_db()
    assert ready.drawing == "bench"


def test_staff_and_nobody_else_can_be_author(at_desk: Client, ready: Article, mona: User, rae: User) -> None:
    page = at_desk.get(address(ready)).content.decode()
    assert f'value="{rae.pk}"' in page
    assert f'value="{mona.pk}"' not in page


def test_who_may_only_read_is_led_to_the_page_for_reading(at_review: Client, ready: Article) -> None:
    assert at_review.get(address(ready)).url == address(ready, "review")
    assert at_review.post(address(ready), filled_in(ready, title="No")).url == address(ready, "review")
    ready.refresh_from_db()
    assert ready.title == "How to sit with a friend"


def test_the_form_is_a_plain_text_box_without_javascript(at_desk: Client, ready: Article) -> None:
    page = at_desk.get(address(ready)).content.decode()
    assert '<textarea name="body"' in page
    assert "&lt;h2 id=&quot;sit-down-first&quot;&gt;" in page
    assert "importmap" not in page
    assert "style=" not in page.replace("data-style=", "")


def test_pages_of_articles_that_are_not_there(sign_in: Callable[[User], Client], sue: User) -> None:
    client = sign_in(sue)
    for page in ("preview", "check", "review", "publish", "versions", "difference", "withdraw"):
        assert client.get(f"/admin/articles/article/99/{page}/").status_code == 404


@pytest.mark.parametrize("body", ["<p>" + "word " * 120_000 + "</p>", "<b>" * 20_000 + "deep"])
def test_a_body_beyond_all_measure_is_refused_in_words(at_desk: Client, ready: Article, body: str) -> None:
    answer = at_desk.post(address(ready), filled_in(ready, body=body))
    assert "too long, or folded too deep" in answer.content.decode()
    ready.refresh_from_db()
    assert "Sit down first" in ready.body

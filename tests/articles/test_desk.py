"""Writing on the desk copy: versions, conflicts, who edited, and where an article stands."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import errors
from articles.models import Article
from tests.articles.cast import alice, carol, draft

pytestmark = pytest.mark.django_db


def test_a_new_article_is_its_starters_and_has_an_address() -> None:
    author = alice()
    article = Article.objects.start(author, title="Über das Warten, together")
    assert (article.author, article.slug, article.version) == (author, "uber-das-warten-together", 1)
    assert [(edit.version, edit.by) for edit in article.edits.all()] == [(1, author)]


def test_a_save_is_a_new_version_with_a_name_and_what_it_said() -> None:
    helper = carol()
    article = draft(alice())
    article.save_desk(helper, 1, title="Stew")
    edit = article.edits.first()
    assert (article.version, article.title) == (2, "Stew")
    assert (edit.version, edit.by, edit.source["title"]) == (2, helper, "Stew")


def test_the_second_of_two_editors_is_told_and_sees_both_texts() -> None:
    author, helper = alice(), carol()
    article = draft(author)
    article.save_desk(helper, 1, title="Stew", body="<p>Theirs</p>")
    with pytest.raises(errors.EditConflict) as conflict:
        article.save_desk(author, 1, title="Broth", body="<p>Mine</p>")
    assert conflict.value.mine == {"title": "Broth", "body": "<p>Mine</p>"}
    assert (conflict.value.theirs.title, conflict.value.theirs.body) == ("Stew", "<p>Theirs</p>")
    assert conflict.value.last_edit.by == helper
    assert Article.objects.get().title == "Stew"


def test_a_hostile_body_is_cleaned_however_it_is_saved() -> None:
    article = draft(None, body="<p onclick=alert(1)>One</p>")
    assert article.body == "<p>One</p>"
    article.body = "<p>Two</p><script>alert(1)</script>"
    article.save()
    assert Article.objects.get().body == "<p>Two</p>"
    Article.objects.update(
        body="<p onclick=alert(1)>Three</p>"
    )  # past the model: what readers get is clean all the same
    assert Article.objects.get().publish(None).body_html == "<p>Three</p>"


def test_heading_ids_stay_when_words_and_surroundings_change() -> None:
    article = draft(None, body="<h2>Rest</h2><p>One</p>")
    article.save_desk(None, 1, body='<p>New</p><h2>Rest first</h2><h2 id="rest">How to rest</h2>')
    assert list(article.heading_ids) == ["rest", "rest-first"]
    assert article.heading_ids["rest"] == "How to rest"
    article.save_desk(None, 2, body="<h2>Rest</h2><p>One</p>")
    assert '<h2 id="rest-2">' in article.body  # "rest" was that other heading
    article.save_desk(None, 3, body="<h2>How to rest</h2><p>One</p>")
    assert '<h2 id="rest">' in article.body


def test_unknown_fields_are_a_mistake() -> None:
    article = draft(None)
    with pytest.raises(TypeError, match="has no heading_ids"):
        article.save_desk(None, 1, heading_ids={})


def test_where_an_article_stands() -> None:
    article = draft(None)
    assert list(Article.objects.drafts()) == [article]
    article.publish(None, timezone.now() + timedelta(days=1))
    assert not Article.objects.drafts()
    assert list(Article.objects.scheduled()) == [article]
    article.publish(None, keep_scheduled=True)
    assert list(Article.objects.live()) == [article]
    row = Article.objects.with_state().get()
    assert (row.live_number, row.changed, row.next_at > timezone.now()) == (2, False, True)
    article.save_desk(None, 1, title="Stew")
    assert Article.objects.with_state().get().changed


# -- Addresses -----------------------------------------------------------------------------------


def test_an_address_that_readers_knew_stays_with_its_article() -> None:
    article = draft(None)
    article.publish(None)
    article.save_desk(None, 1, slug="stew")
    with pytest.raises(errors.SlugRefused, match="has, or had"):
        draft(None, "Other", slug="soup")
    assert draft(None, "Soup").slug == "soup-2"
    assert article.slugs.model.objects.resolve("SOUP") == article
    assert article.slugs.model.objects.resolve("Süp_") is None


def test_an_address_that_nobody_saw_is_given_back() -> None:
    article = draft(None)
    article.save_desk(None, 1, slug="stew")
    assert draft(None, "Soup").slug == "soup"


@pytest.mark.parametrize("slug", ["feed", "topics", "-a", "a--b", "A", "a b", "ä", "a" * 81])
def test_addresses_that_cannot_be_had(slug: str) -> None:
    article = draft(None)
    with pytest.raises(errors.SlugRefused):
        article.save_desk(None, 1, slug=slug)
    assert Article.objects.get().slug == "soup"


def test_an_address_is_made_of_a_reserved_or_wordless_title() -> None:
    assert draft(None, "Feed").slug == "feed-2"
    assert draft(None, "???").slug == "article"
    assert len(draft(None, "word " * 32).slug) <= 80


def test_the_database_keeps_addresses_in_shape() -> None:
    article = draft(None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.update(slug="A B")
    with pytest.raises(IntegrityError), transaction.atomic():
        article.slugs.create(slug="soup")

"""Bringing an earlier text back to the desk."""

import pytest

from articles import errors
from articles.models import Article, Edition, Topic
from tests.articles.cast import alice, bob, draft, topic

pytestmark = pytest.mark.django_db


def test_the_whole_text_comes_back_and_readers_see_no_change() -> None:
    author = alice()
    article = draft(author, drawing="circle", drawing_alt="A circle")
    edition = article.publish(None)
    was = article.source()
    article.save_desk(author, 1, title="Stew", slug="stew", body="<p>Other</p>", topics=[topic("Rest")], drawing="")
    live = article.publish(None)
    restored = edition.restore(author, version=2)
    assert restored.source() == was
    assert (restored.version, Edition.objects.live().get()) == (3, live)


def test_what_was_on_the_desk_stays_among_its_edits() -> None:
    author = alice()
    article = draft(author)
    edition = article.publish(None)
    article.save_desk(author, 1, body="<p>Not published yet</p>")
    edition.restore(author)
    earlier = article.edits.get(version=2)
    assert earlier.source["body"] == "<p>Not published yet</p>"
    article.refresh_from_db()
    article.save_desk(author, 3, **article.changes_from(earlier.source))
    assert article.body == "<p>Not published yet</p>"


def test_it_needs_a_new_approval_unless_it_is_the_approved_text() -> None:
    author, reviewer = alice(), bob()
    article = draft(author)
    article.approve(reviewer)
    edition = article.publish(author)
    article.save_desk(author, 1, title="Stew")
    assert article.approval() is None
    assert edition.restore(author).approval()


def test_headings_get_their_old_ids_back() -> None:
    article = draft(None)
    edition = article.publish(None)
    article.save_desk(None, 1, body="<h2>Nothing of the kind</h2><p>Text</p>")
    restored = edition.restore(None)
    assert '<h2 id="a-first-part">' in restored.body
    assert restored.heading_ids.keys() == {"a-first-part", "nothing-of-the-kind"}


def test_a_desk_that_moved_on_is_not_overwritten() -> None:
    article = draft(None)
    edition = article.publish(None)
    article.save_desk(None, 1, title="Stew")
    with pytest.raises(errors.EditConflict):
        edition.restore(None, version=1)
    assert Article.objects.get().title == "Stew"


def test_a_topic_that_is_gone_is_left_out() -> None:
    article = draft(None)
    edition = article.publish(None)
    article.save_desk(None, 1, topics=[])
    Topic.objects.all().delete()
    assert edition.restore(None).source()["topics"] == []

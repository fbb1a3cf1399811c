"""An approval is of one state of the text, by somebody who did not write it."""

from datetime import date

import pytest

from articles import errors
from articles.models import Article, Picture
from tests.articles.cast import alice, bob, carol, dora, draft, topic
from tests.articles.images import jpeg

pytestmark = pytest.mark.django_db


def test_a_reviewer_approves_what_was_read() -> None:
    article = draft(alice())
    approval = article.approve(bob(), article.state_digest())
    assert article.approval() == approval


def test_the_author_cannot() -> None:
    author = carol()
    article = draft(author)
    assert not article.can_be_approved_by(author)
    with pytest.raises(errors.ReviewerIsAuthor):
        article.approve(author)


def test_nor_anybody_who_edited_since_the_last_edition() -> None:
    author, helper, reviewer = alice(), carol(), bob()
    article = draft(author)
    article.save_desk(helper, article.version, title="Stew")
    article.save_desk(author, article.version, title="Stew, hot")
    with pytest.raises(errors.ReviewerIsAuthor):
        article.approve(helper)
    article.approve(reviewer)
    article.publish(author)
    article.save_desk(author, article.version, title="Stew, cold")
    assert article.can_be_approved_by(helper)  # who had no part in what is new


def test_nor_somebody_without_the_role() -> None:
    article = draft(alice())
    with pytest.raises(errors.NotAllowed):
        article.approve(dora())


def test_a_text_that_changed_while_it_was_read_is_refused() -> None:
    author = alice()
    article = draft(author)
    seen = article.state_digest()
    article.save_desk(author, article.version, title="Stew")
    with pytest.raises(errors.DeskChanged):
        article.approve(bob(), seen)
    assert article.approval() is None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Stew"},
        {"slug": "stew"},
        {"dek": "Other."},
        {"body": "<p>Other.</p>"},
        {"language": "es"},
        {"drawing": "circle"},
        {"drawing_alt": "A circle"},
        {"reviewed_on": date(2026, 1, 1)},
        {"author": None},
        {"topics": []},
    ],
)
def test_any_edit_makes_it_void(change) -> None:
    article = draft(alice())
    article.approve(bob())
    article.save_desk(carol(), article.version, **change)
    assert article.approval() is None


def test_a_changed_alternative_text_makes_it_void(media) -> None:
    picture = Picture.objects.upload(jpeg(), alt="A bowl of soup")
    inside = Picture.objects.upload(jpeg(color="red"), alt="A spoon")
    article = draft(alice(), hero=picture, body=f'<figure data-picture="{inside.pk}"></figure><p>Text</p>')
    article.approve(bob())
    Picture.objects.filter(pk=inside.pk).update(alt="A fork")
    assert Article.objects.get().approval() is None
    Picture.objects.filter(pk=inside.pk).update(alt="A spoon")
    assert Article.objects.get().approval()
    Picture.objects.filter(pk=picture.pk).update(credit="Somebody")
    assert Article.objects.get().approval() is None


def test_a_save_that_changes_nothing_does_not() -> None:
    author = alice()
    article = draft(author)
    article.approve(bob())
    article.save_desk(carol(), article.version, title="Soup", topics=[topic()])
    assert article.approval()
    assert (article.version, article.edits.count()) == (1, 1)


def test_an_approval_of_a_reviewer_who_left_counts_no_more() -> None:
    reviewer = bob()
    article = draft(alice())
    article.approve(reviewer)
    reviewer.delete()
    assert article.approval() is None


def test_asking_needs_the_right_to_edit() -> None:
    article = draft(alice())
    for name in (bob, dora):
        with pytest.raises(errors.NotAllowed):
            article.ask_for_review(name())
    assert not Article.objects.waiting_for_review()


def test_asking_twice_is_asking_once() -> None:
    author = alice()
    article = draft(author)
    assert article.ask_for_review(author)
    assert article.ask_for_review(author) is None
    assert article.review_requests.count() == 1


def test_what_is_approved_or_live_as_it_stands_is_not_asked_about() -> None:
    author = alice()
    article = draft(author)
    article.approve(bob())
    assert article.ask_for_review(author) is None
    alone = draft(author, "Stew")
    alone.publish(None)
    assert alone.ask_for_review(author) is None
    assert not Article.objects.waiting_for_review()
    alone.save_desk(author, alone.version, dek="In another line.")
    assert alone.ask_for_review(author)


def test_waiting_for_review_ends_with_an_approval_or_an_edition() -> None:
    author, reviewer = alice(), bob()
    article = draft(author)
    assert not Article.objects.waiting_for_review()
    article.ask_for_review(author)
    assert list(Article.objects.waiting_for_review()) == [article]
    article.approve(reviewer)
    assert not Article.objects.waiting_for_review()
    article.save_desk(author, article.version, title="Stew")
    article.ask_for_review(author)
    assert list(Article.objects.waiting_for_review()) == [article]
    article.publish(None)
    assert not Article.objects.waiting_for_review()

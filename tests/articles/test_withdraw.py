"""Taking down: one edition, a scheduled one, the whole article."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import errors
from articles.models import Article, Edition
from tests.articles.cast import NOON, alice, bob, dora, draft

pytestmark = pytest.mark.django_db


def test_the_edition_before_it_is_live_again() -> None:
    article = draft(None)
    first = article.publish(None)
    article.save_desk(None, article.version, title="Stew")
    second = article.publish(None)
    withdrawal = second.withdraw(bob(), "a wrong number")
    assert Edition.objects.live().get() == first
    assert (withdrawal.by.display_name, withdrawal.reason, withdrawal.is_cancellation) == (
        "Bob",
        "a wrong number",
        False,
    )


def test_the_whole_article_goes_scheduled_editions_too() -> None:
    editor = alice()
    article = draft(None)
    article.publish(None)
    article.publish(None)
    article.publish(None, timezone.now() + timedelta(days=1))
    assert len(article.withdraw(editor, "Outdated")) == 3
    assert not Edition.objects.live()
    assert not Edition.objects.live(timezone.now() + timedelta(days=2))
    assert list(Article.objects.drafts()) == [article]


def test_it_can_be_published_again() -> None:
    article = draft(None)
    article.publish(None)
    article.withdraw(None)
    again = article.publish(None)
    assert (again.number, Edition.objects.live().get()) == (2, again)


def test_a_withdrawal_counts_from_its_time_on() -> None:
    with time_machine.travel(NOON, tick=False):
        edition = draft(None).publish(None)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        edition.withdraw(None)
    assert Edition.objects.live(NOON + timedelta(minutes=59)).exists()
    assert not Edition.objects.live(NOON + timedelta(hours=1)).exists()


def test_a_scheduled_edition_is_cancelled() -> None:
    article = draft(None)
    edition = article.publish(None, timezone.now() + timedelta(days=1))
    assert list(Article.objects.scheduled()) == [article]
    assert edition.withdraw(alice()).is_cancellation
    assert not Article.objects.scheduled()


def test_only_those_with_the_role_may() -> None:
    reader = dora()
    article = draft(None)
    edition = article.publish(None)
    with pytest.raises(errors.NotAllowed):
        edition.withdraw(reader)
    with pytest.raises(errors.NotAllowed):
        article.withdraw(reader)
    assert Edition.objects.live().get() == edition


def test_there_must_be_something_to_take_down() -> None:
    with pytest.raises(errors.NothingToWithdraw):
        draft(None).withdraw(None)

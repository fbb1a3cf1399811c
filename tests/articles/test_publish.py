"""Publishing: who may, what must be right, and what becomes of an edition that is due later."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from articles import errors
from articles.models import Edition
from tests.articles.cast import NOON, alice, bob, carol, dora, draft, staff_of_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def approved(author=None, **fields):
    author = author or alice()
    article = draft(author, **fields)
    article.approve(bob())
    return author, article


def test_it_makes_a_numbered_snapshot() -> None:
    author, article = approved()
    edition = article.publish(author)
    assert (edition.number, edition.publish_at, edition.published_by) == (1, NOON, author)
    assert edition.approved_by.display_name == "Bob"
    assert not edition.single_person
    assert (edition.title, edition.slug, edition.words, edition.minutes) == ("Soup", "soup", 9, 1)
    assert edition.contents == [{"id": "a-first-part", "text": "A first part", "level": 2}]
    assert (edition.source, edition.digest) == (article.source(), article.state_digest())
    assert article.publish(author).number == 2


def test_only_editors_may() -> None:
    _author, article = approved()
    for name in ("bob@example.org",):
        with pytest.raises(errors.NotAllowed):
            article.publish(type(_author).objects.get(email=name))
    with pytest.raises(errors.NotAllowed):
        article.publish(dora())
    assert not Edition.objects.exists()


def test_it_needs_an_approval_of_this_very_text() -> None:
    author = alice()
    article = draft(author)
    with pytest.raises(errors.NotApproved):
        article.publish(author)
    article.approve(bob())
    article.save_desk(author, article.version, dek="In another line.")
    with pytest.raises(errors.NotApproved):
        article.publish(author)
    article.save_desk(author, article.version, dek="In a line.")
    assert article.publish(author).number == 1  # the state that was approved


def test_a_staff_of_one_goes_without_and_is_marked() -> None:
    staff_of_one()
    author = alice()
    edition = draft(author).publish(author)
    assert (edition.single_person, edition.approved_by) == (True, None)


def test_a_staff_of_one_with_an_approval_is_not_marked() -> None:
    staff_of_one()
    author, article = approved()
    assert not article.publish(author).single_person


def test_the_operators_command_goes_without_and_is_marked() -> None:
    assert draft(None).publish(None).single_person


def test_the_gates_are_asked_first() -> None:
    author, article = approved(dek="")
    with pytest.raises(errors.NotReady) as refusal:
        article.publish(author)
    assert [problem.code for problem in refusal.value.problems] == ["dek_missing"]
    assert "One thing needs mending" in str(refusal.value)


def test_a_time_in_the_past_is_refused() -> None:
    author, article = approved()
    with pytest.raises(errors.TimeHasPassed):
        article.publish(author, NOON)


def test_a_text_that_changed_after_it_was_opened_is_refused() -> None:
    author, article = approved()
    with pytest.raises(errors.DeskChanged):
        article.publish(author, seen="another digest")
    assert article.publish(author, seen=article.state_digest()).number == 1


def test_a_second_click_gives_the_first_clicks_edition() -> None:
    author, article = approved()
    key = uuid4()
    first = article.publish(author, key=key)
    article.save_desk(author, article.version, title="Stew")
    assert article.publish(author, key=key, seen="whatever") == first
    assert Edition.objects.count() == 1


class TestWithALaterOne:
    def scheduled(self, days: int = 5):
        author, article = approved(carol())
        return author, article, article.publish(author, NOON + timedelta(days=days))

    def test_it_asks(self) -> None:
        author, article, later = self.scheduled()
        with pytest.raises(errors.ScheduledEditionExists) as question:
            article.publish(author)
        assert question.value.editions == [later]
        assert Edition.objects.count() == 1

    def test_keep(self) -> None:
        author, article, later = self.scheduled()
        now = article.publish(author, keep_scheduled=True)
        assert Edition.objects.live().get() == now
        assert Edition.objects.live(NOON + timedelta(days=5)).get() == later

    def test_cancel(self) -> None:
        author, article, later = self.scheduled()
        now = article.publish(author, keep_scheduled=False)
        assert Edition.objects.live(NOON + timedelta(days=5)).get() == now
        assert later.withdrawal.is_cancellation
        assert later.withdrawal.by == author

    def test_one_that_is_due_before_the_new_one_is_no_question(self) -> None:
        author, article, _earlier = self.scheduled()
        last = article.publish(author, NOON + timedelta(days=6))
        assert Edition.objects.live(NOON + timedelta(days=6)).get() == last

    def test_a_cancelled_one_is_no_question(self) -> None:
        author, article, later = self.scheduled()
        later.withdraw(author)
        assert article.publish(author).number == 2

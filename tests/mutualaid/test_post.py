"""A post goes its way: draft, held, open, paused, closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mutualaid.errors import NotFinished, NotNow, NotOftener
from mutualaid.models import HeldPost, Post
from tests.mutualaid.cast import alice, draft, max_, post

pytestmark = pytest.mark.django_db


def test_a_first_post_is_held_and_a_moderator_opens_it() -> None:
    made = draft(alice())
    made.submit()
    assert (made.state, made.held_reasons) == ("held", ["first"])
    waiting = HeldPost.objects.waiting().get()
    waiting.decide(max_(), "approve")
    made.refresh_from_db()
    assert made.state == "open"
    assert made.ends_on == timezone.localdate() + timedelta(days=30)
    assert made.held_reasons == []


def test_a_refused_post_is_taken_down() -> None:
    made = draft(alice())
    made.submit()
    HeldPost.objects.get().decide(max_(), "refuse", "Not here.")
    made.refresh_from_db()
    assert (made.state, made.closed_as) == ("closed", "removed")


def test_the_third_post_opens_at_once() -> None:
    author = alice()
    post(author, "One")
    post(author, "Two")
    third = draft(author, "Three")
    third.submit()
    assert third.state == "open"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"category": "rides"}, "sensitive"),
        ({"words": "Call me at 972-555-0147."}, "private"),
        ({"words": "I do not want to live."}, "careful"),
    ],
)
def test_what_needs_a_look_is_held_from_anybody(fields: dict[str, str], reason: str) -> None:
    author = alice()
    post(author, "One")
    post(author, "Two")
    third = draft(author, "Three", **fields)
    third.submit()
    assert (third.state, third.held_reasons) == ("held", [reason])


def test_words_of_crisis_are_first_in_the_queue() -> None:
    author = alice()
    draft(author, "One", category="rides").submit()
    draft(author, "Two", words="I want to die.").submit()
    first = HeldPost.objects.waiting().first()
    assert (first.post.title, first.risk, first.post.urgent) == ("Two", 3, True)


def test_an_unfinished_draft_is_not_sent_in() -> None:
    made = draft(alice(), words="")
    with pytest.raises(NotFinished):
        made.submit()
    assert made.state == "draft"


def test_the_same_words_are_on_the_board_once() -> None:
    author = alice()
    post(author)
    with pytest.raises(NotOftener):
        draft(author).submit()


def test_pause_and_resume() -> None:
    made = post(alice())
    made.pause()
    assert made.state == "paused"
    with pytest.raises(NotNow):
        made.pause()
    made.resume()
    assert made.state == "open"


def test_it_ends_after_its_last_day_and_comes_back_when_renewed() -> None:
    made = post(alice())
    last = made.ends_on
    assert not made.expire(last)
    assert made.expire(last + timedelta(days=1))
    made.refresh_from_db()
    assert (made.state, made.closed_as) == ("closed", "expired")
    Post.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    made.renew()
    assert (made.state, made.closed_as) == ("open", "")
    assert made.ends_on == timezone.localdate() + timedelta(days=30)


def test_what_was_taken_back_does_not_come_back() -> None:
    made = post(alice())
    made.close("withdrawn")
    with pytest.raises(NotNow):
        made.renew()


def test_a_draft_taken_back_is_gone_and_a_held_post_leaves_the_queue() -> None:
    author = alice()
    draft(author).close("withdrawn")
    assert not Post.objects.exists()
    held = draft(author)
    held.submit()
    held.close("withdrawn")
    assert not HeldPost.objects.exists()


def test_new_words_of_an_open_post_are_looked_at_again() -> None:
    made = post(alice())
    made.change(words="Write to me at alice@example.com")
    assert (made.state, made.held_reasons) == ("held", ["private"])
    assert Post.objects.get().words == "Write to me at alice@example.com"
    made.change(words="A pot of soup.")
    assert made.state == "held"
    HeldPost.objects.waiting().get().decide(max_(), "approve")
    assert Post.objects.get().state == "open"


@pytest.mark.parametrize(
    "wrong",
    [{"slots": 0}, {"slots": 21}, {"state": "closed"}, {"ends_on": None}, {"latitude": None}, {"title": ""}],
)
def test_the_database_keeps_it_whole(wrong: dict[str, object]) -> None:
    made = post(alice())
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=made.pk).update(**wrong)

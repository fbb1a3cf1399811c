"""Somebody leaves while others do something with what is theirs: nothing is lost, and nothing of theirs goes on."""

import contextlib
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from groups.circles import around
from groups.circles.errors import NotTheirs
from groups.circles.models import Circle
from mindspace.accounts import leaving
from mindspace.accounts.models import Block, User
from mutualaid.errors import NotPossible
from mutualaid.models import Post, Response
from tests.circles.cast import chair_of, circle, fay
from tests.mutualaid.cast import alice, draft, grown_up, post
from tests.mutualaid.test_races import at_once, meet_in

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def leaves(user: User, *, keep_posts: bool = True) -> Callable[[], object]:
    return partial(leaving.leave, User.objects.get(pk=user.pk), keep_posts=keep_posts)


def both(*acts: Callable[[], object]) -> None:
    """At the same moment, over connections of their own."""
    left = list(acts)
    at_once(lambda: left.pop()(), len(acts))


def busy(author: User, name: str) -> Post:
    made = post(author, name, slots=8)
    for number in range(4):
        Response.objects.create(post=made, by=grown_up(f"{name}-{number}")).accept()
    return made


def test_a_block_by_somebody_who_was_answered_a_moment_ago() -> None:
    for turn in range(ROUNDS):
        one, other = grown_up(f"one{turn}"), grown_up(f"other{turn}")
        Response.objects.create(post=busy(one, f"first{turn}"), by=other)
        Response.objects.create(post=post(one, f"second{turn}"), by=other).accept()

        def block(one: User = one, other: User = other) -> None:
            with contextlib.suppress(User.DoesNotExist):  # they have left meanwhile
                Block.objects.put(other, one)

        both(leaves(one), block)
        assert not User.objects.filter(pk=one.pk).exists()
        assert not Response.objects.live().filter(by=other).exists()


def test_a_block_of_somebody_who_leaves_and_takes_all_along() -> None:
    """Both want the same two people's answers, on posts of either: neither waits for the other for ever."""
    for turn in range(20):
        one, other = grown_up(f"one{turn}"), grown_up(f"other{turn}")
        Response.objects.create(post=post(one, f"first{turn}"), by=other).accept()
        Response.objects.create(post=post(other, f"second{turn}"), by=one).accept()

        def block(one: User = one, other: User = other) -> None:
            with contextlib.suppress(User.DoesNotExist):  # they have left meanwhile
                Block.objects.put(other, one)

        both(leaves(one, keep_posts=turn % 2 == 0), block)
        assert not User.objects.filter(pk=one.pk).exists()
        assert not Block.objects.exists()
        assert not Response.objects.live().filter(post__author=other).exists()


def test_both_who_agreed_leave() -> None:
    for turn in range(ROUNDS):
        one, other = grown_up(f"one{turn}"), grown_up(f"other{turn}")
        Response.objects.create(post=busy(one, f"first{turn}"), by=other).accept()
        Response.objects.create(post=busy(other, f"second{turn}"), by=one).accept()
        both(leaves(one), leaves(other))
        assert not User.objects.filter(pk__in=(one.pk, other.pk)).exists()


def test_a_draft_sent_in_meanwhile_does_not_stay_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    author = grown_up("author")
    known = [post(author, f"Soup {number}") for number in range(2)]  # so that nothing holds the third
    ghost, senders = draft(author, "Ghost", audience="public"), []

    def send() -> None:
        try:
            Post.objects.get(pk=ghost.pk).submit()
        except (NotPossible, Post.DoesNotExist):
            pass
        finally:
            connection.close()

    def close(self: Post, closed_as: str, real: Any = Post.close) -> None:
        if not senders:  # somewhere in the middle of leaving
            senders.append(Thread(target=send))
            senders[0].start()
            senders[0].join(0.5)
        real(self, closed_as)

    monkeypatch.setattr(Post, "close", close)
    leaving.leave(author, keep_posts=True)
    senders[0].join(10)
    assert not Post.objects.exclude(state="closed").exists()
    assert Post.objects.filter(pk__in=[each.pk for each in known]).count() == 2


def test_leaving_the_site_while_one_is_asked_to_leave_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Either way the circle comes before what is up in it."""
    facilitator, author = fay(), alice()
    made = circle(facilitator, author)
    row = chair_of(author, made)
    post(author, audience="circle", circle=made)
    meet_in(monkeypatch, (Circle, "leave"), (around, "left"))

    def remove() -> None:
        with contextlib.suppress(NotTheirs):  # they have left meanwhile, and the page says so
            made.remove(facilitator, row)

    both(leaves(author), remove)
    assert not User.objects.filter(pk=author.pk).exists()
    assert Post.objects.get().state == "closed"
    assert made.memberships.get().user == facilitator

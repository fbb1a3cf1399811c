"""Real connections at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from mindspace.moderation.errors import NotDecided
from mindspace.once import once
from mutualaid.errors import NotPossible
from mutualaid.models import HeldPost, Post
from tests.mutualaid.cast import alice, draft, max_, post

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def at_once(act: Callable[[], object], count: int = AT_ONCE) -> list[object]:
    """What each of `count` connections got, all starting together; an error that is named is an answer."""
    barrier = Barrier(count)

    def one(_number: int) -> object:
        barrier.wait()
        try:
            return act()
        except NotPossible as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_one_form_makes_one_draft() -> None:
    author, key = alice(), uuid4()
    made = at_once(
        lambda: once(Post.objects, key, lambda: Post.objects.create(author=author, key=key, title="Soup")).pk
    )
    assert len(set(made)) == 1
    assert Post.objects.count() == 1


def test_a_draft_is_sent_in_once() -> None:
    made = draft(alice())
    answers = at_once(lambda: Post.objects.get(pk=made.pk).submit())
    assert sum(answer is None for answer in answers) == 1
    assert HeldPost.objects.count() == 1


def test_taken_back_or_approved_and_never_both() -> None:
    author, moderator = alice(), max_()
    for number in range(5):
        made = draft(author, f"Round {number}", category="rides")  # looked at each time
        made.submit()
        held = HeldPost.objects.get(post=made)
        turns = [partial(_take_back, made), partial(_approve, held, moderator)]
        at_once(lambda turns=turns: turns.pop()(), 2)
        made.refresh_from_db()
        assert made.state in ("open", "closed")
        assert not HeldPost.objects.undecided().filter(post=made).exists()


def _take_back(made: Post) -> None:
    Post.objects.get(pk=made.pk).close("withdrawn")


def _approve(held: HeldPost, moderator: object) -> None:

    try:
        held.decide(moderator, "approve")
    except (NotDecided, HeldPost.DoesNotExist) as error:
        raise NotPossible(str(error)) from error


def test_pause_is_once() -> None:
    made = post(alice())
    answers = at_once(lambda: Post.objects.get(pk=made.pk).pause())
    assert sum(answer is None for answer in answers) == 1

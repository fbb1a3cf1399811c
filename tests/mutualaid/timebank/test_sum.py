"""All balances sum to zero, whatever happens."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mindspace.accounts import leaving
from mindspace.accounts.models import User
from mutualaid.models import Arrangement, Post
from mutualaid.timebank.models import Transfer
from tests.mutualaid.cast import grown_up
from tests.mutualaid.test_races import at_once
from tests.mutualaid.timebank.cast import agreed, confirmed

PEOPLE = 4
SOMEBODY = st.integers(0, PEOPLE - 1)
HELPED = st.tuples(SOMEBODY, SOMEBODY, st.integers(1, 96), st.sampled_from(["request", "offer"]))
LEAVES = st.tuples(SOMEBODY, st.booleans())


def total() -> int:
    """Of the members, and of those who left: what the others gave them or got from them is theirs."""
    members = sum(Transfer.objects.balance_of(user).left for user in User.objects.all())
    gone = Transfer.objects.filter(giver=None).aggregate(sum=Sum("minutes", default=0))["sum"]
    gone -= Transfer.objects.filter(receiver=None).aggregate(sum=Sum("minutes", default=0))["sum"]
    return int(members + gone)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(HELPED, LEAVES), max_size=6))
def test_any_history_sums_to_zero(history: list[tuple[int, ...]]) -> None:
    with transaction.atomic():
        live(history)
        transaction.set_rollback(True)


def live(history: list[tuple[int, ...]]) -> None:
    people = {number: grown_up(f"person{number}") for number in range(PEOPLE)}
    expected = dict.fromkeys(people, 0)
    for author, second, *more in history:
        if not more:
            if author in people:
                leaving.leave(people.pop(author), keep_posts=bool(second))
        elif author != second and {author, second} <= people.keys():
            quarters, kind = more
            # Made by hand: a random history knows no floor.
            post = Post(author=people[author], hours=Decimal(quarters) / 4, kind=kind, reckoning="timebank")
            made = confirmed_by_hand(post, people[second])
            helper, helped = (second, author) if kind == "request" else (author, second)
            expected[helper] += quarters * 15
            expected[helped] -= quarters * 15
            assert made.transfer.minutes == quarters * 15
        connection.check_constraints()
        assert total() == 0
        balances = {number: Transfer.objects.balance_of(person).left for number, person in people.items()}
        assert balances == {number: expected[number] for number in people}


def confirmed_by_hand(post: Post, by: User) -> Arrangement:
    post.title, post.category, post.state, post.opened_at, post.ends_on = (
        "Soup",
        "groceries",
        "open",
        post.made_at,
        None,
    )
    if post.kind == "request":
        post.ends_on = post.made_at.date()
    post.save()
    response = post.responses.create(by=by)
    response.accept()
    made: Arrangement = Arrangement.objects.get(response=response)
    for person in (post.author, by):
        made.say_done(person)
    return made


@pytest.mark.django_db(transaction=True)
def test_both_confirm_at_once_and_the_hours_move_once() -> None:
    for turn in range(5):
        asks, helps = grown_up(f"asks{turn}"), grown_up(f"helps{turn}")
        arrangement = agreed(asks, helps, "2")
        people = [asks, helps] * 4
        at_once(lambda people=people, pk=arrangement.pk: Arrangement.objects.get(pk=pk).say_done(people.pop()), 8)
        assert Arrangement.objects.get(pk=arrangement.pk).state == "confirmed"
        assert Transfer.objects.filter(arrangement=arrangement).count() == 1
        assert Transfer.objects.balance_of(helps).left == 120
    assert total() == 0


@pytest.mark.django_db(transaction=True)
def test_both_leave_at_once_and_nothing_stays() -> None:
    for turn in range(3):
        people = [grown_up(f"asks{turn}"), grown_up(f"helps{turn}")]
        for number in range(6):
            confirmed(*(people if number % 2 else reversed(people)), title=f"Soup {number}")
        at_once(lambda people=people: leaving.leave(people.pop(), keep_posts=True), 2)
        assert not Transfer.objects.exists()

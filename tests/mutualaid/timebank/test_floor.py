"""Nobody goes more than ten hours below zero; then there are gifts. Alice asks, Bob offers."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mindspace.accounts import leaving
from mutualaid.errors import Answered, BelowFloor
from mutualaid.models import Post, Response
from tests.mutualaid.cast import alice, bob, charlie, draft, grown_up, max_, post
from tests.mutualaid.test_races import at_once
from tests.mutualaid.timebank.cast import agreed, balance, confirmed

pytestmark = pytest.mark.django_db
BANK: dict[str, Any] = {"reckoning": "timebank"}


def test_ten_hours_below_zero_and_no_further() -> None:
    asks = alice()
    confirmed(asks, bob(), "10")
    assert balance(asks) == -10
    more = draft(asks, "A quarter of an hour more", hours=Decimal("0.25"), **BANK)
    with pytest.raises(BelowFloor, match="as a gift"):
        more.submit()
    more.change(reckoning="gift")
    more.submit()
    assert more.state in ("open", "held")


def test_what_one_gave_can_be_got_on_top() -> None:
    asks, helps = alice(), bob()
    confirmed(helps, asks, "2")
    draft(asks, "Twelve hours", hours=12, **BANK).submit()


@pytest.mark.parametrize(("slots", "hours", "fits"), [(10, "1", True), (11, "1", False), (2, "5.25", False)])
def test_all_chairs_count(slots: int, hours: str, fits: bool) -> None:
    made = draft(alice(), slots=slots, hours=Decimal(hours), **BANK)
    if fits:
        return made.submit()
    with pytest.raises(BelowFloor):
        made.submit()


def test_what_is_on_the_board_counts_and_what_is_off_it_does_not() -> None:
    asks = alice()
    first = post(asks, "Six hours", hours=6, **BANK)
    second = draft(asks, "Five hours", hours=5, **BANK)
    with pytest.raises(BelowFloor):
        second.submit()
    first.close("withdrawn")
    second.submit()


def test_what_is_put_back_counts_anew() -> None:
    asks, moderator = alice(), max_()
    first, light = post(asks, "Six hours", hours=6, **BANK), post(asks, "One hour", hours=1, **BANK)
    for taken_down in (first, light):
        taken_down.remove(moderator, "A mistake.")
    draft(asks, "Nine hours", hours=9, **BANK).submit()
    first.restore()
    assert (first.state, first.closed_as) == ("closed", "expired")  # its author may renew it, once there are hours
    with pytest.raises(BelowFloor):
        first.renew()
    light.restore()
    assert light.state == "open"


def test_what_is_agreed_counts_once_its_post_is_off_the_board() -> None:
    asks = alice()
    agreed(asks, bob(), "6", slots=1).response.post.close("fulfilled")
    with pytest.raises(BelowFloor):
        draft(asks, "Five hours", hours=5, **BANK).submit()


def test_done_counts_once_and_not_twice() -> None:
    asks = alice()
    confirmed(asks, bob(), "5", slots=2, title="Two of five")
    with pytest.raises(BelowFloor):
        draft(asks, "A quarter", hours=Decimal("0.25"), **BANK).submit()
    post_ = Post.objects.get(title="Two of five")
    post_.close("fulfilled")
    draft(asks, "Five hours", hours=5, **BANK).submit()


def test_a_change_cannot_get_around_it_and_other_words_are_free() -> None:
    asks = alice()
    made = post(asks, hours=10, **BANK)
    for fields in ({"slots": 2}, {"hours": Decimal("10.25")}):
        with pytest.raises(BelowFloor):
            made.change(**fields)
    made.change(words="Any soup.")
    gift = post(asks, "Bread", hours=1)
    with pytest.raises(BelowFloor):
        gift.change(**BANK)


def test_taking_up_an_offer_counts_too() -> None:
    asks, offers = alice(), bob()
    post(asks, hours=10, **BANK)
    offer = post(offers, "I can drive", kind="offer", hours=1, **BANK)
    with pytest.raises(BelowFloor):
        Response.objects.send_in(None, offer, asks, "Yes, please.")
    Response.objects.send_in(None, offer, charlie(), "Yes, please.")


def test_offering_and_helping_know_no_limit() -> None:
    asks = alice()
    confirmed(asks, bob(), "10")
    draft(asks, "I can listen", kind="offer", hours=24, slots=20, **BANK).submit()
    needs = post(charlie(), "Forms", hours=3, **BANK)
    Response.objects.send_in(None, needs, asks, "I can.")


def test_coming_back_is_asking_anew() -> None:
    asks = alice()
    made = post(asks, hours=8, **BANK)
    made.close("expired")
    post(asks, "Others", hours=8, **BANK)
    with pytest.raises(BelowFloor):
        made.renew()


@pytest.mark.parametrize("fields", [{"hours": 2}, {"reckoning": "gift"}, {"kind": "offer"}])
def test_what_comes_in_return_stays_once_somebody_answered(fields: dict[str, Any]) -> None:
    made = post(alice(), hours=1, **BANK)
    response = Response.objects.create(post=made, by=bob())
    with pytest.raises(Answered):
        made.change(**fields)
    made.change(words="Any soup.", slots=2)
    response.withdraw()
    made.change(**fields)


def test_a_gift_that_was_answered_stays_one() -> None:
    made = post(alice(), kind="offer", hours=1)
    Response.objects.create(post=made, by=bob())
    with pytest.raises(Answered):
        made.change(**BANK)
    made.change(words="Other words say the same.")


@pytest.mark.parametrize("hours", [None, Decimal("0.3")])
def test_the_database_wants_quarters_of_an_hour(hours: Decimal | None) -> None:
    author = alice()
    draft(author, hours=hours)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(author, hours=hours, **BANK)


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_that_only_fit_one_by_one() -> None:
    for turn in range(3):
        asks = grown_up(f"asks{turn}")
        offer = post(grown_up(f"offers{turn}"), kind="offer", hours=6, **BANK)
        waiting = [draft(asks, f"Six hours {turn} {number}", hours=6, **BANK) for number in range(3)]
        acts = [
            *(each.submit for each in waiting),
            lambda o=offer, a=asks: Response.objects.send_in(None, o, a, "Yes."),
        ]
        got = at_once(lambda acts=acts: acts.pop()(), 4)
        assert sum(isinstance(each, BelowFloor) for each in got) == 3
        leaving.leave(asks, keep_posts=False)

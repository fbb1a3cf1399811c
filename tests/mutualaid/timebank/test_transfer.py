"""Hours move once both have confirmed, and at no other time. Alice asks, Bob helps."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mindspace.accounts.models import User
from mutualaid.models import Arrangement, Post
from mutualaid.tasks import redact
from mutualaid.timebank.models import Transfer
from tests.mutualaid.cast import alice, bob, charlie
from tests.mutualaid.timebank.cast import agreed, balance, confirmed

pytestmark = pytest.mark.django_db


def test_whoever_helps_with_a_request_gets_its_hours() -> None:
    asks, helps = alice(), bob()
    confirmed(asks, helps, "1.5")
    assert (balance(asks), balance(helps)) == (-1.5, 1.5)


def test_whoever_offers_gets_the_hours_of_an_offer() -> None:
    offers, takes = alice(), bob()
    confirmed(offers, takes, "0.25", kind="offer")
    assert (balance(offers), balance(takes)) == (0.25, -0.25)


def test_an_offer_that_stands_moves_hours_each_time() -> None:
    offers = alice()
    arrangement = confirmed(offers, bob(), kind="offer")
    post = arrangement.response.post
    response = post.responses.create(by=charlie())
    response.accept()
    again = Arrangement.objects.get(response=response)
    again.say_done(offers)
    again.say_done(response.by)
    assert balance(offers) == 2


def test_a_gift_moves_nothing() -> None:
    confirmed(alice(), bob(), reckoning="gift")
    assert not Transfer.objects.exists()


def test_one_side_alone_moves_nothing() -> None:
    arrangement = agreed(alice(), bob())
    arrangement.say_done(arrangement.response.by)
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("end", ["cancel", "miss", "dispute", "lapse"])
def test_what_did_not_go_well_moves_nothing(end: str) -> None:
    arrangement = agreed(alice(), bob())
    arrangement.say_done(arrangement.response.by)
    by = [] if end == "lapse" else [arrangement.response.post.author]
    getattr(arrangement, end)(*by)
    assert not Transfer.objects.exists()


def test_words_that_are_redacted_leave_the_hours(time_machine: Any) -> None:
    arrangement = confirmed(alice(), bob())
    assert Post.objects.get().closed_as == "fulfilled"
    time_machine.move_to(timezone.now() + timedelta(days=91))
    redact(0)
    [row] = Transfer.objects.lines(arrangement.response.by)
    assert row.arrangement.response.post.title == ""
    assert balance(arrangement.response.by) == 1


# -- What the database itself refuses ----------------------------------------------------------------------


@pytest.fixture
def row() -> Transfer:
    made: Transfer = confirmed(alice(), bob()).transfer
    return made


@pytest.mark.parametrize(
    "change", [{"minutes": 30}, {"at": None}, {"giver": "receiver"}, {"receiver": "giver"}, {"id": None}]
)
def test_what_has_moved_is_never_changed(row: Transfer, change: dict[str, Any]) -> None:
    [(name, value)] = change.items()
    new = {"at": row.at.replace(year=2000), "id": row.arrangement_id}.get(name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.update(**{name: getattr(row, value) if isinstance(value, str) else new})


def test_nor_deleted(row: Transfer) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.all().delete()


@pytest.mark.parametrize("name", ["giver", "receiver", "arrangement"])
def test_nothing_goes_from_it_that_is_still_there(row: Transfer, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012 - the database looks at the end
        Transfer.objects.update(**{name: None})
        connection.check_constraints()


def test_nothing_moves_twice(row: Transfer) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.settle(row.arrangement)


@pytest.mark.parametrize(
    "wrong", ["not_confirmed", "gift", "other_hours", "other_way", "somebody_else", "of_nothing", "nobody"]
)
def test_nothing_moves_but_what_both_confirmed(wrong: str) -> None:
    arrangement = agreed(alice(), bob())
    receiver, giver = arrangement.response.post.author, arrangement.response.by
    right: dict[str, Any] = {"arrangement": arrangement, "giver": giver, "receiver": receiver, "minutes": 60}
    if wrong != "not_confirmed":
        said = {"done_by_author_at": arrangement.agreed_at, "done_by_other_at": arrangement.agreed_at}
        Arrangement.objects.update(state="confirmed", ended_at=arrangement.agreed_at, **said)
    if wrong == "gift":
        type(arrangement.response.post).objects.update(reckoning="gift")
    changes: dict[str, dict[str, Any]] = {
        "other_hours": {"minutes": 75},
        "other_way": {"giver": receiver, "receiver": giver},
        "somebody_else": {"giver": charlie()},
        "of_nothing": {"arrangement": None},
        "nobody": {"giver": None},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(**{**right, **changes.get(wrong, {})})
    if wrong not in ("not_confirmed", "gift"):
        Transfer.objects.create(**right)


def test_the_row_goes_with_the_second_of_the_two(row: Transfer) -> None:
    User.objects.get(pk=row.giver_id).delete()
    connection.check_constraints()
    row.refresh_from_db()
    assert (row.giver_id, row.minutes) == (None, 60)
    User.objects.get(pk=row.receiver_id).delete()
    connection.check_constraints()
    assert not Transfer.objects.exists()

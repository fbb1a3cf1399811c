"""The verbs of a listing: list, confirm, pause, resume, close."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from groups import errors, indexing
from groups.models import Group
from mindspace.accounts.models import User

NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)


@pytest.fixture
def group(db: None) -> Group:
    return Group.objects.create(slug="tea", name="Tea")


def fresh(group: Group) -> Group:
    return Group.objects.get(pk=group.pk)


@time_machine.travel(NOW, tick=False)
def test_who_lists_a_group_says_that_it_is_right(group: Group) -> None:
    group.list_("staff")
    for row in (group, fresh(group)):
        assert (row.status, row.confirmed_at, row.confirmed_by) == ("listed", NOW, "staff")
        assert row.updated_at == NOW


def test_a_closed_group_can_be_listed_anew(group: Group) -> None:
    group.list_("staff")
    group.close("organizer")
    assert fresh(group).status == "closed"
    group.list_("organizer")
    assert (fresh(group).status, fresh(group).confirmed_by) == ("listed", "organizer")


def test_confirming_moves_only_the_day(group: Group) -> None:
    with time_machine.travel(NOW - timedelta(days=200), tick=False):
        group.list_("source")
    with time_machine.travel(NOW, tick=False):
        assert group.is_stale()
        group.confirm("organizer")
        assert not fresh(group).is_stale()
    assert (fresh(group).status, fresh(group).confirmed_by) == ("listed", "organizer")


@time_machine.travel(NOW, tick=False)
def test_a_pause_hides_a_group_from_the_active_ones_until_it_ends(group: Group) -> None:
    group.list_("staff")
    until = NOW + timedelta(days=7)
    group.pause("organizer", until=until)
    for days, active in ((0, False), (6, False), (7, True)):
        now = NOW + timedelta(days=days)
        assert Group.objects.active(now).exists() is active
        assert group.is_paused(now) is not active
        assert Group.objects.listed(now).exists()
    group.resume("organizer")
    assert Group.objects.active(NOW).exists()


def test_a_longer_pause_began_when_the_first_one_did(group: Group) -> None:
    with time_machine.travel(NOW, tick=False):
        group.list_("staff")
        group.pause("staff")
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        group.pause("staff", until=NOW + timedelta(days=30))
    assert (fresh(group).paused_from, fresh(group).paused_until) == (NOW, NOW + timedelta(days=30))


@time_machine.travel(NOW, tick=False)
def test_what_makes_no_sense_is_refused_by_name_and_writes_nothing(group: Group) -> None:
    with pytest.raises(errors.NotListed):
        group.pause("staff")
    with pytest.raises(errors.NotPaused):
        group.resume("staff")
    group.list_("staff")
    with pytest.raises(errors.PauseEndsTooEarly):
        group.pause("staff", until=NOW)
    assert fresh(group).paused_from is None
    group.close("staff")
    with pytest.raises(errors.AlreadyClosed):
        group.close("staff")
    with pytest.raises(errors.NotListed):
        group.pause("staff")


def test_each_is_in_the_history_with_who_did_it(group: Group) -> None:
    user = User.objects.create_user("max@example.org", "three-lamps-by-the-pond")
    group.list_("staff", user)
    group.confirm("organizer")
    first, second = group.events.filter(pgh_label="update").order_by("pgh_id")
    assert first.pgh_context.metadata == {"who": "staff", "user": str(user.pk)}
    assert second.pgh_context.metadata == {"who": "organizer"}


def test_the_search_rows_are_made_anew_in_the_same_transaction(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(indexing, "refresh", lambda ids: seen.append((list(ids), connection.in_atomic_block)))
    group.list_("staff")
    group.pause("staff")
    group.resume("staff")
    group.close("staff")
    assert seen == [([group.pk], True)] * 4


@pytest.mark.django_db(transaction=True)
def test_two_at_once_wait_for_each_other() -> None:
    """Closing waits until the pause is through, and then knows of it: no closed group keeps a pause."""
    group = Group.objects.create(slug="tea", name="Tea", status="listed", confirmed_at=timezone.now())
    closed = threading.Event()

    def close() -> None:
        Group.objects.get(pk=group.pk).close("staff")
        closed.set()
        connection.close()

    thread = threading.Thread(target=close)
    with transaction.atomic():
        group.pause("organizer")
        thread.start()
        assert not closed.wait(0.3)
    thread.join(10)
    row = fresh(group)
    assert (row.status, row.paused_from) == ("closed", None)

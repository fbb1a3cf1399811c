"""What the database refuses of a group, who sees it, and how fresh it is on a stopped clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from groups.models import Group, MeetingException, MeetingSchedule, Organization, Place, Topic
from groups.models.group_queries import HIDDEN_AFTER, STALE_AFTER
from mindspace.accounts.models import User
from tests.accounts.conftest import ed, max_, mona, rae, sue

__all__ = ["ed", "max_", "mona", "rae", "sue"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)


def group(slug: str = "tea", **fields: Any) -> Group:
    return Group.objects.create(**{"slug": slug, "name": slug, "status": "listed", "confirmed_at": NOW, **fields})


def schedule(**fields: Any) -> MeetingSchedule:
    said = {"modality": "online", "first_day": date(2026, 3, 3), "start": time(18), "zone": "America/Chicago"}
    return MeetingSchedule.objects.create(**{**said, **({} if "group" in fields else {"group": group()}), **fields})


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"slug": "Not A Slug"}, "group_slug_shape"),
        ({"slug": "-tea"}, "group_slug_shape"),
        ({"slug": "a--b"}, "group_slug_shape"),
        ({"slug": ""}, "group_slug_shape"),
        ({"slug": "tea\n"}, "group_slug_shape"),
        ({"confirmed_at": None}, "group_listed_was_confirmed"),
        ({"min_age": 30, "max_age": 20}, "group_ages_in_order"),
        ({"paused_from": NOW, "paused_until": NOW}, "group_pause_in_order"),
        ({"paused_from": None, "paused_until": NOW}, "group_pause_in_order"),
        ({"public_phone": "call me"}, "group_public_phone"),
    ],
)
def test_what_the_database_refuses_of_a_group(fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        group(**fields)


def test_one_address_and_one_key_are_for_one_group() -> None:
    first = group()
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        group()
    with pytest.raises(IntegrityError, match="key"), transaction.atomic():
        group("other", key=first.key)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"duration": 4}, "schedule_duration"),
        ({"duration": 1441}, "schedule_duration"),
        ({"modality": "in_person"}, "schedule_in_person_has_place"),
        ({"modality": "hybrid"}, "schedule_in_person_has_place"),
        ({"first_day": date(1989, 12, 31)}, "schedule_first_day"),
        ({"first_day": date(9999, 12, 31)}, "schedule_first_day"),
        ({"until": date(2026, 3, 2)}, "schedule_ends_after_it_begins"),
    ],
)
def test_what_the_database_refuses_of_a_meeting_time(fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        schedule(**fields)


def test_what_the_database_refuses_of_a_single_meeting() -> None:
    row = schedule()
    wrong: list[dict[str, Any]] = [
        {"kind": "moved"},
        {"kind": "moved", "moved_day": date(2026, 3, 4)},
        {"kind": "cancelled", "moved_day": date(2026, 3, 4), "moved_time": time(18)},
        {"kind": "postponed"},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError, match="exception_moved_has_time"), transaction.atomic():
            MeetingException.objects.create(schedule=row, day=date(2026, 3, 3), **fields)
    MeetingException.objects.create(schedule=row, day=date(2026, 3, 3), kind="cancelled")
    with pytest.raises(IntegrityError, match="one_exception_a_day"), transaction.atomic():
        MeetingException.objects.create(schedule=row, day=date(2026, 3, 3), kind="cancelled")


def test_what_the_database_refuses_of_an_organization() -> None:
    with pytest.raises(IntegrityError, match="organization_phone"), transaction.atomic():
        Organization.objects.create(name="Open Door", phone="call me")


@time_machine.travel(NOW, tick=False)
def test_who_sees_what(mona: User, max_: User, ed: User, rae: User, sue: User) -> None:
    group("listed")
    group("paused", paused_from=NOW - timedelta(days=1))
    group("stale", confirmed_at=NOW - timedelta(days=200))
    group("hidden", confirmed_at=NOW - timedelta(days=366))
    group("pending", status="pending", confirmed_at=None)
    group("closed", status="closed")
    everybody = {"listed", "paused", "stale"}
    for user in (AnonymousUser(), mona, ed, rae):
        assert set(Group.objects.visible_to(user).values_list("slug", flat=True)) == everybody
    for user in (max_, sue):
        assert Group.objects.visible_to(user).count() == 6
    assert set(Group.objects.active().values_list("slug", flat=True)) == {"listed", "stale"}


@pytest.mark.parametrize(
    ("paused_from", "paused_until", "paused"),
    [
        (None, None, False),
        (0, None, True),
        (-5, None, True),
        (1, None, False),  # only tomorrow
        (-5, 1, True),
        (-5, 0, False),  # it ends in this moment
        (-5, -1, False),
    ],
)
def test_the_query_and_the_row_agree_on_a_pause(paused_from: Any, paused_until: Any, paused: bool) -> None:
    def at(days: Any) -> Any:
        return None if days is None else NOW + timedelta(days=days)

    row = group(paused_from=at(paused_from), paused_until=at(paused_until))
    assert row.is_paused(NOW) is paused
    assert Group.objects.active(NOW).exists() is not paused


@pytest.mark.parametrize("zone", ["America/Chicago", "Pacific/Honolulu", "Europe/London"])
@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8), date(2026, 10, 31), date(2026, 11, 1)])
def test_freshness_counts_days_that_pass_whatever_the_clocks_do(zone: str, day: date) -> None:
    """Confirmed around a change of the clocks, a listing goes stale after 180 times 24 hours, to the second."""
    confirmed = datetime.combine(day, time(1, 59, 59), ZoneInfo(zone)).astimezone(UTC)
    row = group(confirmed_at=confirmed)
    for days, is_old, is_listed in ((STALE_AFTER, row.is_stale, True), (HIDDEN_AFTER, row.is_hidden, False)):
        turns = confirmed + timedelta(days=days)
        with time_machine.travel(turns - timedelta(seconds=1), tick=False):
            assert not is_old()
            assert Group.objects.listed().exists()
        with time_machine.travel(turns, tick=False):
            assert is_old()
            assert Group.objects.listed().exists() is is_listed


def test_what_nobody_confirmed_is_neither_fresh_nor_shown() -> None:
    row = group(status="pending", confirmed_at=None)
    assert row.is_stale()
    assert row.is_hidden()
    assert not Group.objects.listed().exists()


def test_everything_for_a_page_comes_in_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    place = Place.objects.create(city="Irving", state="TX", latitude=32.8, longitude=-96.9, zone="America/Chicago")
    for number in range(3):
        row = schedule(group=group(f"g{number}"), place=place)
        MeetingException.objects.create(schedule=row, day=date(2026, 3, 3), kind="cancelled")
        row.group.topics.set(Topic.objects.all()[:2])
    with django_assert_num_queries(4):
        for row in Group.objects.with_everything():
            assert [topic.name for topic in row.topics.all()]
            for each in row.schedules.all():
                assert each.place.area
                assert [found.kind for found in each.exceptions.all()] == ["cancelled"]


def test_the_first_topics_are_there_with_their_other_words() -> None:
    grief = Topic.objects.get(slug="grief")
    assert "bereavement" in grief.synonyms
    assert Topic.objects.filter(kind="audience").count() >= 10

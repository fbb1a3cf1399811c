"""Single meetings that are cancelled or moved, on the page of a meeting time."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from groups import indexing
from groups.models import MeetingException, MeetingSchedule, Place
from mindspace.accounts.models import User
from tests.groups.admin.conftest import errors_on, tuesdays

pytestmark = pytest.mark.django_db


def send(client: Client, schedule: MeetingSchedule, *rows: dict[str, Any], before: int = 0, **changes: Any) -> Any:
    sent = {**tuesdays(schedule.place, duration="60", zone="America/Chicago"), **changes}
    sent |= {"exceptions-TOTAL_FORMS": len(rows), "exceptions-INITIAL_FORMS": before}
    for number, row in enumerate(rows):
        sent |= {f"exceptions-{number}-{name}": value for name, value in row.items()}
    return client.post(f"/admin/groups/meetingschedule/{schedule.pk}/change/", sent)


def test_one_is_cancelled_and_one_is_moved(
    at_desk: Client, schedule: MeetingSchedule, max_: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[int]] = []
    monkeypatch.setattr(indexing, "refresh", lambda ids: seen.append([*ids]))
    off = {"day": "2026-03-10", "kind": "cancelled", "moved_day": "2026-03-11", "moved_time": "19:00"}
    moved = {"day": "2026-03-17", "kind": "moved", "moved_day": "2026-03-18", "moved_time": "19:00", "note": "Room 2"}
    answer = send(at_desk, schedule, off, moved)
    assert answer.status_code == 302, errors_on(answer)
    first, second = MeetingException.objects.order_by("day")
    assert (first.kind, first.moved_day, first.made_by) == ("cancelled", None, max_)
    assert (second.moved_day, second.moved_time, second.note) == (date(2026, 3, 18), time(19), "Room 2")
    schedule.refresh_from_db()
    assert schedule.sequence == 1
    assert seen[-1] == [schedule.group_id]


def test_taking_it_back_is_a_change_too(at_desk: Client, schedule: MeetingSchedule) -> None:
    row = MeetingException.objects.create(schedule=schedule, day=date(2026, 3, 10), kind="cancelled")
    sent = {"id": row.pk, "schedule": schedule.pk, "day": "2026-03-10", "kind": "cancelled", "DELETE": "on"}
    assert send(at_desk, schedule, sent, before=1).status_code == 302
    schedule.refresh_from_db()
    assert (schedule.exceptions.count(), schedule.sequence) == (0, 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"day": "2026-03-11", "kind": "cancelled"}, "The group does not meet on that day"),
        ({"day": "9999-03-11", "kind": "cancelled"}, "The group does not meet on that day"),
        ({"day": "2026-03-10", "kind": "moved"}, "Give the new day and the new time"),
        ({"day": "2026-03-10", "kind": "moved", "moved_day": "2026-03-11"}, "Give the new day and the new time"),
        ({"day": "2026-03-10", "kind": "moved", "moved_day": "x", "moved_time": "19:00"}, "valid date"),
        ({"day": "2026-03-10", "kind": "postponed"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused(
    at_desk: Client, schedule: MeetingSchedule, row: dict[str, str], said: str
) -> None:
    assert said in errors_on(send(at_desk, schedule, row))
    assert not MeetingException.objects.exists()


def test_two_for_one_day_are_refused(at_desk: Client, schedule: MeetingSchedule) -> None:
    row = {"day": "2026-03-10", "kind": "cancelled"}
    assert "duplicate" in errors_on(send(at_desk, schedule, row, row))


def test_the_page_says_the_rule_in_words(at_desk: Client, schedule: MeetingSchedule, hall: Place) -> None:
    page = at_desk.get(f"/admin/groups/meetingschedule/{schedule.pk}/change/").content.decode()
    assert "Every Tuesday. Next: Tue, " in page
    assert "The Blue Hall, 12 Elm Row" in page
    assert str(schedule) == "Every Tuesday, 6.30 pm"

"""The thinnest whole path: a group with a schedule, and its next meetings."""

from datetime import UTC, date, datetime, time

import pytest

from groups.models import Group, MeetingException, MeetingSchedule

pytestmark = pytest.mark.django_db


def test_meetings_follow_the_rule_and_its_exceptions() -> None:
    group = Group.objects.create(slug="tea", name="Tea", status="listed", confirmed_at=datetime(2026, 1, 1, tzinfo=UTC))
    schedule = MeetingSchedule.objects.create(
        group=group, modality="online", first_day=date(2026, 3, 3), start=time(18, 30), zone="America/Chicago",
        rule="FREQ=WEEKLY;BYDAY=TU",
    )  # fmt: skip
    MeetingException.objects.create(schedule=schedule, day=date(2026, 3, 10), kind="cancelled")
    MeetingException.objects.create(
        schedule=schedule, day=date(2026, 3, 17), kind="moved", moved_day=date(2026, 3, 18), moved_time=time(19)
    )
    found = schedule.meetings(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC))
    assert [meeting.starts.astimezone(UTC) for meeting in found] == [
        datetime(2026, 3, 4, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 19, 0, 0, tzinfo=UTC),
        datetime(2026, 3, 24, 23, 30, tzinfo=UTC),
    ]

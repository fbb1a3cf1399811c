"""When a group meets, in words."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from groups.models import MeetingSchedule, Place
from groups.wording import meeting_words, schedule_words, times_words


def schedule(**fields: object) -> MeetingSchedule:
    """One that is in no database."""
    made = MeetingSchedule(**{
        "pk": 1, "modality": "in_person", "first_day": date(2026, 3, 3), "start": time(18, 30), "duration": 60,
        "zone": "America/Chicago", "rule": "FREQ=WEEKLY;BYDAY=TU", "place": Place(city="Irving", state="TX"), **fields,
    })  # fmt: skip
    made._prefetched_objects_cache = {"exceptions": []}
    return made


def first(made: MeetingSchedule, visitor: str = "") -> str:
    meeting = made.next_meeting(datetime(2026, 3, 1, tzinfo=UTC))
    assert meeting is not None
    return meeting_words(meeting, visitor)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Every Tuesday at 6.30 pm"),
        ({"rule": "FREQ=WEEKLY;BYDAY=TU,TH", "start": time(12)}, "Every Tuesday and Thursday at noon"),
        ({"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "start": time(0)}, "Every other Friday at midnight"),
        ({"rule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR"}, "Every 3 weeks on Friday at 6.30 pm"),
        ({"rule": "FREQ=MONTHLY;BYDAY=1MO,3MO"}, "The first and third Monday of the month at 6.30 pm"),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=-1"}, "The last day of the month at 6.30 pm"),
        ({"rule": ""}, "Once, on March 3, 2026 at 6.30 pm"),
        ({"rule": "", "until": date(2026, 3, 3)}, "Once, on March 3, 2026 at 6.30 pm"),
        ({"until": date(2027, 5, 31)}, "Every Tuesday at 6.30 pm, until May 31, 2027"),
    ],
)
def test_a_rule_is_said_with_its_hour(fields: dict[str, object], words: str) -> None:
    assert schedule_words(schedule(**fields)) == words


def test_a_meeting_is_said_with_its_place_and_clock() -> None:
    assert first(schedule()) == "Tuesday, March 3, 6.30 to 7.30 pm in Irving (Central time)"
    assert first(schedule(modality="hybrid")) == (
        "Tuesday, March 3, 6.30 to 7.30 pm in Irving and online (Central time)"
    )
    assert first(schedule(modality="online", place=None)) == "Tuesday, March 3, 6.30 to 7.30 pm online (Central time)"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Kathmandu", ". In Kathmandu: Wednesday, March 4, 6.15 to 7.15 am"),
        ("America/New_York", ". In New York: 7.30 to 8.30 pm"),
        ("America/Chicago", ""),
        ("America/Mexico_City", ""),  # the same time in March
        ("", ""),
    ],
)
def test_what_is_online_is_told_by_the_clock_of_the_visitor_too(zone: str, said: str) -> None:
    online = schedule(modality="online", place=None)
    assert first(online, zone) == "Tuesday, March 3, 6.30 to 7.30 pm online (Central time)" + said
    assert first(schedule(), zone) == "Tuesday, March 3, 6.30 to 7.30 pm in Irving (Central time)"


def test_a_zone_without_letters_of_its_own_is_named_for_its_city() -> None:
    assert first(schedule(modality="online", zone="Asia/Kathmandu")).endswith("(Kathmandu time)")
    assert first(schedule(modality="online", zone="Europe/London")).endswith("(GMT)")


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (time(18, 30), time(19, 30), "6.30 to 7.30 pm"),
        (time(9), time(10), "9.00 to 10.00 am"),
        (time(11), time(13), "11.00 am to 1.00 pm"),
        (time(11), time(12), "11.00 am to noon"),
        (time(12), time(13), "noon to 1.00 pm"),
        (time(23), time(0), "11.00 pm to midnight"),
        (time(23), time(1), "11.00 pm to 1.00 am"),
    ],
)
def test_the_half_of_the_day_is_said_once_where_that_is_enough(starts: time, ends: time, words: str) -> None:
    day = date(2026, 3, 3)
    assert times_words(datetime.combine(day, starts), datetime.combine(day, ends)) == words


def test_another_language_is_asked_for_its_words() -> None:
    with translation.override("de"):
        assert first(schedule()).startswith("Dienstag, ")

"""iCalendar, as programs and people write it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from groups.imports import calendar, formats
from groups.imports.neutral import Found, Left
from groups.models import Group, MeetingException, MeetingSchedule, Source
from tests.groups.listing import group, place

HERE = "The Porch\\, 100 Quiet Lane\\, Irving\\, TX 75038"


def event(*more: str, **fields: str) -> str:
    said = {
        "UID": "tea@example.org",
        "SUMMARY": "Tea",
        "DTSTART;TZID=America/Chicago": "20300101T183000",
        "DTEND;TZID=America/Chicago": "20300101T200000",
        "RRULE": "FREQ=WEEKLY;BYDAY=TU",
        "LOCATION": HERE,
    }
    if start := fields.pop("start", ""):
        said = {key: value for key, value in said.items() if not key.startswith("DT")}
        name, _colon, value = start.partition(":")
        said[name] = value
    lines = [f"{name}:{value}" for name, value in {**said, **fields}.items() if value]
    return "\r\n".join(["BEGIN:VEVENT", *lines, *more, "END:VEVENT"])


def read(tmp_path: Path, *parts: str) -> list[Found | Left]:
    path = tmp_path / "feed.ics"
    path.write_bytes("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode())
    return list(calendar.read(lambda: path.open("rb")))


def one(tmp_path: Path, *parts: str) -> Any:
    (found,) = read(tmp_path, *parts)
    return found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"rule": "FREQ=WEEKLY;BYDAY=TU", "start": "18:30", "duration": 90, "zone": "America/Chicago"}),
        ({"RRULE": "FREQ=WEEKLY"}, {"rule": "FREQ=WEEKLY;BYDAY=TU"}),
        ({"RRULE": "FREQ=MONTHLY;BYDAY=1TU,3TU"}, {"rule": "FREQ=MONTHLY;BYDAY=1TU,3TU"}),
        ({"RRULE": "FREQ=MONTHLY"}, {"rule": "FREQ=MONTHLY;BYMONTHDAY=1"}),
        ({"RRULE": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}, {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}),
        ({"RRULE": "FREQ=WEEKLY;COUNT=3;BYDAY=TU"}, {"until": "2030-01-15"}),
        ({"RRULE": "FREQ=WEEKLY;UNTIL=20300116T003000Z;BYDAY=TU"}, {"until": "2030-01-15"}),
        ({"RRULE": ""}, {"rule": "", "first_day": "2030-01-01"}),
        (
            {"start": "DTSTART;TZID=Central Standard Time:20300101T183000"},
            {"zone": "America/Chicago", "start": "18:30"},
        ),
        (
            {"start": "DTSTART;TZID=/freeassociation.sourceforge.net/America/New_York:20300101T183000"},
            {"zone": "America/New_York"},
        ),
        ({"start": "DTSTART:20300101T183000"}, {"zone": "America/Chicago", "start": "18:30"}),
        ({"start": "DTSTART:20300101T203000Z"}, {"zone": "America/Chicago", "start": "14:30"}),
        ({"start": "DTSTART;TZID=Mars/Olympus:20300101T183000"}, {"zone": "America/Chicago", "start": "18:30"}),
        (
            {"LOCATION": "https://zoom.us/j/1?pwd=x9"},
            {"modality": "online", "join_link": "https://zoom.us/j/1", "secret": "x9"},
        ),
        ({"DESCRIPTION": "Join: https://zoom.us/j/1 Passcode: x9"}, {"modality": "hybrid", "secret": "x9"}),
    ],
)
def test_oddities(tmp_path: Path, fields: dict[str, str], expected: dict[str, Any]) -> None:
    found = one(tmp_path, event(**fields))
    assert isinstance(found, Found), found
    assert {name: getattr(found.times[0], name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        ({"RRULE": "FREQ=WEEKLY;BYDAY=TU;COUNT=1000000000"}, "aside", "number in the rule"),
        ({"RRULE": "FREQ=HOURLY"}, "aside", "by the week or by the month"),
        ({"RRULE": "FREQ=YEARLY;BYDAY=TU"}, "aside", "by the week or by the month"),
        ({"start": "DTSTART;TZID=America/Chicago:99990101T183000"}, "refused", "between 1990 and 2100"),
        ({"start": "DTSTART;VALUE=DATE:20300101"}, "aside", "lasts all day"),
        ({"start": "DTSTART;TZID=America/Chicago:20200101T183000", "RRULE": ""}, "refused", "over"),
        ({"STATUS": "CANCELLED"}, "refused", "cancelled"),
        ({"SUMMARY": ""}, "refused", "no title"),
        ({"LOCATION": ""}, "aside", "cannot tell where"),
        ({"LOCATION": "Online", "start": "DTSTART:20300101T183000"}, "aside", "time zone"),
        ({"start": "DTSTART:20300102T003000Z"}, "aside", "another time zone"),
        ({"SUMMARY": "a\x00b"}, "refused", "NUL"),
    ],
)
def test_what_becomes_no_listing_says_why(tmp_path: Path, fields: dict[str, str], outcome: str, reason: str) -> None:
    left = one(tmp_path, event(**fields))
    assert isinstance(left, Left), left
    assert (left.outcome, reason in left.reason) == (outcome, True), left.reason


def test_cancelled_and_moved_meetings_come_along(tmp_path: Path) -> None:
    moved = event(
        "RECURRENCE-ID;TZID=America/Chicago:20300115T183000",
        start="DTSTART;TZID=America/Chicago:20300116T090000",
        RRULE="",
    )
    (found,) = read(tmp_path, moved, event("EXDATE;TZID=America/Chicago:20300108T183000"))
    assert isinstance(found, Found)
    assert found.times[0].otherwise == (
        {"day": "2030-01-08"},
        {"day": "2030-01-15", "moved_day": "2030-01-16", "moved_time": "09:00"},
    )


def test_persons_are_nowhere_and_long_lines_are_read(tmp_path: Path) -> None:
    said = str(
        read(
            tmp_path,
            event(
                "ORGANIZER;CN=Bob Canary:mailto:bob@canary.example",
                "ATTENDEE:mailto:x@canary.example",
                "CONTACT:Bob Canary",
                "DESCRIPTION:All are wel\r\n come. Ask bob@canary.example.",
            ),
        )
    )
    assert "All are welcome." in said
    assert "anary" not in said


@pytest.mark.django_db
def test_our_own_calendar_comes_back(client: Client, tmp_path: Path) -> None:
    made = group("Tea", when="FREQ=MONTHLY;BYDAY=1TU", where=place(), summary="For anybody.")
    schedule = made.schedules.get()
    MeetingException.objects.create(schedule=schedule, day="2031-03-04", kind="cancelled")
    path = tmp_path / "tea.ics"
    path.write_bytes(client.get("/groups/tea/calendar.ics").content)
    source = Source.objects.create(name="Ours", format="icalendar")
    formats.check_file(source, path).apply()
    again = MeetingSchedule.objects.get(group__origin__source=source)
    same = ("rule", "start", "duration", "zone", "modality", "until")
    assert [getattr(again, name) for name in same] == [getattr(schedule, name) for name in same]
    assert again.place.public_address == schedule.place.public_address
    assert again.place.public_point == schedule.place.public_point
    assert again.exceptions.get().day.isoformat() == "2031-03-04"
    assert Group.objects.get(origin__source=source).summary == "For anybody."

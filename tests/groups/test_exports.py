"""What the directory gives to other programs: calendars, feeds and files, and what none of them says."""

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from groups.models import Group, MeetingException, MeetingSchedule
from tests.groups.listing import group, place

pytestmark = pytest.mark.django_db
ALL = (
    "/groups/calendar.ics", "/groups/calendar.ics?near=75038", "/groups/feed/", "/groups/meetings.json",
    "/groups/export.csv", "/hsds/services?full=true", "/hsds/organizations?full=true", "/hsds/service_at_locations",
    "/groups/tea/calendar.ics", "/groups/data/",
)  # fmt: skip
WITH_CONTACT = (
    "/groups/meetings.json", "/groups/export.csv", "/hsds/services?full=true", "/hsds/service_at_locations",
)  # fmt: skip
SECRETS = (
    "12 Hidden Street",
    "75038-1234",
    "32.8653",
    "-96.9905",
    "The Secret Room",
    "keep@example.org",
    "pass-42-word",
)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def events(text: str) -> list:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_calendar_says_the_rule_its_exceptions_and_the_zone(client: Client) -> None:
    made = group("Tea", when="FREQ=MONTHLY;BYDAY=1TU", summary="For anybody.")
    schedule = made.schedules.get()
    schedule.until = date(2026, 12, 31)
    schedule.save()
    MeetingException.objects.create(schedule=schedule, day=date(2026, 3, 3), kind="cancelled")
    MeetingException.objects.create(
        schedule=schedule, day=date(2026, 4, 7), kind="moved", moved_day=date(2026, 4, 8), moved_time=time(9)
    )
    text = body(client, "/groups/tea/calendar.ics")
    rule, moved = events(text)
    assert rule.decoded("dtstart").isoformat() == "2025-01-07T18:30:00-06:00"
    assert rule["rrule"].to_ical().decode() == "FREQ=MONTHLY;UNTIL=20270101T003000Z;BYDAY=1TU"
    assert "EXDATE;TZID=America/Chicago:20260303T183000" in text
    assert moved.decoded("recurrence-id") == rule.decoded("dtstart").replace(2026, 4, 7)
    assert moved.decoded("dtstart").isoformat() == "2026-04-08T09:00:00-05:00"
    assert moved["uid"] == rule["uid"]
    assert "BEGIN:VTIMEZONE" in text
    assert str(rule["location"]) == "The Porch, 100 Quiet Lane, Irving, TX 75038"


def test_the_meetings_of_a_calendar_are_ours(client: Client) -> None:
    """Read back by the library's own recurrence, over a change of the clocks."""
    made = group("Tea", when="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH")
    event = events(body(client, "/groups/tea/calendar.ics"))[0]
    naive = event.decoded("dtstart").replace(tzinfo=None)
    theirs = rrulestr(event["rrule"].to_ical().decode(), dtstart=naive)
    ours = made.schedules.get().meetings(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    after, before = datetime.combine(date(2026, 9, 30), time(20)), datetime.combine(date(2026, 11, 30), time(17))
    assert [meeting.wall for meeting in ours] == theirs.between(after, before)


def test_a_single_meeting_that_is_cancelled_says_so_and_a_move_of_no_meeting_is_no_event(client: Client) -> None:
    once = group("Once").schedules.get()
    once.rule, once.first_day = "", date(2027, 1, 5)
    once.save()
    MeetingException.objects.create(schedule=once, day=date(2027, 1, 5), kind="cancelled")
    MeetingException.objects.create(
        schedule=group("Tea").schedules.get(), day=date(2026, 4, 8), kind="moved", moved_day=date(2026, 4, 9),
        moved_time=time(9),
    )  # fmt: skip
    cancelled = events(body(client, "/groups/once/calendar.ics"))
    assert [str(event["status"]) for event in cancelled] == ["CANCELLED"]
    assert len(events(body(client, "/groups/tea/calendar.ics"))) == 1


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1)])
def test_no_meeting_is_moved_out_of_reach(day: date) -> None:
    schedule = group("Tea").schedules.get()
    moved = MeetingException(schedule=schedule, day=date(2026, 4, 7), kind="moved", moved_day=day, moved_time=time(9))
    with pytest.raises(ValidationError, match="between 1990 and 2100"):
        moved.full_clean()


def test_the_zone_begins_before_the_first_meeting(client: Client) -> None:
    group("Tea").schedules.update(first_day=date(1999, 7, 6))
    calendar = Calendar.from_ical(body(client, "/groups/tea/calendar.ics"))
    zone = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    summer = datetime(1999, 7, 6, 18, 30, tzinfo=zone)
    assert summer.utcoffset() == timedelta(hours=-5)


def test_a_neutral_calendar_tells_nothing(client: Client) -> None:
    group("After a loss", summary="For people who grieve.", about=("grief",))
    text = body(client, "/groups/after-a-loss/calendar.ics?title=neutral")
    assert "SUMMARY:Meeting" in text
    for word in ("loss", "griev", "LOCATION", "URL", "Irving"):
        assert word not in text


def test_meeting_guide_has_a_row_a_weekday_and_counts_nothing_as_weekly_that_is_not(client: Client) -> None:
    group("Tea", when="FREQ=WEEKLY;BYDAY=SU,TU", at=time(23, 30))
    group("Monthly", when="FREQ=MONTHLY;BYDAY=1TU")
    group("Every other", when="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    rows = json.loads(body(client, "/groups/meetings.json"))
    assert client.get("/groups/meetings.json")["X-Left-Out"] == "2"
    assert [(row["name"], row["day"], row["time"], row["end_time"]) for row in rows] == [
        ("Tea", 2, "23:30", "00:30"),
        ("Tea", 0, "23:30", "00:30"),
    ]
    assert len({row["slug"] for row in rows}) == 2


def test_meeting_guide_knows_no_dates_so_only_what_is_on_this_week_is_in_it(client: Client) -> None:
    today = timezone.localdate()
    for name, fields in {
        "Now": {},
        "Ends next month": {"until": today + timedelta(days=30)},
        "Ended": {"until": today - timedelta(days=1)},
        "Soon": {"first_day": today + timedelta(days=6)},
        "Later": {"first_day": today + timedelta(days=60)},
        "Once": {"rule": "", "first_day": today - timedelta(days=3)},
    }.items():
        group(name).schedules.update(**fields)
    rows = json.loads(body(client, "/groups/meetings.json"))
    assert [row["name"] for row in rows] == ["Now", "Ends next month", "Soon"]
    assert client.get("/groups/meetings.json")["X-Left-Out"] == "1"


def test_a_table_holds_every_meeting_time_and_no_formula(client: Client) -> None:
    group("=cmd|calc", slug="evil", summary="+1 for tea")
    group("Night", when="", kind="online", always_open=True)
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(body(client, "/groups/export.csv")))}
    assert set(rows) == {"'=cmd|calc", "Night"}
    assert rows["'=cmd|calc"]["summary"] == "'+1 for tea"
    assert rows["'=cmd|calc"]["longitude"] == "-96.9905"
    assert rows["'=cmd|calc"]["step_free"] == ""
    assert rows["Night"]["always_open"] == "yes"


@pytest.mark.parametrize("address", ALL)
@pytest.mark.parametrize("publicity", ["area", "on_request"])
def test_what_is_private_is_in_none_of_them(client: Client, address: str, publicity: str) -> None:
    where = place(street="12 Hidden Street", name="The Secret Room", postal_code="75038-1234", hint="The Secret Room",
                  publicity=publicity)  # fmt: skip
    made = group("Tea", where=where, how="hybrid", contact_by="relay")
    made.contact_email = "keep@example.org"
    made.save()
    schedule = made.schedules.get()
    schedule.join_link, schedule.join_sharing = "https://example.org/pass-42-word", "on_request"
    schedule.join_secret, schedule.secret_sharing = "pass-42-word", "public"
    schedule.save()
    text = body(client, address).replace("\r\n ", "")
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("address", ALL)
def test_an_address_kept_for_later_is_in_none_while_the_group_is_reached_another_way(
    client: Client, address: str
) -> None:
    made = group("Tea", contact_by="website", public_email="later@example.org", public_phone="+15555550199")
    text = body(client, address)
    assert "later@example.org" not in text
    assert "5555550199" not in text
    made.contact_by = "public"
    made.save()
    assert ("later@example.org" in body(client, address)) == (address in WITH_CONTACT)


@pytest.mark.parametrize("address", [address for address in ALL if "/tea/" not in address])
def test_an_empty_directory_is_one(client: Client, address: str) -> None:
    assert body(client, address) is not None


def test_paused_pending_closed_and_old_ones_are_in_none(client: Client) -> None:
    now = timezone.now()
    group("Paused", paused_from=now - timedelta(days=1))
    group("Waiting", status="pending")
    group("Gone", status="closed")
    group("Old", confirmed_at=now - timedelta(days=366))
    for address in ALL[:8]:
        text = body(client, address)
        assert [name for name in ("Paused", "Waiting", "Gone", "Old") if name in text] == [], address
    assert client.get("/groups/waiting/calendar.ics").status_code == 404


def test_examples_are_marked(client: Client) -> None:
    group("Tea", is_example=True)
    for address in ALL[:4]:
        assert "Example: Tea" in body(client, address), address
    for address in ("/hsds/services", "/hsds/service_at_locations"):
        assert "Example: Tea" in body(client, address), address
    assert "yes" in body(client, "/groups/export.csv")


def test_a_search_that_cannot_be_read_is_refused(client: Client) -> None:
    for address in ("/groups/calendar.ics?day=noday", "/groups/feed/?miles=9e9"):
        assert client.get(address).status_code == 400


def test_the_files_stream_with_few_queries(client: Client, django_assert_max_num_queries) -> None:
    for number in range(40):
        group(f"Circle {number}")
    assert Group.objects.count() == 40
    with django_assert_max_num_queries(8):
        assert body(client, "/groups/export.csv").count("\n") == 41


def test_one_control_character_does_not_take_a_feed_down(client: Client) -> None:
    made = [group(name, summary="For anyone.") for name in ("Before", "Bad", "After")]
    Group.objects.filter(pk=made[1].pk).update(name="B\x0bad", summary="Hello\x0bthere\x01")
    text = body(client, "/groups/feed/")
    assert text.count("<entry") == 3
    assert "Hello\nthere</" in text


@pytest.mark.parametrize("days", [15, None])
def test_a_calendar_to_subscribe_to_tells_of_a_pause(client: Client, days: int | None) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 18, tzinfo=UTC), tick=False):
        made = group("Tea")
        schedule = made.schedules.get()
        schedule.move(date(2026, 3, 10), datetime.combine(date(2026, 3, 11), time(9)), "organizer")
        made.pause("organizer", until=timezone.now() + timedelta(days=days) if days else None)
        [event] = events(body(client, "/groups/tea/calendar.ics"))
        off = [each.dt.date() for dates in event["exdate"] for each in dates.dts]
    expected = [date(2026, 3, 3), date(2026, 3, 10)] + ([] if days else [date(2026, 3, 17)])
    assert off[: len(expected)] == expected
    assert (date(2026, 3, 17) in off) == (days is None)
    assert date(2026, 2, 24) not in off
    # by today the pause of 15 days is over, and the calendar is what it was
    later = events(body(client, "/groups/tea/calendar.ics?title="))  # the other address is kept for a moment
    assert len(later) == (1 if days is None else 2)
    assert any("exdate" in event for event in later) == (days is None)


def test_a_single_meeting_in_a_pause_is_cancelled(client: Client) -> None:
    made = group("Tea", when="")
    day = timezone.localdate() + timedelta(days=9)
    MeetingSchedule.objects.create(
        group=made, modality="online", first_day=day, start=time(9), zone="America/Chicago", rule=""
    )
    made.pause("organizer")
    [event] = events(body(client, "/groups/tea/calendar.ics"))
    assert event["status"] == "CANCELLED"

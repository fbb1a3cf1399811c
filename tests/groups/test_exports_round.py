"""What is written is read back: each format by a reader of its own, and compared with what the directory says."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from dateutil.rrule import rrulestr
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from groups import recurrence
from groups.exports import calendar
from groups.exports.table import COLUMNS, guarded, plain
from groups.models import Group, Meeting, MeetingException, MeetingSchedule, Organization
from tests.groups.listing import group, place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)
AHEAD = NOW + timedelta(days=730)
RULES = (
    "FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
    "FREQ=MONTHLY;BYDAY=1MO,3MO", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=-1", "",
)  # fmt: skip
ZONES = ("America/Chicago", "Asia/Kathmandu", "Australia/Lord_Howe")


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture(autouse=True)
def march() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def directory() -> list[MeetingSchedule]:
    """A group for each rule and zone, some with an end, a cancelled and a moved meeting."""
    made = []
    for number, rule in enumerate(RULES):
        schedule = group(f"Circle {number}", summary="Tea, “quietly”;\nfor all").schedules.get()
        schedule.rule, schedule.zone = rule, ZONES[number % 3]
        schedule.start, schedule.duration = (time(2, 15), 90) if number % 2 else (time(23, 30), 45)
        schedule.first_day = date(2026, 4, 7) if not rule else date(2024, 1, 3)
        schedule.until = date(2027, 5, 31) if number % 3 == 0 and rule else None
        schedule.save()
        days = schedule.days_between(date(2026, 3, 10), date(2027, 1, 1))
        if rule:
            MeetingException.objects.create(schedule=schedule, day=days[0], kind="cancelled")
            MeetingException.objects.create(
                schedule=schedule, day=days[1], kind="moved", moved_day=days[1] + timedelta(days=1), moved_time=time(9)
            )
        made.append(MeetingSchedule.objects.get(pk=schedule.pk))
    return made


def ours(schedule: MeetingSchedule) -> list[datetime]:
    return [meeting.starts.astimezone(UTC) for meeting in schedule.meetings(NOW, AHEAD)]


class TestCalendar:
    @pytest.mark.parametrize("address", ["/groups/calendar.ics", "/groups/calendar.ics?title=neutral"])
    def test_a_strict_reader_finds_the_same_meetings(
        self, client: Client, directory: list[MeetingSchedule], address: str
    ) -> None:
        read = Calendar.from_ical(body(client, address))
        assert [error for event in read.walk() for error in event.errors] == []
        for schedule in directory:
            uid = f"{schedule.group.key}-{schedule.pk}@"
            events = [event for event in read.walk("VEVENT") if str(event["uid"]).startswith(uid)]
            assert list(occurrences(events)) == ours(schedule), schedule.rule

    def test_every_zone_named_is_told_once_and_before(self, client: Client, directory: list[MeetingSchedule]) -> None:
        text = body(client, "/groups/calendar.ics").decode().replace("\r\n ", "")
        for zone in ZONES:
            assert text.count(f"\r\nTZID:{zone}\r\n") == 1
            assert text.index(f"\r\nTZID:{zone}\r\n") < text.index(f";TZID={zone}:")
        assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
        assert max(len(line.encode()) for line in body(client, "/groups/calendar.ics").decode().split("\r\n")) <= 75

    def test_a_change_is_told_by_a_higher_sequence_and_a_later_stamp(self, client: Client) -> None:
        schedule = group("Tea").schedules.get()
        before = Calendar.from_ical(body(client, "/groups/tea/calendar.ics")).walk("VEVENT")[0]
        schedule.cancel(schedule.days_between(date(2027, 1, 1), date(2027, 1, 31))[0], "staff")
        after = Calendar.from_ical(b"".join(calendar_bytes(schedule.group))).walk("VEVENT")[0]
        assert after["uid"] == before["uid"]
        assert after["sequence"] == before["sequence"] + 1
        assert after.decoded("dtstamp") >= before.decoded("dtstamp")

    def test_a_pause_and_its_end_are_told_like_that_too(self) -> None:
        made = group("Tea")
        made.pause("organizer", until=timezone.now() + timedelta(days=40))
        assert made.schedules.get().sequence == 1
        made.resume("organizer")
        assert made.schedules.get().sequence == 2

    def test_what_always_is_open_is_left_out_and_counted(self, client: Client) -> None:
        group("Night", when="", kind="online", always_open=True)
        group("Tea")
        answer = client.get("/groups/calendar.ics")
        assert answer["X-Left-Out"] == "1"
        assert b"".join(answer.streaming_content).count(b"BEGIN:VEVENT") == 1

    def test_a_point_that_is_no_pin_is_not_told(self, client: Client) -> None:
        group("Near", where=place(publicity="area"))
        group("Somewhere", where=place(precision="town"))
        group("Here", where=place())
        assert b"GEO" not in body(client, "/groups/near/calendar.ics")
        assert b"GEO" not in body(client, "/groups/somewhere/calendar.ics")
        assert b"GEO:32.8653;-96.9905" in body(client, "/groups/here/calendar.ics")


def calendar_bytes(made: Group) -> Iterator[bytes]:
    return calendar.stream([Group.objects.with_everything().get(pk=made.pk)])


def occurrences(events: list[Any]) -> list[datetime]:
    """The starts that a program makes of the events with one UID, in order."""
    rule = next(event for event in events if "recurrence-id" not in event)
    starts = rule.decoded("dtstart")
    zone = starts.tzinfo
    if "rrule" in rule:
        said = rrulestr(rule["rrule"].to_ical().decode(), dtstart=starts)
        walls = [each.replace(tzinfo=None) for each in said.between(NOW - timedelta(days=3), AHEAD)]
    else:
        walls = [starts.replace(tzinfo=None)]
    exdates = rule.get("exdate", [])
    gone = {each.dt for part in (exdates if isinstance(exdates, list) else [exdates]) for each in part.dts}
    moved = {e.decoded("recurrence-id"): e.decoded("dtstart") for e in events if "recurrence-id" in e}
    found = [moved.get(wall.replace(tzinfo=zone), wall.replace(tzinfo=zone)) for wall in walls
             if wall.replace(tzinfo=zone) not in gone]  # fmt: skip
    length = rule.decoded("duration")
    return sorted(at for at in (each.astimezone(UTC) for each in found) if at + length > NOW and at < AHEAD)


class TestMeetingGuide:
    def test_the_rows_give_just_the_weekly_meetings(self, client: Client, directory: list[MeetingSchedule]) -> None:
        answer = client.get("/groups/meetings.json")
        rows = json.loads(b"".join(answer.streaming_content))
        weekly = [schedule for schedule in directory if recurrence.is_weekly(schedule.rule)]
        said = {(row["group"], row["day"], row["time"], row["end_time"], row["timezone"]) for row in rows}
        assert said == {
            (schedule.group.name, (day + 1) % 7, f"{schedule.start:%H:%M}", f"{end(schedule):%H:%M}", schedule.zone)
            for schedule in weekly
            for day in schedule.weekdays
        }
        assert answer["X-Left-Out"] == str(len(directory) - len(weekly))

    def test_its_fields_are_those_of_the_specification(self, client: Client) -> None:
        house = Organization.objects.create(name="St. Mark", website="https://example.org/")
        made = group("Tea " * 25, slug="x" * 80, how="hybrid", organization=house, access="open", languages=["es"],
                     step_free=True)  # fmt: skip
        made.schedules.update(join_link="https://example.org/j", join_phone="+1 (555) 555-0100,,42#")
        row = json.loads(body(client, "/groups/meetings.json"))[0]
        assert len(row["slug"]) <= 64
        assert row["types"] == ["O", "X", "S"]
        assert (row["entity"], row["entity_website_url"]) == ("St. Mark", "https://example.org/")
        assert (row["conference_url"], row["conference_phone"]) == ("https://example.org/j", "+15555550100,,42#")
        assert (row["address"], row["city"], row["state"], row["postal_code"], row["country"], row["approximate"]) == (
            "100 Quiet Lane", "Irving", "TX", "75038", "US", "no",
        )  # fmt: skip
        assert datetime.strptime(row["updated"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) <= made.updated_at


def end(schedule: MeetingSchedule) -> datetime:
    return datetime.combine(schedule.first_day, schedule.start) + timedelta(minutes=schedule.duration)


class TestTable:
    def test_every_column_comes_back(self, client: Client, directory: list[MeetingSchedule]) -> None:
        rows = list(csv.DictReader(io.StringIO(body(client, "/groups/export.csv").decode(), newline="")))
        assert len(rows) == len(directory)
        assert tuple(rows[0]) == COLUMNS
        for row, schedule in zip(rows, directory, strict=True):
            read = schedule_of(row)
            assert [meeting.starts for meeting in read] == [meeting.starts for meeting in schedule.meetings(NOW, AHEAD)]
            assert plain(row["summary"]) == "Tea, “quietly”;\nfor all"
            assert row["uid"] == f"{schedule.group.key}-{schedule.pk}"
            assert (float(row["latitude"]), float(row["longitude"])) == schedule.place.public_point

    @given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n\uff1da "), max_size=6))
    def test_a_guarded_text_is_no_formula_and_comes_back(self, text: str) -> None:
        assert not guarded(text).startswith(tuple("=+-@\t\r\n\uff1d"))
        assert plain(guarded(text)) == text

    def test_a_phone_is_guarded_and_a_coordinate_is_a_number(self, client: Client) -> None:
        group("Tea", contact_by="public", public_phone="+15555550199")
        row = next(csv.DictReader(io.StringIO(body(client, "/groups/export.csv").decode())))
        assert (row["public_phone"], plain(row["public_phone"])) == ("'+15555550199", "+15555550199")
        assert row["longitude"] == "-96.9905"


def schedule_of(row: dict[str, str]) -> list[Meeting]:
    """The next meetings, from nothing but a row of the file."""
    read = MeetingSchedule(
        pk=1, rule=row["rule"], zone=row["zone"], first_day=date.fromisoformat(row["first_day"]),
        start=time.fromisoformat(row["start"]), duration=int(row["duration"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
    )  # fmt: skip
    exceptions = [MeetingException(day=date.fromisoformat(day), kind="cancelled") for day in row["cancelled"].split()]
    for each in row["moved"].split():
        day, to = each.split(">")
        moved = datetime.fromisoformat(to)
        exceptions.append(
            MeetingException(day=date.fromisoformat(day), kind="moved", moved_day=moved.date(), moved_time=moved.time())
        )
    read._prefetched_objects_cache = {"exceptions": exceptions}
    return read.meetings(NOW, AHEAD)


class TestHsds:
    def test_the_parts_of_a_rule_give_the_same_days(self, client: Client, directory: list[MeetingSchedule]) -> None:
        lines = body(client, "/hsds/services?format=ndjson&full=true").decode().splitlines()
        assert len(lines) == len(directory)
        for said, schedule in zip(map(json.loads, lines), directory, strict=True):
            times = said["service_at_locations"][0]["schedules"][0]
            assert days_of(times) == schedule.days_between(date(2026, 3, 1), date(2028, 3, 1)), schedule.rule
            assert times["attributes"][0]["value"] == schedule.zone
            assert times["opens_at"] == f"{schedule.start:%H:%M}"

    def test_ndjson_is_what_the_pages_hold(self, client: Client) -> None:
        for number in range(5):
            group(f"Circle {number}", organization=Organization.objects.create(name=f"House {number}"))
        for address in ("/hsds/services", "/hsds/organizations", "/hsds/service_at_locations"):
            pages = [client.get(address, {"per_page": 3, "page": page}).json()["contents"] for page in (1, 2)]
            lines = body(client, f"{address}?format=ndjson").decode().splitlines()
            assert [json.loads(line) for line in lines] == [*pages[0], *pages[1]]
        assert client.get("/hsds/services?format=xml").status_code == 400

    def test_the_tables_give_the_same_days(self, client: Client, directory: list[MeetingSchedule]) -> None:
        services, times = (
            list(csv.DictReader(io.StringIO(body(client, f"/hsds/csv/{name}.csv").decode(), newline="")))
            for name in ("service_at_location", "schedules")
        )
        by_service = {row["id"]: row["service_id"] for row in services}
        assert len(times) == len(directory)
        for row in times:
            made = Group.objects.get(key=by_service[row["service_at_location_id"]]).schedules.get()
            found = days_of({name: value for name, value in row.items() if value})
            assert found == made.days_between(date(2026, 3, 1), date(2028, 3, 1)), made.rule


def days_of(times: dict[str, Any]) -> list[date]:
    """The days of a schedule, from its parts alone."""
    names = {"freq": "FREQ", "interval": "INTERVAL", "byday": "BYDAY", "bymonthday": "BYMONTHDAY", "wkst": "WKST"}
    rule = ";".join(f"{names[name]}={times[name]}" for name in names if name in times)
    until = date.fromisoformat(times["until"]) if "until" in times else None
    first = date.fromisoformat(times["dtstart"])
    return recurrence.days(recurrence.canonical(rule), first, until, date(2026, 3, 1), date(2028, 3, 1))


class TestAnswers:
    """How the files are answered, whatever is in them."""

    FILES = ("/groups/meetings.json", "/groups/export.csv", "/hsds/csv/schedules.csv")

    @pytest.mark.parametrize("address", FILES)
    def test_what_is_known_is_not_sent_again(self, client: Client, address: str) -> None:
        schedule = group("Tea").schedules.get()
        first = client.get(address)
        b"".join(first.streaming_content)
        assert first["Cache-Control"] == "public, max-age=3600"
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        schedule.cancel(schedule.days_between(date(2027, 1, 1), date(2027, 1, 31))[0], "staff")
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200

    @pytest.mark.parametrize("address", [*FILES, "/groups/calendar.ics", "/hsds/services?format=ndjson"])
    def test_whoever_asks_for_the_headers_gets_no_more(self, client: Client, address: str) -> None:
        group("Tea")
        answer = client.head(address)
        assert answer.status_code == 200
        assert not answer.streaming or b"".join(answer.streaming_content) == b""
        assert client.post(address).status_code == 405

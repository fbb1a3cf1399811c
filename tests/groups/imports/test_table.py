"""Tables: our own, and that of 12 Step Meeting List."""

import csv
import io
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from groups.imports import formats
from groups.models import Group, ImportRun, MeetingSchedule, Source
from tests.groups.imports.conftest import counts
from tests.groups.listing import group, place

pytestmark = pytest.mark.django_db
READERS_ONLY = ("uid", "url", "updated", "checked")
THEIRS = (
    "Time,End Time,Day,Name,Location,Address,City,State,Postal Code,Country,Types,Notes,Location Notes,Group,Website,"
    "Venmo,Email,Phone,Contact 1 Name,Contact 1 Phone,Conference URL,Conference URL Notes,Slug\n"
)


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(name="Table", format="csv")


@pytest.fixture
def check(source: Source, tmp_path: Path) -> Callable[[bytes], ImportRun]:
    def read(content: bytes) -> ImportRun:
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        return formats.check_file(source, path)

    return read


def test_the_columns_of_12_step_meeting_list(check: Any) -> None:
    text = THEIRS + (
        '7:00 PM,8:30 PM,Tuesday,Tea,The Porch,100 Quiet Lane,Irving,TX,75038,US,"Open, Wheelchair Access, Spanish",'
        '"Come, and stay.",Ring the bell,,https://tea.example.org,@bobcanary,,,Bob Canary,214-555-0100,,,tea\n'
        "noon,,Thursday,Tea,The Porch,100 Quiet Lane,Irving,TX,75038,US,,,,,,,,,,,,,tea-2\n"
        "noon,,Thursday,Monthly,The Porch,100 Quiet Lane,Irving,TX,75038,US,,Last Thursday only,,,,,,,,,,,m\n"
        "1:00 PM,,Friday,Online,,,,,,,ONL,,,,,,,,,,https://zoom.us/j/1,Password: x9,o\n"
    )
    run = check(text.encode("cp1252"))
    assert counts(run) == {"added": 2, "aside": 2}
    assert [row.reason for row in run.rows.filter(name="Online")] == ["We cannot tell its time zone."]
    run.apply()
    tea = Group.objects.get(name="Tea")
    assert (tea.access, tea.step_free, tea.languages) == ("open", True, ["es"])
    assert (tea.website, tea.contact_by) == ("https://tea.example.org", "website")
    times = tea.schedules.order_by("start")
    assert [(f"{time.start:%H:%M}", time.duration, time.note) for time in times] == [
        ("12:00", 60, ""),
        ("19:00", 90, "Come, and stay."),
    ]
    assert times[1].place.hint == "Ring the bell"
    assert "anary" not in str(list(Group.objects.values()))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(check: Any, delimiter: str) -> None:
    text = "name,day,time,address,city,state\nTea,2,18:30,100 Quiet Lane,Irving,TX\n".replace(",", delimiter)
    assert counts(check(text.encode())) == {"added": 1}


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=1000000000"}, "aside", "number in the rule"),
        ({"rule": "nonsense"}, "aside", "not a rule"),
        ({"first_day": "9999-01-01"}, "refused", "between 1990 and 2100"),
        ({"first_day": "yesterday"}, "aside", "cannot read this day"),
        ({"until": "2025-01-01"}, "refused", "before the first"),
        ({"until": "9999-01-01"}, "refused", "before 2101"),
        ({"zone": "Mars/Olympus", "modality": "online"}, "aside", "time zone"),
        ({"start": "25:00"}, "aside", "its time"),
        ({"modality": "by mail"}, "aside", "how it meets"),
        ({"is_example": "yes"}, "refused", "example"),
        ({"name": ""}, "refused", "no name"),
        ({"name": "a\x00b"}, "refused", "NUL"),
        ({"modality": "", "start": ""}, "aside", "when it meets"),
    ],
)
def test_what_becomes_no_listing_says_why(check: Any, fields: dict[str, str], outcome: str, reason: str) -> None:
    said = {
        "name": "Tea",
        "modality": "in_person",
        "first_day": "2026-01-06",
        "start": "18:30",
        "zone": "America/Chicago",
        "rule": "FREQ=WEEKLY;BYDAY=TU",
        "until": "",
        "city": "Irving",
        "state": "TX",
        "is_example": "",
        **fields,
    }
    row = check((",".join(said) + "\n" + ",".join(said.values()) + "\n").encode()).rows.get()
    assert (row.outcome, reason in row.reason) == (outcome, True), row.reason


def test_our_own_export_comes_back(check: Any, client: Client) -> None:
    group(
        "'=Tea",
        slug="tea",
        when="FREQ=MONTHLY;BYDAY=1TU,3TU",
        where=place(),
        about=("grief", "women"),
        step_free=True,
        summary="+1 for tea\nand talk",
        cost="fee",
        cost_note="$5",
        led_by="clinician",
        is_therapy=True,
        min_age=18,
        languages=["en", "es"],
        contact_by="public",
        public_phone="+12145550100",
        camera_needed=False,
    )
    group("Area", where=place(publicity="area"), how="hybrid", alert="New room")
    group("Words", first_time="Come in.\n\nSit where you like.", summary="Bring $Five. <b>Tea</b> &amp; talk.",
          how_to_join="Text 972-555-0100 before you come. We let you in.")  # fmt: skip
    schedule = group("Late", where=place(hint="-1, at the back")).schedules.get()
    first, second = date(2026, 4, 7), date(2026, 4, 14)
    schedule.exceptions.create(day=first, kind="cancelled")
    schedule.exceptions.create(day=second, kind="moved", moved_day=second, moved_time=time(9, 30))
    group("Night", when="", kind="online", always_open=True, join_link="https://night.example.org", platform="Forum")
    before = b"".join(client.get("/groups/export.csv").streaming_content)  # type: ignore[attr-defined]
    Group.objects.all().delete()
    run = check(before)
    assert (run.message, counts(run)) == ("", {"added": 5})
    run.apply()
    after = b"".join(client.get("/groups/export.csv").streaming_content)  # type: ignore[attr-defined]
    assert _bare(after) == _bare(before)
    assert counts(check(after)) == {"unchanged": 5}
    assert MeetingSchedule.objects.count() == 4


def _bare(text: bytes) -> list[list[str]]:
    """Without what a new listing gets anew: the name of a meeting time, the page's address, and when it was changed."""
    rows = csv.DictReader(io.StringIO(text.decode()))
    return sorted([value for name, value in row.items() if name not in READERS_ONLY] for row in rows)

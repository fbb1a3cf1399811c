"""Meeting Guide as it really comes: one table of oddities, and what each is read as."""

import json
from typing import Any

import pytest
from django.test import Client

from groups.imports import formats, meeting_guide
from groups.imports.neutral import Found, Left, Time
from groups.models import Group, MeetingSchedule
from tests.groups.imports.conftest import counts, row
from tests.groups.listing import group, place

ZOOM = "https://zoom.us/j/1"
ODDITIES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("12 hours", {"time": "7:00 PM"}, {"start": "19:00"}),
    ("seconds", {"time": "19:00:00"}, {"start": "19:00"}),
    ("noon", {"time": "noon"}, {"start": "12:00"}),
    ("midnight", {"time": "Midnight"}, {"start": "00:00"}),
    ("no space", {"time": "7:00pm"}, {"start": "19:00"}),
    ("dots", {"time": "7 p.m."}, {"start": "19:00"}),
    ("a span", {"time": "7:00 PM - 8:30 PM"}, {"start": "19:00", "duration": 90}),
    ("an end after midnight", {"time": "23:30", "end_time": "00:30"}, {"duration": 60}),
    ("an end that is the start", {"time": "18:30", "end_time": "18:30"}, {"duration": 60}),
    ("a number", {"day": 0}, {"rule": "FREQ=WEEKLY;BYDAY=SU"}),
    ("a number as text", {"day": "6"}, {"rule": "FREQ=WEEKLY;BYDAY=SA"}),
    ("several numbers", {"day": [1, 3]}, {"rule": "FREQ=WEEKLY;BYDAY=MO,WE"}),
    ("a name", {"day": "Tuesday"}, {"rule": "FREQ=WEEKLY;BYDAY=TU"}),
    ("short names", {"day": ["thurs", "Tue."]}, {"rule": "FREQ=WEEKLY;BYDAY=TU,TH"}),
    ("a zone with a space", {"timezone": "America/New York"}, {"zone": "America/New_York"}),
    ("a zone in small letters", {"timezone": "america/chicago"}, {"zone": "America/Chicago"}),
    ("a zone by its letters", {"timezone": "PST"}, {"zone": "America/Los_Angeles"}),
    ("no zone: from the point", {"timezone": None}, {"zone": "America/Chicago"}),
    ("an unknown zone: from the point", {"timezone": "Mars/Olympus"}, {"zone": "America/Chicago"}),
    (
        "no zone and no point: from the ZIP code",
        {"timezone": "", "latitude": 0, "longitude": 0},
        {"zone": "America/Chicago"},
    ),
    ("nothing but a name", {"time": "18:30"}, {"modality": "in_person", "duration": 60}),
    ("a link", {"conference_url": ZOOM}, {"modality": "hybrid", "join_link": ZOOM}),
    ("a password in the link", {"conference_url": "https://zoom.us/j/1?pwd=x9Y"}, {"join_link": ZOOM, "secret": "x9Y"}),
    ("a password in words", {"conference_url": ZOOM, "conference_url_notes": "Passcode: 8Q!x"}, {"secret": "8Q!x"}),
    (
        "a password in the number",
        {"attendance_option": "hybrid", "conference_phone": "+16465588656,,1234#,,,,*99#"},
        {"join_phone": "+16465588656,,1234#"},
    ),
    ("a link that is none", {"conference_url": "javascript:alert(1)"}, {"modality": "in_person", "join_link": ""}),
    ("temporarily closed, with a link", {"types": ["TC"], "conference_url": ZOOM}, {"modality": "online"}),
    (
        "an approximate address",
        {"approximate": "yes", "conference_phone": "1", "formatted_address": "Irving, TX, USA"},
        {"modality": "online"},
    ),
]

LEFT = [
    ("1st and 3rd Tuesday", "aside"), ("Every other week", "aside"), ("Meets monthly.", "aside"),
    ("<b>Last</b> Friday only", "aside"), ("biweekly", "aside"), ("2nd &amp; 4th", "aside"),
]  # fmt: skip


def read(**fields: Any) -> Found | Left:
    return meeting_guide.result(row(**fields))


def time_of(**fields: Any) -> Time:
    found = read(**fields)
    assert isinstance(found, Found), found
    return found.times[0]


@pytest.mark.parametrize(("fields", "expected"), [case[1:] for case in ODDITIES], ids=[case[0] for case in ODDITIES])
def test_oddities(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    time = time_of(**fields)
    assert {name: getattr(time, name) for name in expected} == expected


@pytest.mark.parametrize(("words", "outcome"), LEFT)
@pytest.mark.parametrize("column", ["notes", "group_notes", "name"])
def test_what_is_not_every_week_is_set_aside(words: str, outcome: str, column: str) -> None:
    left = read(**{column: words})
    assert isinstance(left, Left)
    assert left.outcome == outcome
    assert "can only say every week" in left.reason


@pytest.mark.parametrize(
    "words", ["First Baptist Church", "Newcomers on the second floor", "Step 1 every week", "Weekly"]
)
def test_what_only_sounds_like_it_is_not(words: str) -> None:
    assert isinstance(read(notes=words), Found)


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        ({"time": "whenever"}, "aside", "We cannot read its time"),
        ({"time": None}, "aside", "We cannot read its time"),
        ({"day": None}, "aside", "We cannot read its day"),
        ({"day": "someday"}, "aside", "We cannot read its day"),
        ({"day": {"a": 1}}, "aside", "We cannot read its day"),
        ({"name": ""}, "refused", "no name"),
        ({"name": "a\x00b"}, "refused", "NUL"),
        ({"notes": "\ud800"}, "refused", "broken Unicode"),
        ({"notes": "x" * 30_000}, "refused", "too long"),
        ({"attendance_option": "inactive"}, "refused", "does not meet"),
        ({"types": ["TC"]}, "refused", "does not meet"),
        ({"country": "Canada"}, "aside", "outside the country"),
        ({"formatted_address": "Toronto, ON, Canada"}, "aside", "outside the country"),
        ({"formatted_address": "Somewhere", "latitude": 0, "longitude": 0}, "aside", "cannot tell where"),
        (
            {"attendance_option": "online", "formatted_address": "", "latitude": None, "timezone": ""},
            "aside",
            "time zone",
        ),
    ],
)
def test_what_becomes_no_listing_says_why(fields: dict[str, Any], outcome: str, reason: str) -> None:
    left = read(**fields)
    assert isinstance(left, Left)
    assert (left.outcome, reason in left.reason) == (outcome, True), left.reason


@pytest.mark.parametrize("junk", [1, "x", [], {}, True, None, 1e308, [[1]], {"a": "b"}])
def test_no_column_is_too_odd(junk: Any) -> None:
    for column in row():
        assert isinstance(meeting_guide.result({**row(), column: junk}), Found | Left)


def test_a_point_that_is_wrong_gives_way_to_the_zip_code() -> None:
    for wrong in ({"latitude": 32.86, "longitude": 96.99}, {"latitude": 0, "longitude": 0}, {"latitude": "x"}):
        spot = time_of(**wrong).place
        assert spot is not None
        assert (round(spot.latitude, 1), round(spot.longitude, 1), spot.precision) == (32.9, -97.0, "postal")


def test_a_point_the_wrong_way_round_is_turned() -> None:
    spot = time_of(latitude=-96.99, longitude=32.86).place
    assert spot is not None
    assert (spot.latitude, spot.longitude, spot.precision) == (32.86, -96.99, "address")


def test_html_is_made_plain_and_types_are_read_in_any_writing() -> None:
    for types in (["O", "X", "S", "W"], "O, X, S, W", "Open, Wheelchair Access, Spanish, Women"):
        found = read(types=types, notes="<p>Tea &amp; talk<br>Bring &quot;nothing&quot;</p><script>x()</script>")
        assert isinstance(found, Found)
        said = {name: found.fields[name] for name in ("access", "step_free", "languages")}
        assert said == {"access": "open", "step_free": True, "languages": ["es"]}
        assert found.topics == ["women"]
        assert found.times[0].lines == ("Tea & talk", 'Bring "nothing"')


def test_persons_and_ways_to_pay_are_nowhere() -> None:
    said = str(read(
        contact_1_name="Bob Canary", contact_1_email="bob@canary.example", contact_1_phone="214-555-0100",
        venmo="@bob-canary", paypal="bobcanary", square="$bobcanary", feedback_emails=["x@canary.example"],
        notes="All are welcome. Call Bob Canary at (214) 555-0100. Give by Venmo @bob-canary. Or bob@canary.example.",
    ))  # fmt: skip
    assert "All are welcome." in said
    assert [word for word in ("Canary", "canary", "555", "Venmo") if word in said] == []


@pytest.mark.django_db
def test_rows_of_one_group_and_place_are_one_group(take) -> None:
    run = take(
        row(slug="a", day=1, notes="Tea.\nBook."),
        row(slug="b", day=3, notes="Tea.\nSteps."),
        row(slug="c", location="Else"),
    )
    assert counts(run) == {"added": 3}
    tea = Group.objects.get(schedules__external_id="a")
    assert tea.summary == "Tea."
    assert [(time.external_id, time.note) for time in tea.schedules.order_by("external_id")] == [
        ("a", "Book."),
        ("b", "Steps."),
    ]
    assert Group.objects.count() == 2


@pytest.mark.django_db
def test_a_password_is_sealed_and_for_those_who_ask(take, client: Client) -> None:
    take(row(attendance_option="online", conference_url="https://zoom.us/j/1?pwd=canary42"))
    schedule = MeetingSchedule.objects.get()
    assert schedule.join_secret == "canary42"
    assert (schedule.join_link, schedule.secret_sharing) == ("https://zoom.us/j/1", "on_request")
    for address in (
        "/groups/",
        "/groups/tea/",
        "/groups/meetings.json",
        "/groups/export.csv",
        "/groups/tea/calendar.ics",
    ):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert b"canary42" not in body


@pytest.mark.django_db
def test_our_own_export_comes_back(source, client: Client, tmp_path) -> None:
    made = group("Tea", when="FREQ=WEEKLY;BYDAY=TU,TH", where=place(), summary="For anybody.", languages=["es"],
                 step_free=True, access="open", website="https://tea.example.org", contact_by="website")  # fmt: skip
    group("Hidden", where=place(publicity="area"))
    path = tmp_path / "meetings.json"
    path.write_bytes(b"".join(client.get("/groups/meetings.json").streaming_content))  # type: ignore[attr-defined]
    said = json.loads(path.read_text())
    made.delete()
    formats.check_file(source, path).apply()
    for name in ("Tea", "Hidden"):
        Group.objects.filter(name=name, origin=None).delete()
    again = json.loads(b"".join(client.get("/groups/meetings.json").streaming_content))  # type: ignore[attr-defined]
    new = {"slug", "url", "updated"}
    assert sorted(_without(row, new) for row in again) == sorted(_without(row, new) for row in said)


def _without(said: dict[str, Any], names: set[str]) -> str:
    return json.dumps({name: value for name, value in said.items() if name not in names}, sort_keys=True)

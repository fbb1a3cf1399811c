"""HSDS: services as JSON, and as tables."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from groups.imports import formats, hsds
from groups.imports.neutral import Found, Left
from groups.models import Group, MeetingSchedule, Source
from tests.groups.imports.conftest import counts
from tests.groups.listing import group, place

LOCATION = {
    "id": "l",
    "location_type": "physical",
    "name": "The Porch",
    "latitude": 32.86,
    "longitude": -96.99,
    "addresses": [{"address_1": "100 Quiet Lane", "city": "Irving", "state_province": "TX", "postal_code": "75038"}],
    "accessibility": [{"description": "wheelchair"}],
}
WEEKLY = {
    "id": "t",
    "freq": "WEEKLY",
    "byday": "TU",
    "opens_at": "18:30",
    "closes_at": "20:00",
    "dtstart": "2026-01-06",
}


def service(schedule: Any = WEEKLY, location: Any = LOCATION, **fields: Any) -> dict[str, Any]:
    return {
        "id": "s",
        "name": "Tea",
        "description": "For <b>anybody</b>.",
        "status": "active",
        "organization": {"name": "Open Door"},
        "contacts": [{"name": "Bob Canary", "email": "bob@canary.example"}],
        "service_at_locations": [{"id": "a", "location": location, "schedules": [schedule]}],
        **fields,
    }


def test_a_service_is_a_group() -> None:
    found = hsds.result(
        service(fees_description="Free", phones=[{"number": "214-555-0100"}], languages=[{"code": "es"}])
    )
    assert isinstance(found, Found), found
    time = found.times[0]
    assert (time.rule, time.start, time.duration, time.zone) == ("FREQ=WEEKLY;BYDAY=TU", "18:30", 90, "America/Chicago")
    said = {name: found.fields[name] for name in ("summary", "cost", "public_phone", "languages", "step_free")}
    assert said == {
        "summary": "For anybody.",
        "cost": "free",
        "public_phone": "+12145550100",
        "languages": ["es"],
        "step_free": True,
    }
    assert found.organization == "Open Door"
    assert "anary" not in str(found)


@pytest.mark.parametrize(
    ("schedule", "rule"),
    [
        ({"freq": "MONTHLY", "byday": "1TU"}, "FREQ=MONTHLY;BYDAY=1TU"),
        ({"freq": "WEEKLY", "interval": 2, "byday": "TU,TH"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
        ({"freq": None, "byday": "MO"}, "FREQ=WEEKLY;BYDAY=MO"),
        ({"freq": None, "byday": None, "weekday": 1}, "FREQ=WEEKLY;BYDAY=MO"),
        ({"freq": None, "byday": None, "weekday": "Sunday"}, "FREQ=WEEKLY;BYDAY=SU"),
        ({"freq": None, "byday": None, "dtstart": "2031-01-01"}, ""),
    ],
)
def test_rules(schedule: dict[str, Any], rule: str) -> None:
    found = hsds.result(service({**WEEKLY, **schedule}))
    assert isinstance(found, Found), found
    assert found.times[0].rule == rule


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        (service(status="defunct"), "refused", "not active"),
        (service(name=""), "refused", "no name"),
        (service(service_at_locations=[]), "aside", "when it meets"),
        (service({**WEEKLY, "freq": "YEARLY"}), "aside", "by the week"),
        (service({**WEEKLY, "count": 10**9}), "aside", "number in the rule"),
        (service({**WEEKLY, "dtstart": "9999-01-01"}), "refused", "between 1990 and 2100"),
        (service({**WEEKLY, "opens_at": None}), "aside", "its time"),
        (
            service({**WEEKLY, "freq": None, "byday": None, "weekday": 2}, description="1st and 3rd"),
            "aside",
            "every week",
        ),
        (service(location={}), "aside", "cannot tell where"),
        (service(location={"location_type": "virtual"}), "aside", "time zone"),
    ],
)
def test_what_becomes_no_listing_says_why(said: dict[str, Any], outcome: str, reason: str) -> None:
    left = hsds.result(said)
    assert isinstance(left, Left), left
    assert (left.outcome, reason in left.reason) == (outcome, True), left.reason


@pytest.mark.parametrize("junk", [1, "x", [], {}, True, None, [[1]], [{"a": [1]}]])
def test_no_column_is_too_odd(junk: Any) -> None:
    for column in (*service(), "phones", "languages", "attributes", "schedules", "minimum_age"):
        assert isinstance(hsds.result({**service(), column: junk}), Found | Left)
    for column in (*WEEKLY, "attributes", "weekday", "count"):
        assert isinstance(hsds.result(service({**WEEKLY, column: junk})), Found | Left)
    for column in LOCATION:
        assert isinstance(hsds.result(service(location={**LOCATION, column: junk})), Found | Left)


TABLES = {
    "organization.csv": "id,name\no,Open Door\n",
    "service.csv": "id,organization_id,name,description,status\ns,o,Tea,For anybody.,active\nx,o,Away,,inactive\n",
    "location.csv": "id,name,latitude,longitude\nl,The Porch,32.86,-96.99\n",
    "physical_address.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "p,l,100 Quiet Lane,Irving,TX,75038,US\n",
    "service_at_location.csv": "id,service_id,location_id\na,s,l\n",
    "regular_schedule.csv": "id,service_id,location_id,service_at_location_id,weekday,opens_at,closes_at\n"
    "1,s,l,,2,18:30,20:00\n2,,,a,4,18:30,20:00\n",
    "contact.csv": "id,service_id,name,email\nc,s,Bob Canary,bob@canary.example\n",
}


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(name="County", format="hsds")


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_tables_are_put_together(source: Source, tmp_path: Path, packed: bool) -> None:
    if packed:
        path = tmp_path / "tables.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in TABLES.items():
                archive.writestr(f"data/{name}", text)
    else:
        path = tmp_path / "tables"
        path.mkdir()
        for name, text in TABLES.items():
            (path / name).write_text(text)
    run = formats.check_file(source, path)
    assert (run.message, counts(run)) == ("", {"added": 1, "refused": 1})
    run.apply()
    made = Group.objects.get()
    assert (made.name, made.organization.name) == ("Tea", "Open Door")
    assert sorted(made.schedules.values_list("rule", flat=True)) == ["FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;BYDAY=TU"]
    assert made.schedules.first().place.public_address == "100 Quiet Lane, Irving, TX 75038"
    assert counts(formats.check_file(source, path)) == {"unchanged": 1, "refused": 1}


@pytest.mark.django_db
def test_our_own_export_comes_back_in_both_shapes(client: Client, source: Source, tmp_path: Path) -> None:
    made = group(
        "Tea",
        when="FREQ=MONTHLY;BYDAY=1TU",
        where=place(),
        about=("grief",),
        step_free=True,
        access="open",
        cost="donation",
        cost_note="For the tea.",
        summary="For anybody.",
        min_age=18,
        languages=["es"],
    )
    first = made.schedules.get()
    listed = client.get("/hsds/services").json()
    whole = [client.get(f"/hsds/services/{each['id']}").json() for each in listed["contents"]]
    as_json, as_tables = tmp_path / "services.json", tmp_path / "tables.zip"
    as_json.write_text(json.dumps(whole))
    with zipfile.ZipFile(as_tables, "w") as archive:
        for name in (
            "organizations",
            "services",
            "service_at_location",
            "locations",
            "addresses",
            "schedules",
            "phones",
            "languages",
            "accessibility",
            "attributes",
            "taxonomy_terms",
        ):
            answer = client.get(f"/hsds/csv/{name}.csv")
            archive.writestr(f"{name}.csv", b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    for path in (as_json, as_tables):
        run = formats.check_file(source, path)
        run.apply(reason="As agreed.")
        again = Group.objects.get(origin__source=source)
        same = ("name", "step_free", "access", "cost", "cost_note", "summary", "min_age", "languages")
        assert [getattr(again, name) for name in same] == [getattr(made, name) for name in same]
        assert [topic.slug for topic in again.topics.all()] == ["grief"]
        time = MeetingSchedule.objects.get(group=again)
        same = ("rule", "first_day", "start", "duration", "zone", "modality")
        assert [getattr(time, name) for name in same] == [getattr(first, name) for name in same]
        assert (time.place.public_address, time.place.public_point) == (
            first.place.public_address,
            first.place.public_point,
        )
        Group.objects.filter(origin__source=source).delete()

"""BMLT in both of its shapes."""

from typing import Any

import pytest

from groups.imports import bmlt
from groups.imports.neutral import Found, Left

SEMANTIC = {
    "id_bigint": "42",
    "meeting_name": "Clean &amp; Free",
    "weekday_tinyint": "3",
    "start_time": "19:30:00",
    "duration_time": "01:30:00",
    "time_zone": "",
    "formats": "O,WC,W",
    "venue_type": "1",
    "published": "1",
    "location_text": "The Porch",
    "location_street": "100 Quiet Lane",
    "location_municipality": "Irving",
    "location_province": "Texas",
    "location_postal_code_1": "75038",
    "location_info": "Upstairs",
    "latitude": "32.86",
    "longitude": "-96.99",
    "comments": "",
    "contact_name_1": "Bob Canary",
    "contact_phone_1": "214-555-0100",
    "email_contact": "bob@canary.example",
}
ADMIN = {
    "id": 42,
    "name": "Clean & Free",
    "day": 2,
    "startTime": "19:30",
    "duration": "01:30",
    "timeZone": "America/Chicago",
    "venueType": 1,
    "published": True,
    "temporarilyVirtual": False,
    "formatIds": [1],
    "email": "bob@canary.example",
    "location_text": "The Porch",
    "location_street": "100 Quiet Lane",
    "location_municipality": "Irving",
    "location_province": "TX",
    "location_postal_code_1": "75038",
    "latitude": 32.86,
    "longitude": -96.99,
    "customFields": {"contact_name_1": "Bob Canary"},
}


def read(shape: dict[str, Any], **fields: Any) -> Any:
    return bmlt.result({**shape, **fields})


@pytest.mark.parametrize("shape", [SEMANTIC, ADMIN], ids=["semantic", "admin"])
def test_both_shapes_say_the_same(shape: dict[str, Any]) -> None:
    found = read(shape)
    assert isinstance(found, Found), found
    (time,) = found.times
    said = (found.fields["name"], time.rule, time.start, time.duration, time.zone, time.modality, time.external_id)
    assert said == ("Clean & Free", "FREQ=WEEKLY;BYDAY=TU", "19:30", 90, "America/Chicago", "in_person", "42")
    assert time.place is not None
    assert (time.place.city, time.place.state, time.place.street) == ("Irving", "TX", "100 Quiet Lane")
    assert "anary" not in str(found)


@pytest.mark.parametrize(
    ("shape", "day", "rule"),
    [
        (SEMANTIC, {"weekday_tinyint": 1}, "SU"),
        (SEMANTIC, {"weekday_tinyint": "7"}, "SA"),
        (ADMIN, {"day": 0}, "SU"),
        (ADMIN, {"day": 6}, "SA"),
    ],
)
def test_sunday_is_one_in_one_shape_and_zero_in_the_other(
    shape: dict[str, Any], day: dict[str, Any], rule: str
) -> None:
    assert read(shape, **day).times[0].rule == f"FREQ=WEEKLY;BYDAY={rule}"


def test_formats_and_rooms() -> None:
    found = read(
        SEMANTIC,
        venue_type="3",
        virtual_meeting_link="https://zoom.us/j/1?pwd=canary",
        virtual_meeting_additional_info="Meeting ID: 123 456 789 Password: Open1",
        phone_meeting_number="+1 646 1",
    )
    assert (found.fields["access"], found.fields["step_free"], found.topics) == ("open", True, ["women"])
    time = found.times[0]
    assert (time.modality, time.join_link, time.secret) == ("hybrid", "https://zoom.us/j/1", "Open1")
    assert "Open1" not in str(time.lines)


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        ({"published": "0"}, "refused", "does not publish"),
        ({"comments": "1st and 3rd Tuesdays"}, "aside", "only say every week"),
        ({"weekday_tinyint": "9"}, "aside", "its day"),
        ({"weekday_tinyint": None, "day": None}, "aside", "its day"),
        ({"start_time": ""}, "aside", "its time"),
        ({"meeting_name": None}, "refused", "no name"),
        ({"formats": "TC", "venue_type": None}, "refused", "does not meet"),
        ({"location_nation": "CA"}, "aside", "outside the country"),
    ],
)
def test_what_becomes_no_listing_says_why(fields: dict[str, Any], outcome: str, reason: str) -> None:
    left = read(SEMANTIC, **fields)
    assert isinstance(left, Left), left
    assert (left.outcome, reason in left.reason) == (outcome, True), left.reason
    assert "anary" not in str(left)


@pytest.mark.parametrize("junk", [1, "x", [], {}, True, None, 1e308, [[1]]])
@pytest.mark.parametrize("shape", [SEMANTIC, ADMIN], ids=["semantic", "admin"])
def test_no_column_is_too_odd(shape: dict[str, Any], junk: Any) -> None:
    for column in shape:
        assert isinstance(bmlt.result({**shape, column: junk}), Found | Left)

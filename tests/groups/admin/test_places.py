"""Places: coordinates and zone from a ZIP code or a town, and the precision that says so."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from groups import indexing
from groups.models import Group, MeetingSchedule, Organization, Place
from tests.groups.admin.test_group import key_on

pytestmark = pytest.mark.django_db
ADD = "/admin/groups/place/add/"


def address(**changes: Any) -> dict[str, Any]:
    said = {"name": "The Blue Hall", "street": "12 Elm Row", "city": "Irving", "state": "TX", "postal_code": "75038"}
    return {**said, "publicity": "exact", "precision": "address", **changes}


def errors_on(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.context["adminform"].form.errors)


@pytest.mark.parametrize(
    ("changes", "precision", "near", "zone"),
    [
        ({}, "postal", (32.87, -96.99), "America/Chicago"),
        ({"postal_code": ""}, "town", (32.84, -96.97), "America/Chicago"),
        ({"state": "tx", "postal_code": "75038-1234"}, "postal", (32.87, -96.99), "America/Chicago"),
        ({"city": "El Paso", "postal_code": "79901"}, "postal", (31.76, -106.48), "America/Denver"),
        ({"city": "Irving", "postal_code": "00000"}, "town", (32.84, -96.97), "America/Chicago"),
        ({"latitude": "32.9", "longitude": "-96.9"}, "address", (32.9, -96.9), "America/Chicago"),
        ({"latitude": "40.7", "longitude": "-74.0", "precision": "street"}, "street", (40.7, -74), "America/New_York"),
        ({"zone": "America/Denver"}, "postal", (32.87, -96.99), "America/Denver"),
    ],
)
def test_what_nobody_typed_is_found(
    at_desk: Client, changes: dict[str, Any], precision: str, near: tuple[float, float], zone: str
) -> None:
    answer = at_desk.post(ADD, address(**changes))
    assert answer.status_code == 302, errors_on(answer)
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == pytest.approx(near, abs=0.05)
    assert (place.precision, place.zone, place.state) == (precision, zone, "TX")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": "Texas!"}, "at most 2"),
        ({"state": "ZZ"}, "two letters"),
        ({"city": "Qqqqqqq", "postal_code": ""}, "We do not know this town"),
        ({"postal_code": "10001"}, "We do not know this town"),  # New York, and not Texas
        ({"latitude": "32.9"}, "both latitude and longitude"),
        ({"latitude": "0", "longitude": "0"}, "Nobody meets there"),
        ({"latitude": "91", "longitude": "0"}, "less than or equal to 85.05"),
        ({"latitude": "nan", "longitude": "0"}, "Enter a number"),
        ({"city": "\x00"}, "Null characters"),
    ],
)
def test_what_is_nowhere_is_refused(at_desk: Client, changes: dict[str, Any], said: str) -> None:
    assert said in errors_on(at_desk.post(ADD, address(**changes)))
    assert not Place.objects.exists()


def test_a_place_that_moves_is_found_anew_unless_somebody_measured_it(
    at_desk: Client, monkeypatch: pytest.MonkeyPatch, schedule: MeetingSchedule
) -> None:
    seen: list[list[int]] = []
    monkeypatch.setattr(indexing, "refresh", lambda ids: seen.append([*ids]))
    at_desk.post(ADD, address())
    place = Place.objects.latest("pk")
    page = f"/admin/groups/place/{place.pk}/change/"
    kept = {"latitude": place.latitude, "longitude": place.longitude, "zone": place.zone, "precision": "postal"}
    answer = at_desk.post(page, address(city="El Paso", postal_code="79901", **kept))
    assert answer.status_code == 302, errors_on(answer)
    place.refresh_from_db()
    assert (round(place.latitude), place.zone, place.precision) == (32, "America/Denver", "postal")
    assert -107 < place.longitude < -106

    measured = schedule.place
    assert measured is not None
    kept = {"latitude": measured.latitude, "longitude": measured.longitude, "zone": measured.zone}
    page = f"/admin/groups/place/{measured.pk}/change/"
    assert "The address is another one now" in errors_on(at_desk.post(page, address(street="9 Oak Row", **kept)))
    assert at_desk.post(page, address(street="9 Oak Row", zone="America/Chicago")).status_code == 302
    measured.refresh_from_db()
    assert (measured.street, measured.precision) == ("9 Oak Row", "postal")
    assert seen[-1] == [schedule.group_id]


def test_a_double_click_makes_one_place_and_one_organization(at_desk: Client) -> None:
    sent = address(form_key=key_on(at_desk, ADD))
    for _click in range(2):
        assert at_desk.post(ADD, sent).status_code == 302
    assert Place.objects.count() == 1
    add = "/admin/groups/organization/add/"
    made = {"name": "Open Door", "kind": "peer", "language": "en-us", "form_key": key_on(at_desk, add)}
    for _click in range(2):
        assert at_desk.post(add, made).status_code == 302
    assert Place._meta.apps.get_model("groups", "Organization").objects.count() == 1


def test_staff_choose_a_place_by_its_address(at_desk: Client, hall: Place) -> None:
    query = {"app_label": "groups", "model_name": "meetingschedule", "field_name": "place", "term": "Elm"}
    found = at_desk.get("/admin/autocomplete/", query).json()["results"]
    assert found == [{"id": str(hall.pk), "text": "The Blue Hall, 12 Elm Row, Irving, TX 75061"}]
    assert str(hall) == "Irving, TX"


def test_whoever_has_a_copy_is_told_that_a_place_was_hidden(
    at_desk: Client, client: Client, group: Group, schedule: MeetingSchedule
) -> None:
    Place.objects.update(publicity="exact")
    first = client.get("/groups/meetings.json")
    assert b"12 Elm Row" in b"".join(first.streaming_content)
    page = f"/admin/groups/place/{schedule.place_id}/change/"
    since = timezone.now()
    kept = {"latitude": "32.8251", "longitude": "-96.9637", "zone": "America/Chicago", "postal_code": "75061"}
    assert at_desk.post(page, address(publicity="on_request", **kept)).status_code == 302
    again = client.get("/groups/meetings.json", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert b"12 Elm Row" not in b"".join(again.streaming_content)
    assert "SEQUENCE:1" in client.get("/groups/tea/calendar.ics").content.decode()
    group.refresh_from_db()
    assert group.updated_at > since  # what `modified_after` and LAST-MODIFIED go by


def test_whoever_has_a_copy_is_told_of_another_organization(at_desk: Client, client: Client, group: Group) -> None:
    Group.objects.update(organization=Organization.objects.create(name="Open Door"))
    first = client.get("/groups/export.csv")
    page = f"/admin/groups/organization/{Organization.objects.get().pk}/change/"
    answer = at_desk.post(page, {"name": "Open House", "kind": "peer", "language": "en-us"})
    assert answer.status_code == 302
    again = client.get("/groups/export.csv", headers={"if-none-match": first["ETag"]})
    assert b"Open House" in b"".join(again.streaming_content)

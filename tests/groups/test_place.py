"""What leaves the desk of a place: nothing that its publicity keeps back."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from groups import towns
from groups.geometry import CELL_DEGREES, Point, snapped
from groups.models import Place

KEPT_BACK = ("area", "on_request")
PUBLIC = ("public_point", "public_name", "public_address", "what_is_public", "is_pin", "is_exact", "area")


def place(**changes: Any) -> Place:
    said = {"name": "The Blue Hall", "street": "12 Elm Row", "city": "Irving", "state": "TX", "postal_code": "75061"}
    where = {"latitude": 32.825123, "longitude": -96.963789, "zone": "America/Chicago", "hint": "Ring twice"}
    return Place(**{**said, **where, **changes})


def public(row: Place) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PUBLIC}


latitudes, longitudes = st.floats(18, 70, allow_nan=False), st.floats(-170, -60, allow_nan=False)
names = st.text("abcdefgh", min_size=3, max_size=20)


@given(st.sampled_from(KEPT_BACK), latitudes, longitudes, names, names, names, st.sampled_from(Place.Precision.values))
def test_two_places_of_one_cell_and_town_cannot_be_told_apart(
    publicity: str, latitude: float, longitude: float, name: str, street: str, hint: str, precision: str
) -> None:
    one = place(
        publicity=publicity, latitude=latitude, longitude=longitude, name=name, street=street, hint=hint,
        postal_code="75001", precision=precision,
    )  # fmt: skip
    middle = snapped(one.point)
    other = place(publicity=publicity, latitude=middle.latitude, longitude=middle.longitude)
    assert public(one) == public(other)


@given(latitudes, longitudes)
def test_the_public_point_is_near_and_is_not_the_place(latitude: float, longitude: float) -> None:
    row = place(publicity="area", latitude=latitude, longitude=longitude)
    for own, shown in zip(row.point, row.public_point, strict=True):
        assert abs(own - shown) <= CELL_DEGREES / 2 + 1e-6
    assert not row.is_pin


@given(latitudes, longitudes)
def test_on_request_is_the_middle_of_the_town_wherever_it_is(latitude: float, longitude: float) -> None:
    irving = towns.find("Irving, TX")
    assert irving is not None
    assert place(publicity="on_request", latitude=latitude, longitude=longitude).public_point == irving.point


def test_in_a_town_that_nobody_knows_it_is_the_next_one() -> None:
    row = place(publicity="on_request", city="Nowhere Corners")
    around = towns.nearest(row.point)
    assert around is not None
    assert row.public_point == around.point != row.point


@pytest.mark.parametrize("publicity", KEPT_BACK)
def test_no_word_of_the_address_gets_out(publicity: str) -> None:
    row = place(publicity=publicity)
    said = f"{public(row)} {row} {row!r}"
    for secret in ("Blue", "Elm", "12", "75061", "Ring", "32.825123", "96.963789"):
        assert secret not in said.replace("Place:", "")
    assert row.public_address == "Irving, TX"
    assert row.what_is_public


def test_an_exact_place_says_all_of_it() -> None:
    row = place(publicity="exact")
    assert row.public_point == Point(32.825123, -96.963789)
    assert (row.public_name, row.public_address) == ("The Blue Hall", "12 Elm Row, Irving, TX 75061")
    assert row.what_is_public == ""
    assert "The Blue Hall" not in str(row)


@pytest.mark.parametrize(
    ("precision", "publicity", "pin"),
    [("address", "exact", True), ("street", "exact", True), ("postal", "exact", False), ("town", "exact", False),
     ("address", "area", False), ("address", "on_request", False)],
)  # fmt: skip
def test_only_a_place_that_is_known_to_the_street_is_a_pin(precision: str, publicity: str, pin: bool) -> None:
    assert place(precision=precision, publicity=publicity).is_pin is pin


@pytest.mark.django_db
@pytest.mark.parametrize(
    "where", [{"latitude": 86}, {"latitude": -90}, {"longitude": 180.5}, {"latitude": float("nan")}]
)
def test_the_database_takes_no_place_off_the_map(where: dict[str, float]) -> None:
    with pytest.raises(IntegrityError, match="place_on_earth"), transaction.atomic():
        place(**where).save()

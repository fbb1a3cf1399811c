"""What the map may show: no private point, no approximate place as a pin, nothing unescaped, nothing from elsewhere."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from groups.geometry import snapped
from groups.map import Mark, draw
from groups.models import Group, MeetingSchedule, Place
from tests.groups.maps import IRVING, SECRET, Links, away, near, page, pin, scattered


def test_an_approximate_place_is_an_area_and_never_a_pin() -> None:
    map = draw(IRVING, 25, [near(away(IRVING, 9, 45)), pin(away(IRVING, 9, 225))])
    assert {(sign.name.split(",")[0], sign.kind) for sign in map.signs} == {
        ("Quiet Room", "area"),
        ("Tea on Tuesdays", "pin"),
    }
    html = page(map)
    assert "Quiet Room, about 9 miles, somewhere in this area" in html
    assert html.count('<use href="#map-house"/>') == 2  # the pin, and the key


@pytest.mark.parametrize("others", [[], [near(SECRET, "Two")], [near(away(SECRET, 4, 90), "Two")]])
def test_approximate_places_alone_never_make_a_house(others: list[Mark]) -> None:
    map = draw(IRVING, 25, [near(SECRET), *others])
    assert "pin" not in {sign.kind for sign in [*map.signs, *map.few_signs]}
    assert len(map.areas.spots) == len({snapped(mark.point) for mark in [near(SECRET), *others]})


@pytest.mark.parametrize("miles", [1, 5, 25, 250])
def test_a_private_point_leaves_no_trace(miles: float) -> None:
    """Whatever point of its cell a mark comes with, the map is the same to the byte."""
    shown = snapped(SECRET)
    assert page(draw(IRVING, miles, [near(SECRET)])) == page(draw(IRVING, miles, [near(shown)]))
    assert page(draw(shown, miles, [near(SECRET)])) == page(draw(shown, miles, [near(shown)]))


def test_an_area_has_the_size_of_its_cell() -> None:
    map = draw(IRVING, 5, [near(SECRET)])
    per_mile = map.rings[0].radius / 5
    assert map.areas.height / per_mile == pytest.approx(1.38, abs=0.03)
    assert map.areas.width / per_mile == pytest.approx(1.16, abs=0.03)
    assert min(draw(IRVING, 250, [near(SECRET)]).areas.height, map.areas.height) >= 24


def test_coordinates_are_nowhere_in_the_page() -> None:
    html = page(draw(IRVING, 25, [near(SECRET), pin(away(IRVING, 3, 10))], "Irving, TX"))
    assert not re.search(r"\b-?(?:32|96)\.\d", html)


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>', "</title></svg><img src=x onerror=a>", "A & B 'C'", "\u202e{{ 7 }}"]
)
def test_names_and_addresses_are_escaped(name: str) -> None:
    html = page(draw(IRVING, 25, [pin(IRVING, name, f"/groups/?q={name}")], name))
    assert "<script" not in html
    assert "<img" not in html
    links = Links(html).found
    assert links == [[f"/groups/?q={name}", f"{name}, less than a mile"]]


def test_nothing_in_the_drawing_asks_for_anything_or_carries_a_style() -> None:
    html = page(draw(IRVING, 50, scattered(IRVING, 50, 60), "Irving, TX"), list_id="results")
    assert not re.search(r"\b(?:style|on\w+|src)=", html)
    assert "http" not in html
    assert set(re.findall(r'<use [^>]*href="([^"]*)"', html)) <= {"#map-house", "#map-row", "#map-cell", "#map-ground"}


def place(**values: Any) -> Place:
    known = {"name": "Oak House", "street": "12 Elm & Oak St", "city": "Irving", "state": "TX", "postal_code": "75038"}
    return Place(**{**known, "latitude": SECRET.latitude, "longitude": SECRET.longitude, **values})


def where(shown: Place) -> str:
    meeting = MeetingSchedule(modality="in_person", place=shown)
    return render_to_string("groups/where.html", {"group": Group(), "detail": {"ways": [(meeting, "")]}})


def test_a_public_address_opens_in_the_map_program_of_the_device() -> None:
    link = "geo:32.87123,-96.95123?q=12%20Elm%20%26%20Oak%20St%2C%20Irving%2C%20TX%2075038"
    assert place().geo_link == link
    html = where(place())
    assert f'href="{link}"' in html
    assert "Oak House" in html
    assert "12 Elm &amp; Oak St, Irving, TX 75038" in html


def test_a_point_that_is_a_guess_is_not_given_as_exact() -> None:
    assert place(precision="postal").geo_link.startswith("geo:32.87,-96.95?q=12%20Elm")


@pytest.mark.parametrize("publicity", ["area", "on_request"])
def test_a_place_that_is_not_public_has_no_link(publicity: str) -> None:
    hidden = place(publicity=publicity)
    assert hidden.geo_link == ""
    html = where(hidden)
    assert "geo:" not in html
    assert not re.search(r"Elm|Oak|75038|32\.8|96\.9", html)
    assert "Irving, TX" in html

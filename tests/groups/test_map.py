"""The map of a search: true distances, no private point, links that can be pressed, and a size that stays small."""

import gzip
import math
import random
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import combinations
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from groups import towns
from groups.geometry import Point, miles_between, snapped
from groups.map import Map, Mark, Sign, draw
from groups.map.paper import Paper
from groups.models import Place
from mindspace.display import Display

IRVING = Point(32.8568, -96.9616)
PLACES = {
    "Irving, TX": IRVING,
    "Key West, FL": Point(24.5551, -81.7800),
    "Eastport, ME": Point(44.9062, -66.9900),
    "Detroit, MI": Point(42.3314, -83.0458),
    "Brownsville, TX": Point(25.9017, -97.4975),
    "Juneau, AK": Point(58.3019, -134.4197),
    "Utqiagvik, AK": Point(71.2906, -156.7886),
    "Adak, AK": Point(51.8800, -176.6581),
    "Honolulu, HI": Point(21.3069, -157.8583),
    "San Juan, PR": Point(18.4655, -66.1057),
    "Hagatna, GU": Point(13.4745, 144.7504),
    "Pago Pago, AS": Point(-14.2756, -170.7020),
}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def away(center: Point, miles: float, bearing: float) -> Point:
    """The point so far away on the sphere, in degrees clockwise from north."""
    latitude, turn = math.radians(center.latitude), math.radians(bearing)
    angle = miles * 1609.344 / 6_371_008.8
    sine = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * math.cos(turn)
    along = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(latitude), math.cos(angle) - math.sin(latitude) * sine
    )
    return Point(math.degrees(math.asin(sine)), center.longitude + math.degrees(along))


def pin(point: Point, name: str = "Tea on Tuesdays", href: str = "/groups/tea/") -> Mark:
    return Mark(point, True, href, name)


def near(point: Point, name: str = "Quiet Room", href: str = "/groups/quiet/") -> Mark:
    return Mark(point, False, href, name)


def scattered(center: Point, miles: float, count: int) -> list[Mark]:
    dice = random.Random(4)
    return [
        Mark(
            away(center, miles * dice.random() ** 0.5, dice.uniform(0, 360)),
            dice.random() < 0.7,
            f"/groups/g{i}/",
            f"G {i}",
        )
        for i in range(count)
    ]


def page(map: Map, **context: Any) -> str:
    request = RequestFactory().get("/groups/?where=75038&q=grief")
    return render_to_string("groups/map.html", {"map": map, "display": Display.default, **context}, request=request)


class Links(HTMLParser):
    """The links of a page: address and name, which is the title inside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and dict(attrs).get("class") == "map-sign":
            self.found.append([dict(attrs)["href"] or "", ""])
        self.in_title = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title and self.found:
            self.found[-1][1] += data


def rings_of(path: str) -> list[list[tuple[int, int]]]:
    """The closed lines of our own path data."""
    found = []
    for part in filter(None, path.split("M")):
        numbers = [int(number) for number in NUMBER.findall(part)]
        steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        line = [steps[0]]
        for right, down in steps[1:]:
            line.append((line[-1][0] + right, line[-1][1] + down))
        found.append(line)
    return found


def is_on_land(map: Map, x: float, y: float) -> bool:
    """By the even-odd rule over all rings."""
    inside = False
    for ring in rings_of(map.land.ground):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


# -- Distances ----------------------------------------------------------------------------------


@pytest.mark.parametrize("center", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("miles", [5, 25, 100, 250])
def test_distances_on_the_map_are_true(center: Point, miles: float) -> None:
    for bearing in range(20, 360, 85):
        point = away(center, miles * 0.9, bearing)
        map = draw(center, miles, [pin(point)])
        (sign,) = map.signs
        on_paper = math.dist((sign.x, sign.y), map.middle) / map.rings[0].radius * miles
        assert on_paper == pytest.approx(miles_between(center, point), rel=0.02)


@pytest.mark.parametrize(
    ("miles", "names"),
    [(1, ["1 mile"]), (5, ["5 miles", "2 miles"]), (25, ["25 miles", "10 miles"]), (30, ["30 miles", "10 miles"])],
)
def test_rings_stand_at_round_miles(miles: float, names: list[str]) -> None:
    map = draw(IRVING, miles, [])
    assert [ring.name for ring in map.rings] == names
    for ring in map.rings:
        shown = float(ring.name.split()[0])
        assert ring.radius / map.rings[0].radius == pytest.approx(shown / miles, rel=0.02)


@pytest.mark.parametrize(("asked", "drawn"), [(0, 1), (-3, 1), (0.2, 1), (900, 250), (float("inf"), 250)])
def test_a_distance_that_makes_no_map_is_brought_into_bounds(asked: float, drawn: float) -> None:
    assert draw(IRVING, asked, []).miles == drawn


# -- Places -------------------------------------------------------------------------------------


@pytest.mark.parametrize("center", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("miles", [1, 10, 50, 250])
def test_every_part_of_the_country_has_land_and_keeps_its_signs_inside(center: Point, miles: float) -> None:
    map = draw(center, miles, scattered(center, miles, 30))
    assert rings_of(map.land.ground)
    for sign in [*map.signs, *map.few_signs]:
        assert 0 < sign.x < map.width
        assert 0 < sign.y < map.height
    for town in map.towns:
        assert 0 < town.x < map.width
        assert 0 < town.y < map.height
    assert len(map.towns) <= 8
    xs_and_ys = [number for ring in rings_of(map.land.ground) for spot in ring for number in spot]
    assert min(xs_and_ys) >= -10
    assert max(xs_and_ys) <= 730


@pytest.mark.parametrize(
    ("center", "on_land", "at_sea"),
    [
        (IRVING, [Point(32.9, -97.2), Point(32.6, -96.7)], []),
        (Point(47.6062, -122.3321), [Point(47.61, -122.15), Point(47.75, -122.65)], [Point(47.6, -122.43)]),
        (Point(21.3069, -157.8583), [Point(21.45, -158.0)], [Point(21.2, -157.9), Point(21.6, -157.6)]),
        (Point(42.3314, -83.0458), [Point(42.4, -83.2)], [Point(42.2, -82.9)]),  # Canada is not on the map
        (Point(18.4655, -66.1057), [Point(18.25, -66.1)], [Point(18.6, -66.1)]),
        (Point(13.4745, 144.7504), [Point(13.35, 144.7)], [Point(13.5, 144.6)]),
    ],
)
def test_land_is_where_there_is_land(center: Point, on_land: list[Point], at_sea: list[Point]) -> None:
    map, paper = draw(center, 25, []), Paper(center, 25)
    assert all(is_on_land(map, *paper.spot(point)) for point in on_land)
    assert not any(is_on_land(map, *paper.spot(point)) for point in at_sea)


def test_borders_of_counties_and_states_are_told_apart() -> None:
    assert draw(IRVING, 25, []).land.counties
    assert not draw(IRVING, 25, []).land.states
    assert draw(Point(40.7128, -74.0060), 25, []).land.states


def test_far_out_at_sea_there_is_a_map_all_the_same() -> None:
    map = draw(Point(30.0, -40.0), 25, [])
    assert (map.land.ground, map.towns, map.signs) == ("", [], [])
    assert "Map of groups" in page(map)


def test_the_largest_towns_are_named_once_and_cover_nothing() -> None:
    map = draw(IRVING, 25, [])
    names = [town.name for town in map.towns]
    assert {"Dallas", "Fort Worth", "Arlington"} <= set(names)
    assert len(names) == len(set(names))
    boxes = [(town.text_x, town.text_y, len(town.name) * 17 * 0.6, town.side) for town in map.towns]
    lefts = [(x - {"start": 0, "middle": w / 2, "end": w}[side], y, w) for x, y, w, side in boxes]
    for (x1, y1, w1), (x2, y2, w2) in combinations(lefts, 2):
        assert x1 + w1 <= x2 or x2 + w2 <= x1 or abs(y1 - y2) >= 15


def test_towns_in_a_box_come_by_size() -> None:
    found = towns.largest_within(32.5, 33.2, -97.5, -96.5, 3)
    assert [str(town) for town in found] == ["Dallas, TX", "Fort Worth, TX", "Arlington, TX"]
    guam = towns.largest_within(13.2, 13.7, 144.6 - 360, 145.0 - 360, 20)
    assert guam
    assert {town.state for town in guam} == {"GU"}


# -- What may be shown --------------------------------------------------------------------------

SECRET = Point(32.871234, -96.951234)


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


# -- Signs --------------------------------------------------------------------------------------


def apart(signs: Sequence[Sign]) -> float:
    return min((math.dist((a.x, a.y), (b.x, b.y)) for a, b in combinations(signs, 2)), default=math.inf)


@pytest.mark.parametrize("count", [2, 40, 500])
def test_signs_never_cover_one_another_and_none_is_lost(count: int) -> None:
    marks = scattered(IRVING, 25, count)
    map = draw(IRVING, 25, marks)
    for signs, at_least in ((map.signs, 59), (map.few_signs, 112)):
        assert sum(sign.count for sign in signs) + map.beyond == count
        assert apart(signs) >= at_least
        assert len({sign.href for sign in signs}) == len(signs)
    assert len(map.signs) <= 48
    assert map.beyond == 0


def test_groups_at_one_place_are_one_sign_that_leads_to_the_first_of_them() -> None:
    door = away(IRVING, 3, 80)
    map = draw(IRVING, 10, [pin(door, "Grief, With Coffee", "#group-4"), pin(door, "Tea", "#group-9")])
    (sign,) = map.signs
    assert (sign.kind, sign.count, sign.href) == ("count", 2, "#group-4")
    assert sign.name == "2 groups around here, 3 miles: Grief, With Coffee and 1 more"
    assert map.signs == map.few_signs
    assert len(Links(page(map)).found) == 1


def test_what_is_off_the_sheet_is_counted() -> None:
    map = draw(IRVING, 10, [pin(away(IRVING, 3, 80)), pin(away(IRVING, 40, 80)), near(away(IRVING, 40, 180))])
    assert map.beyond == 2
    assert "2 groups lie beyond this map." in page(map)


def test_with_no_marks_the_page_says_so() -> None:
    html = page(draw(IRVING, 25, [], "Irving, TX"), list_id="results")
    assert "No group of this search has a place on this map." in html
    assert "Skip the map" not in html
    assert "Map of groups near Irving, TX" in html


def test_each_sign_is_a_link_with_a_name_and_its_distance() -> None:
    html = page(draw(IRVING, 25, [pin(away(IRVING, 2, 90)), pin(away(IRVING, 20, 90), "Far")]), list_id="results")
    assert Links(html).found == [["/groups/tea/", "Tea on Tuesdays, 2 miles"], ["/groups/tea/", "Far, 20 miles"]]
    assert 'href="#results"' in html
    assert 'role="img"' not in html


def test_numbers_are_written_for_svg_in_every_language() -> None:
    map = draw(IRVING, 30, scattered(IRVING, 30, 5))
    with translation.override("de"):
        assert 'r="88.0"' in page(map)


# -- Size, and data saver -----------------------------------------------------------------------


@pytest.mark.parametrize("where", ["New York, NY", "Irving, TX", "San Juan, PR", "Juneau, AK", "Baltimore, MD"])
@pytest.mark.parametrize("miles", [5, 25, 100, 250])
def test_the_map_is_at_most_six_kilobytes(where: str, miles: float) -> None:
    town = towns.find(where)
    assert town
    html = page(draw(town.point, miles, scattered(town.point, miles, 500), where), list_id="results")
    assert len(gzip.compress(html.encode(), 6)) <= 6 * 1024


def test_with_data_saved_the_map_waits_behind_a_link() -> None:
    map = draw(IRVING, 25, [pin(IRVING)])
    saver = Display(data_saver=True)
    html = page(map, display=saver)
    assert "<svg" not in html
    assert 'href="?where=75038&amp;q=grief&amp;map=1"' in html
    assert "<svg" in page(map, display=saver, map_wanted=True)


def test_without_a_map_there_is_nothing() -> None:
    assert render_to_string("groups/map.html", {"display": Display.default}).strip() == ""


# -- The visitor's own map program --------------------------------------------------------------


def place(**values: Any) -> Place:
    known = {"name": "Oak House", "street": "12 Elm & Oak St", "city": "Irving", "state": "TX", "postal_code": "75038"}
    return Place(**{**known, "latitude": SECRET.latitude, "longitude": SECRET.longitude, **values})


def test_a_public_address_opens_in_the_map_program_of_the_device() -> None:
    link = "geo:32.87123,-96.95123?q=12%20Elm%20%26%20Oak%20St%2C%20Irving%2C%20TX%2075038"
    assert place().geo_link == link
    html = render_to_string("groups/place_links.html", {"place": place()})
    assert f'href="{link}"' in html
    assert "Oak House" in html
    assert "12 Elm &amp; Oak St, Irving, TX 75038" in html


def test_a_point_that_is_a_guess_is_not_given_as_exact() -> None:
    assert place(precision="postal").geo_link.startswith("geo:32.87,-96.95?q=12%20Elm")


@pytest.mark.parametrize("publicity", ["area", "on_request"])
def test_a_place_that_is_not_public_has_no_link(publicity: str) -> None:
    hidden = place(publicity=publicity)
    assert hidden.geo_link == ""
    html = render_to_string("groups/place_links.html", {"place": hidden})
    assert "geo:" not in html
    assert not re.search(r"Elm|Oak|75038|32\.8|96\.9", html)
    assert "Irving, TX" in html

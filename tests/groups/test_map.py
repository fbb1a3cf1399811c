"""The sheet of the map: true distances, land where there is land, and a size that stays small."""

import gzip
import math
from itertools import combinations

import pytest
from django.template.loader import render_to_string

from groups import towns
from groups.geometry import Point, miles_between
from groups.map import draw
from groups.map.paper import HEIGHT, MARGIN, WIDTH, Paper, runs
from mindspace.display import Display
from tests.groups.maps import IRVING, PLACES, away, is_on_land, page, pin, rings_of, scattered


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


@pytest.mark.parametrize("center", PLACES.values(), ids=PLACES)
def test_no_line_goes_on_far_beyond_the_sheet(center: Point) -> None:
    """What is hidden there still counts as lying over the list below, for whoever measures what is on what."""
    for miles in (5, 25, 100):
        land = draw(center, miles, []).land
        for line in [*rings_of(land.ground), *rings_of(land.counties), *rings_of(land.states)]:
            assert all(-MARGIN <= x <= WIDTH + MARGIN and -MARGIN <= y <= HEIGHT + MARGIN for x, y in line)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ([(10, 10), (20, 20)], [[(10, 10), (20, 20)]]),
        ([(-376, 300), (1096, 300)], [[(-MARGIN, 300), (WIDTH + MARGIN, 300)]]),
        ([(100, 100), (100, 5000), (200, 5000), (200, 100)], [
            [(100, 100), (100, HEIGHT + MARGIN)], [(200, HEIGHT + MARGIN), (200, 100)],
        ]),
        ([(-500, 10), (-20, 10), (10, -500)], []),
        ([(-500, 700), (-20, 700)], []),
    ],
)  # fmt: skip
def test_a_line_is_kept_as_far_as_it_is_seen(line: list[tuple[int, int]], seen: list[list[tuple[int, int]]]) -> None:
    assert list(runs(line)) == seen


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


def test_no_name_stands_on_a_sign_or_on_the_words_of_a_ring() -> None:
    map = draw(IRVING, 25, scattered(IRVING, 25, 12))
    assert map.towns
    for town in map.towns:
        for ring in map.rings:
            assert abs(ring.y - town.text_y) > 17 or abs(ring.x - town.text_x) > 40
            assert abs(ring.y - town.y) > 8 or abs(ring.x - town.x) > 40
        for sign in map.signs:
            if town.side == "start" and town.text_x < sign.x:
                is_clear = town.text_x + len(town.name) * 10 <= sign.x - 20
                assert is_clear or abs(sign.y - town.text_y) > 20


def test_towns_in_a_box_come_by_size() -> None:
    found = towns.largest_within(32.5, 33.2, -97.5, -96.5, 3)
    assert [str(town) for town in found] == ["Dallas, TX", "Fort Worth, TX", "Arlington, TX"]
    guam = towns.largest_within(13.2, 13.7, 144.6 - 360, 145.0 - 360, 20)
    assert guam
    assert {town.state for town in guam} == {"GU"}


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

"""What people write as a place, and where it is taken to be."""

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups import towns
from groups.geometry import Point, is_likely, miles_between

IRVING = Point(32.857, -96.962)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("75038", "Irving, TX 75038"),
        (" 75038-1234 ", "Irving, TX 75038"),
        ("750381234", "Irving, TX 75038"),
        ("Irving, TX 75061", "Irving, TX 75061"),
        ("Irving", "Irving, TX"),
        ("irving tx", "Irving, TX"),
        ("IRVING,TEXAS", "Irving, TX"),
        ("Irving, Texas, USA", "Irving, TX"),
        ("Irving TX, United States", "Irving, TX"),
        ("Irving, TX 00000", "Irving, TX"),  # the ZIP is none, the town is one
        ("Ft. Worth, Texas", "Fort Worth, TX"),
        ("ft worth", "Fort Worth, TX"),
        ("St Louis", "Saint Louis, MO"),
        ("St. Louis, MO", "Saint Louis, MO"),
        ("E. St. Louis", "East Saint Louis, IL"),
        ("N. Las Vegas", "North Las Vegas, NV"),
        ("Mt. Vernon, N.Y.", "Mount Vernon, NY"),
        ("Winston-Salem", "Winston Salem, NC"),
        ("O'Fallon", "O Fallon, MO"),
        ("Coeur d’Alene", "Coeur D Alene, ID"),
        ("Lee's Summit", "Lees Summit, MO"),
        ("Española, NM", "Espanola, NM"),
        ("new york, new york", "New York, NY"),
        ("Washington", "Washington, DC"),
        ("Washington, D.C.", "Washington, DC"),
        ("Charleston, West Virginia", "Charleston, WV"),
        ("Portland Maine", "Portland, ME"),
        ("Kansas City", "Kansas City, MO"),
        ("Irving\x00", "Irving, TX"),
    ],
)
def test_the_ways_people_write_a_place(written: str, found: str) -> None:
    town = towns.find(written)
    assert town is not None
    assert (str(town), town.corrected) == (found, False)
    assert towns.find(town.written) is not None
    assert str(towns.find(town.written)) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [("irvign", "Irving, TX"), ("Dalas tx", "Dallas, TX"), ("Los Angelas", "Los Angeles, CA"),
     ("Fort Worht", "Fort Worth, TX"), ("Philidelphia", "Philadelphia, PA")],
)  # fmt: skip
def test_a_slip_is_forgiven_and_said(written: str, found: str) -> None:
    town = towns.find(written)
    assert town is not None
    assert (str(town), town.corrected) == (found, True)


@pytest.mark.parametrize(
    "written",
    ["", "   ", "\x00", "\x00" * 500, "tx", "Texas", "99999", "00000", "123", "750388", "12345678901", "1" * 10_000,
     "x" * 10_000, "qwzx plgh", "Nowhere, TX", "🙂", "' OR 1=1 --", "<script>", "..,,",
     "\u0661\u0662\u0663\u0664\u0665"],
)  # fmt: skip
def test_what_is_no_place(written: str) -> None:
    assert towns.find(written) is None


def test_ten_thousand_letters_cost_no_more_than_sixty() -> None:
    towns.find("Irving")
    begun = time.process_time()
    towns.find("irvign " * 10_000)
    assert time.process_time() - begun < 0.5


def test_of_several_towns_of_one_name_the_largest_is_meant_unless_the_state_is_said() -> None:
    largest, said = towns.find("Springfield"), towns.find("Springfield, Oregon")
    assert largest is not None
    assert said is not None
    assert largest.state in ("IL", "MA", "MO")  # not one of the thirty hamlets
    assert said.state == "OR"
    paris = towns.find("Paris")
    assert paris is not None
    assert paris.state == "TX"


def test_a_town_is_where_it_is() -> None:
    town = towns.find("Irving")
    assert town is not None
    assert miles_between(town.point, IRVING) < 3
    assert town.zone == "America/Chicago"
    assert town.point == Point(*(round(degrees, 4) for degrees in town.point))
    el_paso = towns.find("El Paso")
    assert el_paso is not None
    assert el_paso.zone == "America/Denver"


def test_a_zip_of_boxes_or_of_one_company_is_known_as_such() -> None:
    boxes, company, lived_in = towns.find("75016"), towns.find("11805"), towns.find("75038")
    assert boxes is not None
    assert company is not None
    assert lived_in is not None
    assert (str(boxes), boxes.is_area) == ("Irving, TX 75016", False)
    # The table has no point for this one: the town's stands in for it.
    assert (str(company), company.is_area) == ("Hicksville, NY 11805", False)
    assert is_likely(*company.point)
    assert lived_in.is_area


def test_every_row_has_a_place_on_earth_and_a_clock() -> None:
    atlas = towns.atlas()
    assert len(atlas.zips) > 40_000
    for zone in set(atlas.zones):
        ZoneInfo(zone)
    found = [towns.find(zip_code) for zip_code in list(atlas.zips)[::50]]
    assert all(town is None or is_likely(*town.point) for town in found)


@pytest.mark.parametrize(
    ("point", "found"),
    [
        (IRVING, "Irving, TX"),
        (Point(32.78, -96.8), "Dallas, TX"),
        (Point(21.31, -157.86), "Honolulu, HI"),
        (Point(61.21, -149.9), "Anchorage, AK"),
        (Point(25.79, -80.13), "Miami Beach, FL"),
    ],
)
def test_the_town_around_a_point(point: Point, found: str) -> None:
    assert str(towns.nearest(point)) == found


@pytest.mark.parametrize(
    "point", [(0, 0), (30, -60), (51.5, -0.1), (90, 0), (-90, 180), (float("nan"), 0), (float("inf"), 0)]
)
def test_out_at_sea_and_abroad_there_is_none(point: tuple[float, float]) -> None:
    assert towns.nearest(Point(*point)) is None


@given(st.text(max_size=200))
def test_no_text_is_too_odd(written: str) -> None:
    town = towns.find(written)
    assert town is None or is_likely(*town.point)

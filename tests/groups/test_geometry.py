"""Distances, Web Mercator, and the cells that keep a place private."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.geometry import (
    CELL_DEGREES,
    METERS_PER_MILE,
    NORTHERNMOST,
    Point,
    is_likely,
    mercator,
    miles_between,
    snapped,
    stretch,
)

points = st.builds(Point, st.floats(-85, 85), st.floats(-180, 180))
IRVING, DALLAS = Point(32.814, -96.9489), Point(32.7767, -96.797)


@pytest.mark.parametrize(
    ("one", "other", "miles"),
    [
        (IRVING, IRVING, 0),
        (IRVING, DALLAS, 9.2),
        (Point(40.7128, -74.006), Point(34.0522, -118.2437), 2446),  # New York and Los Angeles
        (Point(0, 179.9), Point(0, -179.9), 13.8),  # over the date line
        (Point(90, 0), Point(-90, 0), 12437),
    ],
)
def test_distances(one: Point, other: Point, miles: float) -> None:
    assert miles_between(one, other) == pytest.approx(miles, rel=0.005, abs=0.05)


@given(points, points)
def test_there_is_as_far_as_back(one: Point, other: Point) -> None:
    assert miles_between(one, other) == pytest.approx(miles_between(other, one))
    assert 0 <= miles_between(one, other) <= 12_440


@pytest.mark.parametrize(
    ("point", "x", "y"),
    [(Point(0, 0), 0, 0), (Point(0, 180), 20037508.34, 0), (IRVING, -10792302.2, 3871088.9),
     (Point(90, 0), 0, 20037471.2)],
)  # fmt: skip
def test_web_mercator(point: Point, x: float, y: float) -> None:
    # The figures of EPSG:3857; beyond the square's edge it stays at the edge.
    edge = abs(point.latitude) > NORTHERNMOST
    found = mercator(point)
    assert found[0] == pytest.approx(x, abs=0.5)
    if edge:
        assert found == mercator(Point(NORTHERNMOST, point.longitude))
    else:
        radians = math.radians(point.latitude)
        assert found[1] == pytest.approx(6_378_137.0 * math.asinh(math.tan(radians)), abs=0.01)


@given(st.builds(Point, st.floats(-70, 70), st.floats(-170, 170)), st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
def test_near_by_the_map_is_as_far_as_on_earth(point: Point, up: float, along: float) -> None:
    """Meters of the map, taken back by `stretch`, are true ones to within one percent for a few miles."""
    other = Point(point.latitude + up, point.longitude + along)
    (x, y), (x_too, y_too) = mercator(point), mercator(other)
    middle = (point.latitude + other.latitude) / 2
    by_map = math.hypot(x - x_too, y - y_too) / stretch(middle) / METERS_PER_MILE
    assert by_map == pytest.approx(miles_between(point, other), rel=0.01, abs=1e-6)


@given(points)
def test_a_cell_has_one_middle_and_it_is_near(point: Point) -> None:
    middle = snapped(point)
    assert snapped(middle) == middle
    for own, its in zip(point, middle, strict=True):
        assert abs(own - its) <= CELL_DEGREES / 2 + 1e-6


@given(points, st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_all_points_of_a_cell_have_the_same_middle(point: Point, up: float, along: float) -> None:
    corner = [degrees - CELL_DEGREES / 2 for degrees in snapped(point)]
    inside = Point(corner[0] + up * CELL_DEGREES, corner[1] + along * CELL_DEGREES)
    assert snapped(inside) == snapped(point)


@pytest.mark.parametrize(
    ("latitude", "longitude", "likely"),
    [
        (32.8, -96.9, True), (0, 0, False), (0.001, -0.001, False), (0, 30, True), (91, 0, False), (-86, 20, False),
        (10, 181, False), (float("nan"), 5, False), (5, float("nan"), False), (float("inf"), 0, False),
    ],
)  # fmt: skip
def test_where_somebody_can_meet(latitude: float, longitude: float, likely: bool) -> None:
    assert is_likely(latitude, longitude) is likely

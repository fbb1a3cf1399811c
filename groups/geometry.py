"""Where things are: degrees to meters and back, distances, and the coarse cells that keep a place private.

Coordinates are WGS 84 in degrees, `(latitude, longitude)`; meters are those of Web Mercator (EPSG:3857), which stretch
with the latitude: `stretch` says by how much.
"""

import math
from typing import NamedTuple

EARTH_METERS = 6_371_008.8  # mean radius, IUGG
MERCATOR_METERS = 6_378_137.0  # the sphere of EPSG:3857
NORTHERNMOST = 85.05  # where the square of Web Mercator ends
METERS_PER_MILE = 1609.344
# The side of the cell that an "area" is known by: about 2 km north to south, and less than that east to west.
CELL_DEGREES = 0.02


class Point(NamedTuple):
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


def is_likely(latitude: float, longitude: float) -> bool:
    """Whether these can be where somebody meets: on Earth, a number, and not 0, 0, which stands for "unknown"."""
    on_earth = -NORTHERNMOST <= latitude <= NORTHERNMOST and -180 <= longitude <= 180
    return on_earth and (abs(latitude) > 0.01 or abs(longitude) > 0.01)


def miles_between(one: Point, other: Point) -> float:
    """The great-circle distance (haversine), in miles."""
    latitude, latitude_too = math.radians(one.latitude), math.radians(other.latitude)
    half_up = math.sin((latitude_too - latitude) / 2)
    half_along = math.sin(math.radians(other.longitude - one.longitude) / 2)
    chord = half_up**2 + math.cos(latitude) * math.cos(latitude_too) * half_along**2
    return 2 * EARTH_METERS * math.asin(min(1.0, math.sqrt(chord))) / METERS_PER_MILE


def westward(longitude: float) -> float:
    """The longitude counted west from Greenwich all around, 0 to -360: so the country has no seam at the date line."""
    return longitude - 360 if longitude > 0 else longitude


def mercator(point: Point) -> tuple[float, float]:
    """`(x, y)` in meters of EPSG:3857."""
    latitude = max(-NORTHERNMOST, min(NORTHERNMOST, point.latitude))
    y = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return MERCATOR_METERS * math.radians(point.longitude), MERCATOR_METERS * y


def stretch(latitude: float) -> float:
    """How many meters of EPSG:3857 one true meter is at `latitude`."""
    return 1 / math.cos(math.radians(max(-NORTHERNMOST, min(NORTHERNMOST, latitude))))


def snapped(point: Point) -> Point:
    """The middle of the cell that `point` lies in: one for all that is in the cell, so nothing can be averaged out."""
    return Point(*(round((math.floor(degrees / CELL_DEGREES) + 0.5) * CELL_DEGREES, 6) for degrees in point))

"""The sheet that a map is drawn on: from degrees to units of the view box and back, lines cut to it and made simple.

The projection is azimuthal equidistant around the middle: every distance from the middle is true, so a ring of ten
miles is a circle (Snyder, Map Projections: A Working Manual, USGS 1987, chapter 25). A unit is one pixel at the widest.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from groups.geometry import EARTH_METERS, METERS_PER_MILE, Point, westward

WIDTH, HEIGHT = 720, 600
RADIUS = 264  # of the widest ring
LEAST_MILES, MOST_MILES = 1.0, 250.0
EARTH_MILES = EARTH_METERS / METERS_PER_MILE
MARGIN = 8  # how far lines go on beyond the edge, so that their ends are not seen
Spot = tuple[float, float]


class Box(NamedTuple):
    """Degrees; the longitudes are `westward`."""

    south: float
    north: float
    west: float
    east: float


class Paper:
    """A sheet with `center` in its middle, on which `miles` reach to the widest ring."""

    def __init__(self, center: Point, miles: float) -> None:
        self.center = center
        self.miles = max(LEAST_MILES, min(MOST_MILES, miles))
        self.units_per_mile = RADIUS / self.miles
        latitude = math.radians(center.latitude)
        self._sine, self._cosine = math.sin(latitude), math.cos(latitude)

    def spot(self, point: Point) -> Spot:
        """Where on the sheet a point of the Earth is: x to the right and y downwards."""
        latitude, along = math.radians(point.latitude), math.radians(point.longitude - self.center.longitude)
        sine, cosine = math.sin(latitude), math.cos(latitude)
        x = cosine * math.sin(along)
        y = self._cosine * sine - self._sine * cosine * math.cos(along)
        chord = math.hypot(x, y)
        angle = math.atan2(chord, self._sine * sine + self._cosine * cosine * math.cos(along))
        stretch = (angle / chord if chord else 1) * EARTH_MILES * self.units_per_mile
        return WIDTH / 2 + x * stretch, HEIGHT / 2 - y * stretch

    def box(self) -> Box:
        """The degrees that the sheet covers, corners and all."""
        reach = math.hypot(WIDTH / 2 + MARGIN, HEIGHT / 2 + MARGIN) / self.units_per_mile / EARTH_MILES
        high = math.degrees(reach)
        wide = math.degrees(math.asin(min(1.0, math.sin(reach) / max(self._cosine, 1e-9))))
        latitude, longitude = self.center.latitude, westward(self.center.longitude)
        return Box(latitude - high, latitude + high, longitude - wide, longitude + wide)


def shows(spot: Spot, edge: float = 0) -> bool:
    """Whether a spot is on the sheet, at least `edge` from its rim."""
    return edge <= spot[0] <= WIDTH - edge and edge <= spot[1] <= HEIGHT - edge


def simple(line: Sequence[Spot], tolerance: float) -> list[Spot]:
    """The line with as few of its points as keep it within `tolerance` (Douglas and Peucker 1973); its ends stay."""
    keep = {0, len(line) - 1}
    stretches = [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        (x, y), (x_too, y_too) = line[first], line[last]
        along, up = x_too - x, y_too - y
        length = math.hypot(along, up)
        farthest, its_index = tolerance, None
        for index in range(first + 1, last):
            right, down = line[index][0] - x, line[index][1] - y
            away = abs(along * down - up * right) / length if length else math.hypot(right, down)
            if away > farthest:
                farthest, its_index = away, index
        if its_index is not None:
            keep.add(its_index)
            stretches += [(first, its_index), (its_index, last)]
    return [line[index] for index in sorted(keep)]


def cut(ring: Sequence[Spot]) -> list[Spot]:
    """The part of a ring that is on the sheet and its margin (Sutherland and Hodgman 1974)."""
    spots = list(ring)
    for axis, edge, sign in ((0, -MARGIN, 1), (0, WIDTH + MARGIN, -1), (1, -MARGIN, 1), (1, HEIGHT + MARGIN, -1)):
        before, spots = spots, []
        for index, spot in enumerate(before):
            last = before[index - 1]
            here, there = (spot[axis] - edge) * sign, (last[axis] - edge) * sign
            if (here < 0) != (there < 0):
                part = there / (there - here)
                spots.append((last[0] + (spot[0] - last[0]) * part, last[1] + (spot[1] - last[1]) * part))
            if here >= 0:
                spots.append(spot)
    return spots


def within(one: Spot, other: Spot) -> tuple[Spot, Spot] | None:
    """The part of a straight line that is on the sheet and its margin (Liang and Barsky 1984)."""
    first, last = 0.0, 1.0
    along = other[0] - one[0], other[1] - one[1]
    for axis, most in ((0, WIDTH + MARGIN), (1, HEIGHT + MARGIN)):
        for step, room in ((-along[axis], one[axis] + MARGIN), (along[axis], most - one[axis])):
            if step < 0:
                first = max(first, room / step)
            elif step > 0:
                last = min(last, room / step)
            elif room < 0:
                return None
    if first > last:
        return None
    begins, ends = ((one[0] + along[0] * part, one[1] + along[1] * part) for part in (first, last))
    return begins, other if last == 1 else ends


def runs(line: Sequence[Spot]) -> Iterable[list[Spot]]:
    """The stretches of a line that may be seen."""
    run: list[Spot] = []
    for one, other in pairwise(line):
        seen = within(one, other)
        if run and (seen is None or run[-1] != seen[0]):
            yield run
            run = []
        if seen is not None:
            run = run or [seen[0]]
            run.append(seen[1])
    if run:
        yield run


def area(ring: Sequence[Spot]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x * y_too - x_too * y for (x, y), (x_too, y_too) in pairs)) / 2


def path(lines: Iterable[Sequence[Spot]], *, closed: bool = False) -> str:
    """SVG path data in whole units, each line as a start and its steps (SVG 2, 9.3)."""
    written: list[str] = []
    for line in lines:
        x, y = round(line[0][0]), round(line[0][1])
        start, steps = f"M{x} {y}l", ""
        for spot in line[1:]:
            right, down = round(spot[0]) - x, round(spot[1]) - y
            if right or down:
                steps += f" {right} {down}"
                x, y = x + right, y + down
        if steps:
            written.append(start + steps.replace(" -", "-").lstrip() + ("z" if closed else ""))
    return "".join(written)

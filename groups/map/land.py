"""What lies under the signs: the land, and the borders of counties and states on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from groups.geometry import Point
from groups.map.outlines import outlines
from groups.map.paper import Paper, Spot, area, cut, path, runs, simple

# The table's points lie on a grid; below its mesh a wiggle is not a bend of the river.
MESH_MILES = 0.1
LEAST_AREA = 12  # square units: a smaller island is a crumb
MOST_COUNTIES = 240  # with more of them, their borders would be a net over everything
LONGEST = 6_500  # letters of path data, 2.5 KB as sent; borders that are too winding for that are drawn plainer


@dataclass(frozen=True)
class Land:
    """SVG path data in units of the sheet."""

    ground: str
    counties: str
    states: str

    def __len__(self) -> int:
        return len(self.ground) + len(self.counties) + len(self.states)


class Stretch(NamedTuple):
    """A border on the sheet: its two ends, and its spots from the first to the second."""

    kind: str  # "shore", "county" or "state"
    start: Point
    end: Point
    spots: list[Spot]


def land(paper: Paper) -> Land:
    tolerance = max(1.0, MESH_MILES * paper.units_per_mile)
    stretches = list(borders(paper))
    for plainer in (1, 2, 4):
        drawn = drawn_within(stretches, tolerance * plainer)
        if len(drawn) <= LONGEST:
            return drawn
    return replace(drawn, counties="")


def borders(paper: Paper) -> Iterator[Stretch]:
    """The borders that may be seen, those of the sea and of the country with the land to their right."""
    table = outlines()
    counties = table.counties(*paper.box())
    for border in table.borders(counties):
        if border.left == border.right:
            continue
        kind = "shore"
        if border.left is not None and border.right is not None:
            kind = "county" if table.states[border.left] == table.states[border.right] else "state"
        if kind == "county" and len(counties) > MOST_COUNTIES:
            continue
        line = table.line(border.number)
        spots = [paper.spot(point) for point in line]
        if border.right is not None:
            yield Stretch(kind, line[0], line[-1], spots)
        else:
            yield Stretch(kind, line[-1], line[0], spots[::-1])


def drawn_within(stretches: Iterable[Stretch], tolerance: float) -> Land:
    plain = [stretch._replace(spots=simple(stretch.spots, tolerance)) for stretch in stretches]
    ground = [cut(ring) for ring in rings(stretch for stretch in plain if stretch.kind == "shore")]
    seen = [ring for ring in ground if len(ring) > 2 and area(ring) > LEAST_AREA]
    counties, states = (
        path(run for stretch in plain if stretch.kind == kind for run in runs(stretch.spots))
        for kind in ("county", "state")
    )
    return Land(path(seen, closed=True), counties, states)


def rings(stretches: Iterable[Stretch]) -> list[list[Spot]]:
    """The stretches joined where one begins as another ends."""
    by_start: dict[Point, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_start[stretch.start].append(stretch)
    found: list[list[Spot]] = []
    while by_start:
        start = end = next(iter(by_start))
        ring: list[Spot] = []
        while waiting := by_start.get(end):
            stretch = waiting.pop()
            if not waiting:
                del by_start[end]
            ring += stretch.spots[:-1]
            end = stretch.end
            if end == start:
                break
        found.append(ring)
    return found

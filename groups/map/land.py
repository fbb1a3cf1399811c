"""What lies under the marks: the land, and the borders of counties and states on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from groups.geometry import Point
from groups.map.outlines import outlines
from groups.map.paper import Paper, Spot, area, cut, path, runs, simple

# The table's points lie on a grid; below its mesh a wiggle is not a bend of the river.
MESH_MILES = 0.1
LEAST_AREA = 12  # square units: a smaller island is a crumb
COUNTIES_UP_TO = 160  # miles; beyond, their borders would be a net over everything
Stretch = tuple[Point, Point, list[Spot]]  # a border's two ends, and its spots from the first to the second


@dataclass(frozen=True)
class Land:
    """SVG path data in units of the sheet."""

    ground: str
    counties: str
    states: str


def land(paper: Paper) -> Land:
    table = outlines()
    counties = table.counties(*paper.box())
    tolerance = max(1.0, MESH_MILES * paper.units_per_mile)
    shore: list[Stretch] = []
    inner: dict[bool, list[list[Spot]]] = {True: [], False: []}
    for border in table.borders(counties):
        if border.left == border.right:
            continue
        between = border.left is not None and border.right is not None
        of_state = between and table.states[border.left or 0] != table.states[border.right or 0]
        if between and not of_state and paper.miles > COUNTIES_UP_TO:
            continue
        line = table.line(border.number)
        spots = simple([paper.spot(point) for point in line], tolerance)
        if between:
            inner[of_state] += runs(spots)
        elif border.right is not None:
            shore.append((line[0], line[-1], spots))
        else:
            shore.append((line[-1], line[0], spots[::-1]))
    seen = [ring for ring in map(cut, rings(shore)) if len(ring) > 2 and area(ring) > LEAST_AREA]
    return Land(path(seen, closed=True), path(inner[False]), path(inner[True]))


def rings(stretches: Iterable[Stretch]) -> list[list[Spot]]:
    """The stretches joined where one begins as another ends. The land is to their right all the way."""
    by_start: dict[Point, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_start[stretch[0]].append(stretch)
    found: list[list[Spot]] = []
    while by_start:
        start = end = next(iter(by_start))
        ring: list[Spot] = []
        while waiting := by_start.get(end):
            _, ending, spots = waiting.pop()
            if not waiting:
                del by_start[end]
            ring += spots[:-1]
            end = ending
            if end == start:
                break
        found.append(ring)
    return found

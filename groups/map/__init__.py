"""The map of a search: drawn on the server, as an SVG of our own, with no request to anybody.

`draw` gives plain numbers and words, and the template groups/map.html makes a picture of them. Everything on it is in
the list of results too, in words.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from groups.geometry import Point, miles_between
from groups.map.labels import Ring, TownName, rings, taken_by_signs, town_names
from groups.map.land import Land, land
from groups.map.paper import HEIGHT, WIDTH, Paper
from groups.map.signs import Areas, Mark, Sign, areas, lists_of, signs

__all__ = ["Map", "Mark", "Sign", "draw", "fitted"]


@dataclass(frozen=True)
class Map:
    """A map in units of its view box, x to the right and y downwards.

    `signs` are for a wide screen, `few_signs` the same for a phone, where they stand further apart. `lists` are the
    signs whose groups are listed below the map. `beyond` counts the marks that lie off the sheet. `name` says what is
    in the middle, such as "Irving, TX".
    """

    name: str
    miles: float
    land: Land
    rings: list[Ring]
    towns: list[TownName]
    areas: Areas
    signs: list[Sign]
    few_signs: list[Sign]
    lists: list[Sign]
    beyond: int
    width: int = WIDTH
    height: int = HEIGHT
    middle: tuple[int, int] = (WIDTH // 2, HEIGHT // 2)


LEAST_SHOWN = 2  # miles: nearer than that, a map without streets tells nobody more


def fitted(center: Point, miles: float, marks: Sequence[Mark]) -> float:
    """How many miles to draw: to the farthest mark, but no more than `miles`. Without marks, all of them."""
    if not marks:
        return miles
    farthest = max(miles_between(center, mark.shown_point) for mark in marks)
    return min(miles, max(LEAST_SHOWN, math.ceil(farthest)))


def draw(center: Point, miles: float, marks: Sequence[Mark], name: str = "") -> Map:
    """The map of `miles` around `center`, between 1 and 250. Marks carry public points and addresses of this site."""
    paper = Paper(center, miles)
    found, fewer = signs(paper, marks)
    taken = taken_by_signs([(sign.x, sign.y) for sign in found] + [(WIDTH / 2, HEIGHT / 2)])
    circles = rings(paper, taken)
    return Map(
        name=name,
        miles=paper.miles,
        land=land(paper),
        rings=circles,
        towns=town_names(paper, taken, circles),
        areas=areas(paper, marks),
        signs=found,
        few_signs=fewer,
        lists=lists_of([*found, *fewer]),
        beyond=len(marks) - sum(sign.count for sign in found),
    )

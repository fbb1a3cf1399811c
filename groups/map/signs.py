"""The marks of a map, put where they can be told apart and pressed: near ones become one sign with their number."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from groups.geometry import CELL_DEGREES, Point, miles_between, snapped
from groups.map.paper import EARTH_MILES, HEIGHT, WIDTH, Paper, Spot, shows

# How far apart signs stand, so that each can be pressed with a thumb: 44 pixels, on a sheet that is 530 pixels wide,
# and on that of a phone of 320, where it is 288, or 272 with roomy text.
APART, FAR_APART = 60, 118
MOST_SIGNS = 48
MOST_AREAS = 96
MOST_LISTED = 48  # of more marks, a sign of several leads to the first of them
EDGE = 20  # a sign nearer to the rim than that would be cut
LEAST_CELL = 26  # units: an area that is smaller on the sheet is drawn so large


@dataclass(frozen=True)
class Mark:
    """A group on the map: its public point, whether that is the place itself, where it leads, and its name."""

    point: Point
    is_pin: bool
    href: str
    name: str

    @property
    def shown_point(self) -> Point:
        """What is not a pin is the middle of its cell here too, whatever point it came with."""
        return self.point if self.is_pin else snapped(self.point)


@dataclass(frozen=True)
class Sign:
    """A link on the map. `kind` is "pin", "area" (somewhere in one cell) or "count" (several, of either kind).

    `listed` are the marks of a sign of several, which leads to a list of them.
    """

    x: int
    y: int
    kind: str
    count: int
    href: str
    name: str
    listed: tuple[Mark, ...] = ()

    @property
    def list_id(self) -> str:
        return self.href.removeprefix("#")


@dataclass(frozen=True)
class Areas:
    """Where the groups are that show only an area: the middles, and the size of all of them, in units."""

    spots: tuple[tuple[int, int], ...]
    width: int
    height: int

    @property
    def corner(self) -> tuple[float, float]:
        return -self.width / 2, -self.height / 2


def signs(paper: Paper, marks: Sequence[Mark]) -> tuple[list[Sign], list[Sign]]:
    """Signs for the marks that are on the sheet, the nearest to its middle first; for a wide screen and for a phone.

    Each stands where its first mark is. Those for the phone stand where some of the others do.
    """
    spots = {mark: paper.spot(mark.shown_point) for mark in marks}
    seen = [mark for mark in marks if shows(spots[mark], EDGE)]
    seen.sort(key=lambda mark: math.dist(spots[mark], (WIDTH / 2, HEIGHT / 2)))
    apart = APART
    while len(heaps := heaped([[mark] for mark in seen], spots, apart)) > MOST_SIGNS:
        apart = apart * 5 // 4
    fewer = heaped(heaps, spots, max(FAR_APART, apart))
    lists = len(marks) <= MOST_LISTED
    many, few = ([sign(paper, heap, spots[heap[0]], lists=lists) for heap in some] for some in (heaps, fewer))
    return many, few


def heaped(heaps: Sequence[list[Mark]], spots: dict[Mark, Spot], apart: float) -> list[list[Mark]]:
    """Larger heaps: each of these goes to the first of those that it is nearer to than `apart`."""
    larger: list[list[Mark]] = []
    for heap in heaps:
        near = (other for other in larger if math.dist(spots[other[0]], spots[heap[0]]) < apart)
        if (home := next(near, None)) is not None:
            home += heap
        else:
            larger.append([*heap])
    return larger


def lists_of(signs: Iterable[Sign]) -> list[Sign]:
    """The signs that lead to a list, each list once: one for the phone may be one for a wide screen."""
    return list({sign.href: sign for sign in signs if sign.listed}.values())


def sign(paper: Paper, heap: Sequence[Mark], spot: Spot, *, lists: bool) -> Sign:
    first, count = heap[0], len(heap)
    is_one_spot = len({mark.shown_point for mark in heap}) == 1
    is_one_area = is_one_spot and not any(mark.is_pin for mark in heap)
    kind = "area" if is_one_area else "pin" if count == 1 else "count"
    away = distance(miles_between(paper.center, first.shown_point)) if is_one_spot else ""
    name = named(first, count, kind, away)
    x, y = round(spot[0]), round(spot[1])
    if count == 1 or not lists:
        return Sign(x, y, kind, count, first.href, name)
    return Sign(x, y, kind, count, f"#map-{x}-{y}-{count}", name, tuple(heap))


def named(first: Mark, count: int, kind: str, away: str) -> str:
    """What the link is called."""
    values = {"name": first.name, "away": away, "count": count, "more": count - 1}
    if count == 1 and kind == "pin":
        return gettext("%(name)s, %(away)s") % values
    if count == 1:
        return gettext("%(name)s, about %(away)s, somewhere in this area") % values
    if kind == "area":
        return gettext("%(count)s groups somewhere in this area, about %(away)s: %(name)s and %(more)s more") % values
    if away:
        return gettext("%(count)s groups here, %(away)s: %(name)s and %(more)s more") % values
    return gettext("%(count)s groups around here: %(name)s and %(more)s more") % values


def distance(miles: float) -> str:
    whole = round(miles)
    if not whole:
        return gettext("less than a mile")
    return ngettext("%(miles)s mile", "%(miles)s miles", whole) % {"miles": whole}


def areas(paper: Paper, marks: Sequence[Mark]) -> Areas:
    """The cells that the marks which are no pins lie in, once each."""
    middles = {mark.shown_point for mark in marks if not mark.is_pin}
    spots = sorted({(round(x), round(y)) for x, y in map(paper.spot, middles) if shows((x, y))})
    high = math.radians(CELL_DEGREES) * EARTH_MILES * paper.units_per_mile
    wide = high * math.cos(math.radians(paper.center.latitude))
    return Areas(tuple(spots[:MOST_AREAS]), max(LEAST_CELL, round(wide)), max(LEAST_CELL, round(high)))

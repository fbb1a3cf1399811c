"""Words on a map: the distance rings and the towns, each where it covers no other word and no sign."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from groups import towns
from groups.map.paper import HEIGHT, WIDTH, Paper, shows

MOST_TOWNS = 8
CANDIDATES = 60
# The letters' size in units: on a phone they are twice as large on the sheet as on a wide screen (group-map.css).
LARGE, SMALL = 34, 17
LETTER = 0.6  # of the size: the width of a letter, with some to spare
DOT = 7  # from a town's dot to its name
SIGN = 25  # half of a sign, about
CLEAR = 38  # from a town's dot to its name on the other side of a sign that hides the dot
ROUND_MILES = (1, 2, 5, 10, 25, 50, 100, 250)
# Where on a ring its words may stand, best first: at its foot, at its head, then all around. Right and down, in radii.
AROUND = [(math.sin(math.radians(turn)), math.cos(math.radians(turn))) for turn in (0, 180, *range(15, 360, 15))]


@dataclass(frozen=True)
class Ring:
    """A circle around the middle, and where its words stand."""

    radius: float
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class TownName:
    """A town's dot, and its name beside it; `side` is "start", "end" or "middle" as text-anchor has it.

    Where `wide_only`, there is room for the name only where letters are small.
    """

    name: str
    x: int
    y: int
    text_x: int
    text_y: int
    side: str
    wide_only: bool


@dataclass(frozen=True)
class Block:
    """A rectangle that is taken, in units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Block") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    @property
    def is_on_the_sheet(self) -> bool:
        return shows((self.left, self.top), 2) and shows((self.right, self.bottom), 2)


def words(text: str, x: float, y: float, size: float, side: str = "middle") -> Block:
    """What a text takes whose baseline begins, ends or has its middle at `x, y`."""
    width = len(text) * size * LETTER
    left = {"start": x, "middle": x - width / 2, "end": x - width}[side]
    return Block(left, y - size * 0.85, left + width, y + size * 0.3)


def taken_by_signs(spots: Iterable[tuple[float, float]]) -> list[Block]:
    return [Block(x - SIGN, y - SIGN, x + SIGN, y + SIGN) for x, y in spots]


def rings(paper: Paper, signs: Sequence[Block]) -> list[Ring]:
    """The widest ring, and one of round miles inside it."""
    inner = max((miles for miles in ROUND_MILES if miles <= paper.miles / 2), default=None)
    found = []
    for miles in filter(None, (paper.miles, inner)):
        radius = miles * paper.units_per_mile
        shown = int(miles) if miles == int(miles) else round(miles, 1)
        name = ngettext("%(miles)s mile", "%(miles)s miles", int(miles)) % {"miles": shown}
        middle, baseline = WIDTH / 2, HEIGHT / 2 + LARGE * 0.3
        places = [(middle + radius * right, baseline + radius * down) for right, down in AROUND]
        blocks = {place: words(name, *place, LARGE) for place in places}
        x, y = min(places, key=lambda place: sum(blocks[place].meets(sign) for sign in signs))
        found.append(Ring(round(radius, 1), name, round(x), round(y)))
    return found


def town_names(paper: Paper, signs: Sequence[Block], rings: Sequence[Ring]) -> list[TownName]:
    """The largest towns that have room, at most eight."""
    of_rings = [words(ring.name, ring.x, ring.y, LARGE) for ring in rings]
    taken = [*signs, *of_rings]
    found: list[TownName] = []
    candidates = [(town.name, paper.spot(town.point)) for town in towns.largest_within(*paper.box(), CANDIDATES)]
    for size in (LARGE, SMALL):
        for name, (x, y) in candidates:
            dot = Block(x - DOT, y - DOT, x + DOT, y + DOT)
            if len(found) == MOST_TOWNS or any(town.name == name for town in found):
                continue
            if not dot.is_on_the_sheet or any(dot.meets(other) for other in of_rings):
                continue
            is_hidden = any(dot.meets(sign) for sign in signs)
            for side, text_x, text_y in placings(x, y, size, is_hidden=is_hidden):
                block = words(name, text_x, text_y, size, side)
                if block.is_on_the_sheet and not any(block.meets(other) for other in taken):
                    taken += [block, dot]
                    spot = (round(x), round(y), round(text_x), round(text_y))
                    found.append(TownName(name, *spot, side, wide_only=size == SMALL))
                    break
    return found


def placings(x: float, y: float, size: float, *, is_hidden: bool) -> list[tuple[str, float, float]]:
    """Where a name can stand: beside its dot or at its corners; beside the sign where one hides the dot."""
    level, above, below = y + size * 0.35, y - DOT, y + DOT + size * 0.8
    beside = [("start", x + DOT, level), ("end", x - DOT, level), ("middle", x, above), ("middle", x, below)]
    corners = [(side, edge, line) for line in (above, below) for side, edge in (("start", x), ("end", x))]
    if not is_hidden:
        return beside + corners
    around = [("start", x + CLEAR, level), ("end", x - CLEAR, level)]
    over_and_under = [("middle", x, y - CLEAR), ("middle", x, y + CLEAR + size * 0.8)]
    return beside + corners + around + over_and_under

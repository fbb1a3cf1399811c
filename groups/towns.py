"""ZIP codes and towns of the United States, offline: what somebody writes as a place, and where that is.

The table is made by groups/data/make_towns.py. It is read on first use and stays, as arrays: some 12 MB a process.
"""

import gzip
import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from statistics import median

from groups.geometry import Point, is_likely, miles_between, westward
from mindspace.spelling import distance

TABLE = Path(__file__).parent / "data" / "towns.tsv.gz"
LONGEST = 60
FARTHEST_MILES = 60  # further from the nearest ZIP than that, and a point is not in the country
STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY", "guam": "GU",
    "virgin islands": "VI", "american samoa": "AS", "northern mariana islands": "MP",
}  # fmt: skip
ABBREVIATIONS = frozenset(STATES.values())
LONG = {"ft": "fort", "st": "saint", "mt": "mount", "n": "north", "s": "south", "e": "east", "w": "west"}
_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-?\d{4})?(?!\d)")
_COUNTRY = re.compile(r"[\s,]+(?:u\.?s\.?a?\.?|united states(?: of america)?)$", re.IGNORECASE)
_INITIALS = re.compile(r"\b([A-Za-z])\.\s?([A-Za-z])\b\.?")


@dataclass(frozen=True)
class Town:
    """A town, or a ZIP code with its town: `zip_code` is empty for a town as a whole."""

    name: str
    state: str
    point: Point
    zone: str
    zip_code: str = ""
    corrected: bool = False  # it was written otherwise
    is_area: bool = True  # people live there; else its ZIP is of boxes or of one company, and the point a guess

    def __str__(self) -> str:
        return f"{self.name}, {self.state}" + (f" {self.zip_code}" if self.zip_code else "")

    @property
    def written(self) -> str:
        """The shortest way to write it in a search field."""
        return self.zip_code or f"{self.name}, {self.state}"


def find(written: str) -> Town | None:
    """The place that somebody means: "75038", "Irving", "irving tx", "Ft. Worth, Texas", and near misses of these.

    Of several towns with one name the one with the most ZIP codes is meant, which is a fair guess at the largest.
    """
    text = " ".join(written[: 2 * LONGEST].replace("\x00", " ").split())[:LONGEST]
    known = atlas()
    if zip_code := _ZIP.search(text):
        if town := known.by_zip(zip_code[1]):
            return town
        text = text.replace(zip_code[0], " ")
    name, state = _split(_COUNTRY.sub("", text.strip(" ,")))
    if not name:
        return None
    return known.named(name, state) or known.almost_named(name, state)


def exactly(name: str, state: str) -> Town | None:
    """The town of that very name, with no near misses; `state` has two letters."""
    key = _key(name[:LONGEST])
    return atlas().named(key, state) if key else None


def nearest(point: Point) -> Town | None:
    """The town around a point; None far from all of them."""
    return atlas().nearest(point)


def largest_within(south: float, north: float, west: float, east: float, limit: int) -> list[Town]:
    """The towns in a box of degrees, those with the most ZIP codes first. The longitudes are `westward`."""
    return atlas().largest_within(south, north, west, east, limit)


@lru_cache(maxsize=1)
def atlas() -> "Atlas":
    """The whole table."""
    return Atlas(gzip.decompress(TABLE.read_bytes()).decode())


def _key(name: str) -> str:
    """A name as it is compared: no case, accents or dots, and the short words written out."""
    words = name.lower().split()
    if not (name.isascii() and all(map(str.isalnum, words))):  # few are not, and a map asks for hundreds
        plain = unicodedata.normalize("NFKD", name.lower())
        apart = re.sub(r"[-'’]", " ", re.sub(r"['’](?=s\b)", "", plain))  # "Lees Summit", and "Coeur D Alene"
        words = re.sub(r"[^a-z0-9 ]", "", apart).split()
    return " ".join(LONG.get(word, word) for word in words)


def _split(text: str) -> tuple[str, str]:
    """The town's key, and the state's two letters or ""."""
    words = re.sub(r"[.,]", " ", _INITIALS.sub(r"\1\2", text)).split()
    for count in (3, 2, 1):
        if len(words) <= count:
            continue
        tail = " ".join(words[-count:])
        state = STATES.get(tail.lower()) or (tail.upper() if tail.upper() in ABBREVIATIONS else "")
        if state:
            return _key(" ".join(words[:-count])), state
    return _key(text), ""


class Atlas:
    """The table: rows by ZIP, and the rows of each town by its key."""

    def __init__(self, table: str) -> None:
        self.zips: dict[str, int] = {}
        self.latitudes, self.longitudes = array("f"), array("f")
        self.states: list[str] = []
        self.zones: list[str] = []
        self.names: list[str] = []
        self.whole = bytearray()  # whether the row is an area that people live in
        self.towns: dict[tuple[str, str], list[int]] = {}
        shared: dict[str, str] = {}
        for index, line in enumerate(table.split("\n")):
            zip_code, kind, state, latitude, longitude, zone, names = line.split("\t")
            own, *others = names.split("|")
            self.zips[zip_code] = index
            self.latitudes.append(float(latitude))
            self.longitudes.append(float(longitude))
            self.states.append(shared.setdefault(state, state))
            self.zones.append(shared.setdefault(zone, zone))
            self.names.append(shared.setdefault(own, own))
            known = is_likely(float(latitude), float(longitude))  # some ZIP codes of single companies have no point
            self.whole.append(kind == "S" and known)
            for name in (own, *others) if known else ():
                self.towns.setdefault((_key(name), self.states[-1]), []).append(index)

    @cached_property
    def states_of(self) -> dict[str, list[str]]:
        """The states that have a town of this key, the one with the most ZIP codes first."""
        found: dict[str, list[str]] = {}
        for key, state in sorted(self.towns, key=lambda town: -len(self.towns[town])):
            found.setdefault(key, []).append(state)
        return found

    def by_zip(self, zip_code: str) -> Town | None:
        index = self.zips.get(zip_code)
        if index is not None and not is_likely(*self._point(index)):
            town = self.named(_key(self.names[index]), self.states[index])
            return town and replace(town, zip_code=zip_code, is_area=False)
        return (
            None
            if index is None
            else Town(
                self.names[index],
                self.states[index],
                self._point(index),
                self.zones[index],
                zip_code,
                is_area=bool(self.whole[index]),
            )
        )

    def named(self, key: str, state: str, *, corrected: bool = False) -> Town | None:
        states = self.states_of.get(key, [])
        if state and state not in states:
            return None
        if not states:
            return None
        rows = self.towns[key, state or states[0]]
        areas = [index for index in rows if self.whole[index]] or rows
        own = [index for index in areas if _key(self.names[index]) == key] or areas
        middle = Point(*(round(median(each[i] for i in own), 4) for each in (self.latitudes, self.longitudes)))
        name = self.names[own[0]] if _key(self.names[own[0]]) == key else key.title()
        return Town(name, self.states[own[0]], middle, self.zones[own[0]], corrected=corrected)

    def almost_named(self, key: str, state: str) -> Town | None:
        """The nearest name by `distance`, one slip for up to six letters and two for more."""
        limit = 1 if len(key) <= 6 else 2
        if len(key) < 4:
            return None
        best: tuple[int, int, str, str] | None = None
        for (other, its_state), rows in self.towns.items():
            if abs(len(other) - len(key)) > limit or (state and its_state != state) or other[0] != key[0]:
                continue
            slips = distance(key, other, limit)
            if slips <= limit and (best is None or (slips, -len(rows), other, its_state) < best):
                best = (slips, -len(rows), other, its_state)
        return self.named(best[2], best[3], corrected=True) if best else None

    @cached_property
    def squares(self) -> dict[tuple[int, int], list[int]]:
        """The areas in each square of one degree."""
        found: dict[tuple[int, int], list[int]] = {}
        for i in range(len(self.zips)):
            if self.whole[i]:
                found.setdefault((math.floor(self.latitudes[i]), math.floor(self.longitudes[i])), []).append(i)
        return found

    def nearest(self, point: Point) -> Town | None:
        """By way of the nearest area: its town as a whole."""
        if not (math.isfinite(point.latitude) and math.isfinite(point.longitude)):
            return None
        row, column = math.floor(point.latitude), math.floor(point.longitude)
        # A degree along is shorter in the north: as many of them as FARTHEST_MILES can span.
        wide = math.ceil(FARTHEST_MILES / (69 * max(0.1, math.cos(math.radians(abs(point.latitude) + 1)))))
        squares = ((row + up, column + along) for up in (-1, 0, 1) for along in range(-wide, wide + 1))
        near = [index for square in squares for index in self.squares.get(square, ())]
        if not near:
            return None
        index = min(near, key=lambda i: miles_between(point, self._point(i)))
        if miles_between(point, self._point(index)) > FARTHEST_MILES:
            return None
        return self.named(_key(self.names[index]), self.states[index])

    @cached_property
    def by_latitude(self) -> "array[int]":
        """The rows that are areas, from south to north."""
        return array("I", sorted(filter(self.whole.__getitem__, range(len(self.zips))), key=self.latitudes.__getitem__))

    def largest_within(self, south: float, north: float, west: float, east: float, limit: int) -> list[Town]:
        start, end = (bisect_left(self.by_latitude, edge, key=self.latitudes.__getitem__) for edge in (south, north))
        rows = [i for i in self.by_latitude[start:end] if west <= westward(self.longitudes[i]) <= east]
        written = Counter((self.names[i], self.states[i]) for i in rows)
        keys = {(_key(name), state) for (name, state), _ in written.most_common(3 * limit)}
        ordered = sorted(keys, key=lambda key: (-len(self.towns[key]), key))
        return [town for key in ordered[:limit] if (town := self.named(*key))]

    def _point(self, index: int) -> Point:
        return Point(round(self.latitudes[index], 4), round(self.longitudes[index], 4))

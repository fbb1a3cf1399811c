"""The borders of the counties of the United States, read from a table as far as one map needs them.

The table, and the licence of what is in it: groups/data/make_outlines.py. Unpacked it takes 0.4 MB a process; the
points of a border are worked out only for a map that shows it.
"""

import gzip
import struct
import sys
from array import array
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from groups.geometry import Point

TABLE = Path(__file__).parent.parent / "data" / "outlines.bin.gz"
PARTS = 10_000  # of a degree


class Border(NamedTuple):
    """A line between two counties, or between one and the sea. A side is None outside of the counties asked for."""

    number: int
    left: int | None
    right: int | None


@lru_cache(maxsize=1)
def outlines() -> "Outlines":
    return Outlines(gzip.decompress(TABLE.read_bytes()))


class Outlines:
    """The table. Counties and borders are known by their numbers in it, from 0."""

    def __init__(self, table: bytes) -> None:
        counties, borders = struct.unpack_from("<II", table)
        self._place = 8
        self.states = self._take(table, "B", counties)
        self.boxes = self._take(table, "i", 4 * counties)
        self.left = self._take(table, "H", borders)
        self.right = self._take(table, "H", borders)
        self.starts = self._take(table, "I", borders + 1)
        self.points = table[self._place :]

    def _take(self, table: bytes, kind: str, count: int) -> "array[int]":
        values = array(kind)
        end = self._place + count * values.itemsize
        values.frombytes(table[self._place : end])
        if sys.byteorder == "big":
            values.byteswap()
        self._place = end
        return values

    def counties(self, south: float, north: float, west: float, east: float) -> set[int]:
        """The counties that reach into a box in degrees; its longitudes are `westward`."""
        low, high, start, end = (degrees * PARTS for degrees in (south, north, west, east))
        boxes = self.boxes
        rows = zip(boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4], strict=True)
        return {
            number
            for number, (its_west, its_south, its_east, its_north) in enumerate(rows)
            if its_west <= end and its_east >= start and its_south <= high and its_north >= low
        }

    def borders(self, counties: set[int]) -> Iterator[Border]:
        """The borders around and between these counties."""
        sides = {number + 1: number for number in counties}
        for number in sorted({border for county in counties for border in self.borders_of[county]}):
            yield Border(number, sides.get(self.left[number]), sides.get(self.right[number]))

    @cached_property
    def borders_of(self) -> list["array[int]"]:
        """The borders around each county."""
        found = [array("H") for _ in self.states]
        for number, sides in enumerate(zip(self.left, self.right, strict=True)):
            for side in sides:
                if side:
                    found[side - 1].append(number)
        return found

    def line(self, number: int) -> list[Point]:
        """The points of a border; `left` and `right` are as one goes along them."""
        x = y = value = shift = 0
        line: list[Point] = []
        on_x = True
        for byte in self.points[self.starts[number] : self.starts[number + 1]]:
            value |= (byte & 127) << shift
            if byte & 128:
                shift += 7
                continue
            step = value >> 1 if not value & 1 else -((value + 1) >> 1)
            value = shift = 0
            if on_x:
                x += step
            else:
                y += step
                line.append(Point(y / PARTS, x / PARTS))
            on_x = not on_x
        return line

"""Writes outlines.bin.gz: the borders of the counties of the United States, for the map of a search.

They are the Census Bureau's cartographic boundary files of 2017, which are in the public domain, in the form that the
npm package `us-atlas` (version 3.0.1, ISC licence) gives them: TopoJSON, https://github.com/topojson/topojson-specification.
Each border is there once, with the county on either side of it.

    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    .venv/bin/python groups/data/make_outlines.py package/counties-10m.json

What is written, little-endian: how many counties and borders there are (two `I`); the state of each county (`B`, its
FIPS code); west, south, east and north of each county (four `i`); the county to the left of each border, then the one
to the right (`H`, 0 for none, else 1 and more); where its points begin (`I`, one more than there are borders); the
points, as differences to the one before, zigzag and base 128 as in https://protobuf.dev/programming-guides/encoding/.
Degrees are in ten-thousandths, and all longitudes are west: Guam lies at -215 degrees, so no map needs a seam.
"""

import gzip
import json
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("outlines.bin.gz")
PARTS = 10_000
Line = list[tuple[int, int]]


def main(source: str) -> None:
    topology = json.loads(Path(source).read_text())
    borders = list(unpacked(topology))
    counties = sorted(topology["objects"]["counties"]["geometries"], key=lambda county: county["id"])
    left, right = array("H", bytes(2 * len(borders))), array("H", bytes(2 * len(borders)))
    boxes = array("i")
    for number, county in enumerate(counties, start=1):
        around: Line = []
        for outer, ring in rings(county):
            forwards = is_clockwise(ring, borders) == outer
            for arc in ring:
                index, along = (arc, True) if arc >= 0 else (~arc, False)
                (right if along == forwards else left)[index] = number
                around += borders[index]
        xs, ys = [x for x, _ in around], [y for _, y in around]
        boxes.extend([min(xs), min(ys), max(xs), max(ys)])
    used = [index for index in range(len(borders)) if left[index] or right[index]]
    packed = [bytes(differences(borders[index])) for index in used]
    starts = array("I", [0])
    for line in packed:
        starts.append(starts[-1] + len(line))
    written = b"".join([
        struct.pack("<II", len(counties), len(used)),
        bytes(int(county["id"][:2]) for county in counties),
        boxes.tobytes(),
        array("H", (left[index] for index in used)).tobytes(),
        array("H", (right[index] for index in used)).tobytes(),
        starts.tobytes(),
        *packed,
    ])  # fmt: skip
    TABLE.write_bytes(gzip.compress(written, compresslevel=9, mtime=0))
    points = sum(len(borders[index]) for index in used)
    size = TABLE.stat().st_size
    sys.stdout.write(f"{len(counties)} counties, {len(used)} borders, {points} points: {len(written)}, {size} bytes\n")


def unpacked(topology: Any) -> Iterator[Line]:
    """The arcs in our unit. TopoJSON writes differences on a grid of its own."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            longitude = x * wide + west
            line.append((round((longitude - 360 * (longitude > 0)) * PARTS), round((y * high + south) * PARTS)))
        yield line


def rings(county: Any) -> Iterator[tuple[bool, list[int]]]:
    """The rings of a county, each with whether it is an outer one and not a hole."""
    for polygon in [county["arcs"]] if county["type"] == "Polygon" else county["arcs"]:
        for place, ring in enumerate(polygon):
            yield place == 0, ring


def is_clockwise(ring: list[int], borders: list[Line]) -> bool:
    points = [point for arc in ring for point in (borders[arc] if arc >= 0 else borders[~arc][::-1])[:-1]]
    return (
        sum(x * y_too - x_too * y for (x, y), (x_too, y_too) in zip(points, points[1:] + points[:1], strict=True)) < 0
    )


def differences(line: Line) -> Iterable[int]:
    last = (0, 0)
    for point in line:
        for step in (point[0] - last[0], point[1] - last[1]):
            rest = step << 1 if step >= 0 else (-step << 1) - 1
            while rest > 127:
                yield rest & 127 | 128
                rest >>= 7
            yield rest
        last = point


if __name__ == "__main__":
    main(sys.argv[1])

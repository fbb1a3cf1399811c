"""What the tests of the map share: points so many miles away, marks, and the page with its links."""

import math
import random
import re
from html.parser import HTMLParser
from typing import Any

from django.template.loader import render_to_string
from django.test import RequestFactory

from groups.geometry import Point
from groups.map import Map, Mark
from mindspace.display import Display

IRVING = Point(32.8568, -96.9616)
PLACES = {
    "Irving, TX": IRVING,
    "Key West, FL": Point(24.5551, -81.7800),
    "Eastport, ME": Point(44.9062, -66.9900),
    "Detroit, MI": Point(42.3314, -83.0458),
    "Brownsville, TX": Point(25.9017, -97.4975),
    "Juneau, AK": Point(58.3019, -134.4197),
    "Utqiagvik, AK": Point(71.2906, -156.7886),
    "Adak, AK": Point(51.8800, -176.6581),
    "Honolulu, HI": Point(21.3069, -157.8583),
    "San Juan, PR": Point(18.4655, -66.1057),
    "Hagatna, GU": Point(13.4745, 144.7504),
    "Pago Pago, AS": Point(-14.2756, -170.7020),
}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def away(center: Point, miles: float, bearing: float) -> Point:
    """The point so far away on the sphere, in degrees clockwise from north."""
    latitude, turn = math.radians(center.latitude), math.radians(bearing)
    angle = miles * 1609.344 / 6_371_008.8
    sine = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * math.cos(turn)
    along = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(latitude), math.cos(angle) - math.sin(latitude) * sine
    )
    return Point(math.degrees(math.asin(sine)), center.longitude + math.degrees(along))


def pin(point: Point, name: str = "Tea on Tuesdays", href: str = "/groups/tea/") -> Mark:
    return Mark(point, True, href, name)


def near(point: Point, name: str = "Quiet Room", href: str = "/groups/quiet/") -> Mark:
    return Mark(point, False, href, name)


def scattered(center: Point, miles: float, count: int) -> list[Mark]:
    dice = random.Random(4)
    return [
        Mark(
            away(center, miles * dice.random() ** 0.5, dice.uniform(0, 360)),
            dice.random() < 0.7,
            f"/groups/g{i}/",
            f"G {i}",
        )
        for i in range(count)
    ]


def page(map: Map, **context: Any) -> str:
    request = RequestFactory().get("/groups/?where=75038&q=grief")
    return render_to_string("groups/map.html", {"map": map, "display": Display.default, **context}, request=request)


class Links(HTMLParser):
    """The links of a page: address and name, which is the title inside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and dict(attrs).get("class") == "map-sign":
            self.found.append([dict(attrs)["href"] or "", ""])
        self.in_title = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title and self.found:
            self.found[-1][1] += data


def rings_of(path: str) -> list[list[tuple[int, int]]]:
    """The lines of our own path data."""
    found = []
    for part in filter(None, path.split("M")):
        numbers = [int(number) for number in NUMBER.findall(part)]
        steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        line = [steps[0]]
        for right, down in steps[1:]:
            line.append((line[-1][0] + right, line[-1][1] + down))
        found.append(line)
    return found


def is_on_land(map: Map, x: float, y: float) -> bool:
    """By the even-odd rule over all rings."""
    inside = False
    for ring in rings_of(map.land.ground):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


SECRET = Point(32.871234, -96.951234)

"""Where a row is: its address in whatever parts it comes, and its point, if that can be right."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from tzfpy import get_tz

from groups import towns
from groups.geometry import Point, is_likely, miles_between
from groups.imports import values
from groups.imports.neutral import Aside, Spot
from groups.imports.words import cut
from groups.models import Place
from groups.towns import Town

FAR_MILES = 60  # from its town or ZIP code, and a point is of somewhere else
_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-?\d{4})?$")
_HOME = re.compile(r"(?i)^(?:|us|usa|u\.s\.(?:a\.?)?|united states(?: of america)?)$")


@dataclass(frozen=True, slots=True)
class Address:
    """What a row says of where it is, as it says it. `whole` is all of it in one line."""

    name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    whole: str = ""
    hint: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool | None = None


def locate(said: Address, zone: str = "") -> Spot:
    """The place of an address. Raises Aside where it cannot be told."""
    said = _from_line(said) if said.whole and not (said.street and said.city and said.state) else said
    if not _HOME.match(said.country):
        raise Aside(_("It is outside the country: %s.") % said.country[:40])
    state = _state(said.state)
    zip_code = found[1] if (found := _ZIP.search(said.postal_code)) else ""
    town = _town(said.city, state, zip_code)
    point, precision = _point(said, town)
    if town is None:
        town = _around(round(point.latitude, 2), round(point.longitude, 2))
        if town is None:
            raise Aside(_("We cannot tell where it is: its point is in no town that we know."))
    is_area = said.approximate is True and not said.street
    return Spot(
        name=cut(said.name, 120),
        street=cut(said.street, 120),
        city=cut(said.city, 80) or town.name,
        state=state or town.state,
        postal_code=zip_code,
        hint=cut(said.hint, 200),
        latitude=point.latitude,
        longitude=point.longitude,
        zone=zone or get_tz(point.longitude, point.latitude) or town.zone,
        precision=precision,
        publicity=Place.Publicity.AREA if is_area else Place.Publicity.EXACT,
    )


def zone_of(said: Address) -> str:
    """The time zone of where an online meeting says it belongs; "" if it does not say."""
    try:
        return locate(said).zone
    except Aside:
        return ""


def _state(said: str) -> str:
    letters = said.strip().strip(".").upper()
    return letters if letters in towns.ABBREVIATIONS else towns.STATES.get(said.strip().lower(), "")


@lru_cache(maxsize=20_000)
def _town(city: str, state: str, zip_code: str) -> Town | None:
    by_zip = towns.atlas().by_zip(zip_code) if zip_code else None
    if by_zip and (not state or by_zip.state == state):
        return by_zip
    return (towns.exactly(city, state) if city and state else None) or by_zip


@lru_cache(maxsize=20_000)
def _around(latitude: float, longitude: float) -> Town | None:
    return towns.nearest(Point(latitude, longitude))


def _point(said: Address, town: Town | None) -> tuple[Point, str]:
    """The point that the row gives, or that with its numbers changed round; else that of its ZIP code or town."""
    if said.latitude is not None and said.longitude is not None:
        for pair in ((said.latitude, said.longitude), (said.longitude, said.latitude)):
            if is_likely(*pair) and (town is None or miles_between(Point(*pair), town.point) <= FAR_MILES):
                rough = Place.Precision.POSTAL if said.approximate else Place.Precision.ADDRESS
                return Point(*pair), rough if said.street or said.approximate else Place.Precision.STREET
    if town is None:
        raise Aside(_("We cannot tell where it is: neither its point nor its town or ZIP code is one that we know."))
    return town.point, Place.Precision.POSTAL if town.zip_code and town.is_area else Place.Precision.TOWN


def _from_line(said: Address) -> Address:
    """The parts of "The Porch, 100 Quiet Lane, Irving, TX 75038, USA"."""
    pieces = [piece for piece in (part.strip() for part in re.split(r"[,\n]", said.whole)) if piece]
    country = ""
    if pieces and re.fullmatch(
        r"(?i)u\.?s\.?a?\.?|united states(?: of america)?|canada|mexico|uk|united kingdom", pieces[-1]
    ):
        country = pieces.pop()
    zip_code, state, city, street, name = said.postal_code, said.state, said.city, said.street, said.name
    if pieces and (found := _ZIP.search(pieces[-1])):
        zip_code = zip_code or found[1]
        pieces[-1] = pieces[-1][: found.start()].strip()
    if pieces and not pieces[-1]:
        pieces.pop()
    if pieces and _state(pieces[-1]):
        last = pieces.pop()
        state = state or last
    elif pieces and (split := re.fullmatch(r"(.+?)\s+([A-Za-z]{2})", pieces[-1])) and _state(split[2]):
        state, pieces[-1] = state or split[2], split[1]
    if pieces and state and not re.match(r"\d", pieces[-1]):
        last = pieces.pop()
        city = city or last
    if pieces and not name and len(pieces) > 1 and not re.match(r"\d", pieces[0]):
        name = pieces.pop(0)
    return Address(
        name=name, street=street or ", ".join(pieces), city=city, state=state, postal_code=zip_code,
        country=said.country or country, hint=said.hint, latitude=said.latitude, longitude=said.longitude,
        approximate=said.approximate,
    )  # fmt: skip


def coordinates(latitude: object, longitude: object) -> dict[str, Any]:
    return {"latitude": values.number(latitude), "longitude": values.number(longitude)}

"""The values of feeds as they really are: times, days, zones, numbers and addresses, in whatever writing.

Each function gives None, "" or an empty list for what it cannot read; it never raises.
"""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from groups.models.group import SPOKEN
from mindspace.control_characters import without

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?\s*m?\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?<=\d)(?:[+-]\d{2}:?\d{2}|Z)$", re.IGNORECASE)
ZONES = {
    "eastern": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "central": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago",
    "mountain": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles", "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
    "arizona": "America/Phoenix", "us/eastern": "America/New_York", "us/central": "America/Chicago",
    "us/mountain": "America/Denver", "us/pacific": "America/Los_Angeles",
}  # fmt: skip
_SECRETS_IN_LINKS = frozenset({"pwd", "passwd", "password", "passcode", "pw"})
_LANGUAGES = {
    "english": "en", "spanish": "es", "español": "es", "s": "es", "asl": "ase", "american sign language": "ase",
    "vietnamese": "vi", "chinese": "zh", "arabic": "ar", "hindi": "hi", "hin": "hi", "korean": "ko", "kor": "ko",
    "french": "fr", "tagalog": "tl", "russian": "ru", "rus": "ru", "portuguese": "pt", "por": "pt", "german": "de",
    "persian": "fa", "farsi": "fa", "per": "fa", "urdu": "ur", "ger": "de", "deu": "de", "eng": "en", "spa": "es",
    "fra": "fr", "hi": "hi", "en": "en",
}  # fmt: skip


def text(value: Any) -> str:
    """A value as one line of text; "" for what is none."""
    if not value and value != 0:
        return ""
    if type(value) is not str and isinstance(value, bool | dict | list):
        return ""
    return " ".join(without(str(value)).split())


def clock(value: Any) -> time | None:
    """ "7:00 PM", "19:00:00", "7pm", "1900", "noon", "19:00-06:00"; the offset says nothing about a wall time."""
    said = text(value).lower().removeprefix("t")
    if said in ("noon", "12 noon", "12:00 noon", "mid-day", "midday"):
        return time(12)
    if said in ("midnight", "12 midnight", "12:00 midnight"):
        return time(0)
    said = _OFFSET.sub("", said).strip()
    if re.fullmatch(r"\d{3,4}", said):
        said = f"{said[:-2]}:{said[-2:]}"
    found = _CLOCK.fullmatch(said)
    if found is None or (found[2] is None and found[4] is None):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            return time(hour, minute) if found[4] == "p" and 13 <= hour <= 23 and minute < 60 else None
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def minutes_between(start: time, end: time | None, default: int = 60) -> int:
    """How long it lasts; past midnight where it ends before it begins. What lasts half a day is a slip."""
    if end is None:
        return default
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - any day
    lasts = int((datetime.combine(day, end) - datetime.combine(day, start)) / timedelta(minutes=1)) % (24 * 60)
    return lasts if 5 <= lasts <= 12 * 60 else default


def minutes(value: Any, default: int = 60) -> int:
    """ "01:30:00" or a number of minutes."""
    said = text(value)
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", said)
    lasts = int(found[1]) * 60 + int(found[2]) if found else int(said) if re.fullmatch(r"\d{1,4}", said) else 0
    return lasts if 5 <= lasts <= 24 * 60 else default


def days(value: Any, sunday: int = 0) -> list[int]:
    """Days of the week (Monday is 0) of a number, a name, or several of them. `sunday` is the feed's number for it."""
    pieces: Iterable[Any] = value if isinstance(value, list | tuple) else re.split(r"[,;/&|]| and ", str(value))
    found = {_day(piece, sunday) for piece in pieces if text(piece)}
    return sorted(day for day in found if day is not None) if None not in found else []


def _day(value: Any, sunday: int) -> int | None:
    said = text(value).lower().rstrip(".")
    if re.fullmatch(r"\d(\.0)?", said):
        number = int(said[0]) - sunday
        return (number - 1) % 7 if 0 <= number <= 6 or (sunday == 0 and number == 7) else None
    matching = [day for day, name in enumerate(DAYS) if len(said) >= 2 and name.startswith(said.rstrip("s") or said)]
    plural = [day for day, name in enumerate(DAYS) if said in (name, f"{name}s", "tues", "weds", "thurs")]
    if len(matching) == 1:
        return matching[0]
    return next((day for day in plural if DAYS[day].startswith(said[:3])), None)


@lru_cache(maxsize=1)
def _known_zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()} | ZONES


def zone(value: Any) -> str:
    """An IANA name: "America/New York", "america/chicago", "CST", "Central Time (US & Canada)"; "" if unknown."""
    said = text(value).strip("\"'").lower()
    return _zone(said) if said and len(said) <= 64 else ""


@lru_cache(maxsize=1000)
def _zone(said: str) -> str:
    known = _known_zones()
    first = re.sub(r"\s*(standard|daylight|time).*$", "", said).removeprefix("us ").strip()
    return known.get(said) or known.get(said.replace(" ", "_")) or known.get(first, "")


def number(value: Any) -> float | None:
    said = text(value)
    try:
        found = float(said.replace(",", ".") if said.count(",") == 1 else said)
    except ValueError:
        return None
    return found if found == found and abs(found) < 1e6 else None


def whole(value: Any, most: int) -> int | None:
    found = number(value)
    return int(found) if found is not None and 0 <= found <= most else None


def link(value: Any) -> str:
    """A web address of at most 500 characters; "www." gets its https."""
    said = text(value)
    if not said:
        return ""
    if said.lower().startswith("www."):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in ("http", "https") and re.fullmatch(r"[\w.-]+\.[\w-]+", host)
    bare = parts.username is None and not re.search(r"[\s<>\"]", said)
    return said if is_web and bare and len(said) <= 500 else ""


def without_secret(address: str) -> tuple[str, str]:
    """A link to a room without the password in it, and the password."""
    parts = urlsplit(address)
    query, secret = _without_secret(parts.query)
    fragment, other = _without_secret(parts.fragment)
    if not secret and not other:
        return address, ""
    return urlunsplit(parts._replace(query=query, fragment="" if secret else fragment)), secret or other


def _without_secret(pairs: str) -> tuple[str, str]:
    said = parse_qsl(pairs, keep_blank_values=True)
    found = [(name.lower().removeprefix("amp;").rpartition("?")[2] in _SECRETS_IN_LINKS, name, value)
             for name, value in said]  # fmt: skip
    secret = next((value for is_secret, _name, value in found if is_secret and value), "")
    return (urlencode([(name, value) for is_secret, name, value in found if not is_secret]), secret) if secret else (
        pairs, "")  # fmt: skip


def phone(value: Any) -> str:
    """A number of the United States in E.164; "" for anything else."""
    if not value:
        return ""
    said = re.split(r"(?i)\s*(?:x|ext)\.?\s*\d", text(value))[0]
    digits = re.sub(r"\D", "", said)
    if re.search(r"[A-Za-z@]", said) or len(said) > 24:
        return ""
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return f"+1{digits}" if re.fullmatch(r"[2-9]\d{9}", digits) else ""


def dial_in(value: Any) -> str:
    """The number to dial and the room, without a password at its end ("...,,123#,,,,*456#")."""
    said = re.split(r",*\*", text(value))[0].strip(" ,;")
    return said if len(said) <= 32 else re.split(r"[,;xX#]", said)[0].strip()[:32]


def email(value: Any) -> str:
    said = text(value)
    if "@" not in said:
        return ""
    try:
        validate_email(said)
    except ValidationError:
        return ""
    return said if len(said) <= 254 else ""


def languages(pieces: Iterable[Any]) -> list[str]:
    found = {code for piece in pieces if (code := _LANGUAGES.get(text(piece).lower()) or text(piece).lower())}
    return sorted(found & set(SPOKEN))


def listed(value: Any) -> list[str]:
    """A list, or a text with commas."""
    pieces = value if isinstance(value, list | tuple) else re.split(r"[,;|]", value) if isinstance(value, str) else []
    return [said for piece in pieces if (said := text(piece))]


def yes_no(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"yes": True, "true": True, "1": True, "y": True, "no": False, "false": False, "0": False, "n": False}.get(
        text(value).lower()
    )

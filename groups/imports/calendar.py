"""iCalendar (RFC 5545), an event at a time. Organizers and attendees are left where they are: they are persons."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from groups import recurrence
from groups.imports import values
from groups.imports.limits import LONGEST_ROW
from groups.imports.neutral import Aside, CannotRead, Found, Left, Refused, Time
from groups.imports.places import Address, locate, zone_of
from groups.imports.reading import Opener, cut_off, text_of
from groups.imports.rows import joining, judged, known_by, lines
from groups.imports.words import cut, plain

KEPT = ("name", "location", "description", "starts", "rule", "zone")
DEFAULT_MINUTES = 60
MOST_OTHERWISE = 200  # meetings of one rule that are cancelled or moved; the last ones count
_ONLINE = re.compile(r"(?i)^\s*(?:online|zoom|virtual|google meet|teams|https?://)")
_LINK = re.compile(r"https?://[^\s<>\"]+")
_ROOM = re.compile(r"(?i)https?://[^\s<>\"]*(?:zoom|meet\.google|teams\.|webex|jitsi|gotomeet|whereby)[^\s<>\"]*")


def read(file: Opener) -> Iterator[Found | Left]:
    """Rules first, then what is held otherwise: those come later in the file, or before, so they are gathered."""
    otherwise = _gather(file)
    zones: dict[str, str] = {}
    for kind, block in _blocks(file):
        if kind == "VTIMEZONE":
            zones |= _zone_of(block)
        elif kind == "X-WR-TIMEZONE":
            zones[""] = values.zone(block.partition(":")[2])
        elif kind == "VEVENT" and "\nRECURRENCE-ID" not in block:
            make = partial(_found, zones=zones, replaced=otherwise)
            yield judged({"block": block}, make, lambda _row: "", KEPT)


def _blocks(file: Opener) -> Iterator[tuple[str, str]]:
    """Each event and zone as its own lines, unfolded. Raises CannotRead."""
    with text_of(file) as text:
        first = text.readline(200).strip().lstrip("\ufeff")
        if first.upper() != "BEGIN:VCALENDAR":
            raise CannotRead(_("The file is no calendar. Is the address one of a web page?"))
        yield from _of(text)


def _of(text: IO[str]) -> Iterator[tuple[str, str]]:
    inside, held, size, whole = "", list[str](), 0, False
    while line := text.readline(LONGEST_ROW):
        line = line.rstrip("\r\n")
        if line[:1] in (" ", "\t") and held:
            held[-1] += line[1:]
        else:
            held.append(line) if inside else None
        size += len(line)
        if size > LONGEST_ROW and inside:
            raise CannotRead(_("A single event is too long, or the calendar is damaged."))
        upper = line.upper()
        if not inside and upper in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
            inside, held, size = upper[6:], [line], 0
        elif inside and upper == f"END:{inside}":
            yield inside, "\n".join(held)
            inside, held = "", []
        elif not inside and upper.startswith("X-WR-TIMEZONE"):
            yield "X-WR-TIMEZONE", line
        whole = whole or (not inside and upper == "END:VCALENDAR")
    if not whole:
        raise cut_off()


def _zone_of(block: str) -> dict[str, str]:
    name = re.search(r"^TZID[^:\n]*:(.+)$", block, re.MULTILINE)
    real = re.search(r"^X-LIC-LOCATION:(.+)$", block, re.MULTILINE)
    return {name[1].strip(): values.zone(real[1])} if name and real else {}


def _gather(file: Opener) -> dict[str, list[str]]:
    """The blocks of events that replace one meeting of a rule, by the rule's UID."""
    found: dict[str, list[str]] = {}
    for kind, block in _blocks(file):
        if kind == "VEVENT" and "\nRECURRENCE-ID" in block and (uid := re.search(r"^UID:(.+)$", block, re.MULTILINE)):
            found.setdefault(uid[1].strip(), []).append(block)
    return found


def _found(row: Any, _key: str, zones: Mapping[str, str], replaced: Mapping[str, list[str]]) -> Found:
    event: Any = Event.from_ical(row.pop("block"))
    name = " ".join(plain(_text(event, "summary")).split())
    row |= {"name": name, "location": _text(event, "location"), "description": _text(event, "description")}
    row |= {"rule": _text(event, "rrule"), "starts": _text(event, "dtstart")}
    if not name:
        raise Refused(_("It has no title."))
    if _text(event, "status").upper() == "CANCELLED":
        raise Refused(_("It is cancelled."))
    location = plain(_text(event, "location"))
    said = plain(_text(event, "description"))
    room = _ROOM.search(said) or _LINK.search(location)
    link = (room[0] if room else "") or _text(event, "conference")
    join = joining(link, "", _LINK.sub(" ", said) if room else said)
    geo = event.get("geo")
    address = Address(
        whole="" if _ONLINE.match(location) else location,
        latitude=getattr(geo, "latitude", None),
        longitude=getattr(geo, "longitude", None),
    )
    online = bool(_ONLINE.match(location)) or (not location and bool(join.link) and geo is None)
    starts = _moment(event, "dtstart")
    zone = _zone(event, zones) or (zone_of(address)) or zones.get("", "")
    if not zone:
        raise Aside(_("We cannot tell its time zone."))
    place = None if online else locate(address, zone)
    wall = _wall(starts, zone)
    rule, until = _rule(event, wall, starts, zone)
    time = Time(
        modality="online" if online else "hybrid" if join.link and room else "in_person",
        start=f"{wall:%H:%M}",
        zone=zone,
        rule=rule,
        duration=_duration(event, starts),
        first_day=wall.date().isoformat(),
        until=until.isoformat() if until else "",
        join_link=join.link,
        secret=join.secret,
        external_id=_text(event, "uid")[:200],
        place=place,
        lines=lines(join.words),
        otherwise=tuple(_otherwise(event, replaced.get(_text(event, "uid"), []), wall, zone)),
    )
    website = values.link(_text(event, "url"))
    fields = {"name": cut(name, 120), "summary": "", "website": website}
    fields["contact_by"] = "website" if website else "none"
    return Found(known_by(name, address, online), fields, [time])


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0]
    if value is None:
        return ""
    said = value.to_ical().decode() if name in ("rrule", "dtstart") else str(value)
    if "\x00" in said or any("\ud800" <= sign <= "\udfff" for sign in said):
        raise Refused(_("It holds a character that cannot be kept."))
    return said[:20_000]


def _moment(event: Any, name: str) -> datetime:
    value = getattr(event.get(name), "dt", None)
    if not isinstance(value, datetime):
        raise Aside(_("It lasts all day, or we cannot read when it begins."))
    if not recurrence.EARLIEST <= value.date() <= recurrence.LATEST:
        raise Refused(_("The first day must lie between 1990 and 2100."))
    return value


def _zone(event: Any, zones: Mapping[str, str]) -> str:
    """The zone that DTSTART names: of IANA, of Windows, or one that the calendar explains."""
    name = str(event["dtstart"].params.get("TZID", "")).strip()
    if not name:
        return ""
    tail = "/".join(name.split("/")[-2:]) if name.count("/") > 1 else name
    return values.zone(name) or zones.get(name, "") or WINDOWS_TO_OLSON.get(name, "") or values.zone(tail)


def _wall(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is not None and moment.utcoffset() is not None and str(moment.tzinfo) in ("UTC", "tzutc()"):
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment.replace(tzinfo=None)


def _rule(event: Any, wall: datetime, starts: datetime, zone: str) -> tuple[str, date | None]:
    rules = event.get("rrule")
    if event.get("rdate") or (isinstance(rules, list) and len(rules) > 1):
        raise Aside(_("It meets by more than one rule. Enter it by hand."))
    if not rules:
        if wall.date() < timezone.localdate() - timedelta(days=1):
            raise Refused(_("It is over."))
        return "", None
    said = (rules[0] if isinstance(rules, list) else rules).to_ical().decode()
    said = _completed(said, wall)
    moved = starts.date() != wall.date()
    try:
        until = recurrence.ending(said, wall.date(), wall.time(), zone)
        rule = recurrence.canonical(said)
    except recurrence.RuleRefused as error:
        raise Aside(str(error)) from None
    if moved and rule:
        raise Aside(_("Its days are those of another time zone. Enter it by hand."))
    if until and until < timezone.localdate() - timedelta(days=1):
        raise Refused(_("It is over."))
    return rule, until


def _completed(rule: str, wall: datetime) -> str:
    """A weekly or monthly rule without a day means that of its first one (RFC 5545, 3.3.10)."""
    if "BYDAY" in rule or "BYMONTHDAY" in rule:
        return rule
    if "FREQ=WEEKLY" in rule:
        return f"{rule};BYDAY={recurrence.DAYS[wall.weekday()]}"
    return f"{rule};BYMONTHDAY={wall.day}" if "FREQ=MONTHLY" in rule else rule


def _duration(event: Any, starts: datetime) -> int:
    if (ends := getattr(event.get("dtend"), "dt", None)) and isinstance(ends, datetime):
        if (ends.tzinfo is None) != (starts.tzinfo is None):
            ends, starts = ends.replace(tzinfo=None), starts.replace(tzinfo=None)
        lasts = (ends - starts).total_seconds() / 60
    else:
        lasts = getattr(getattr(event.get("duration"), "dt", None), "total_seconds", lambda: 3600)() / 60
    return int(lasts) if 5 <= lasts <= 24 * 60 else DEFAULT_MINUTES


def _otherwise(event: Any, blocks: list[str], wall: datetime, zone: str) -> Iterator[dict[str, str]]:
    """Each day once: what moves it, or that it is cancelled."""
    found: dict[str, dict[str, str]] = {}
    excepted = event.get("exdate") or []
    for dates in excepted if isinstance(excepted, list) else [excepted]:
        for each in dates.dts:
            day = _day(each.dt, zone)
            found[day] = {"day": day}
    for block in blocks:
        other: Any = Event.from_ical(block)
        day = _day(other["recurrence-id"].dt, zone)
        starts = getattr(other.get("dtstart"), "dt", None)
        if _text(other, "status").upper() == "CANCELLED" or not isinstance(starts, datetime):
            found[day] = {"day": day}
            continue
        moved = _wall(starts, zone)
        if moved != datetime.combine(date.fromisoformat(day), wall.time()):
            found[day] = {"day": day, "moved_day": moved.date().isoformat(), "moved_time": f"{moved:%H:%M}"}
    yield from (found[day] for day in sorted(found)[-MOST_OTHERWISE:])


def _day(value: Any, zone: str) -> str:
    return (_wall(value, zone).date() if isinstance(value, datetime) else value).isoformat()

"""Tables (CSV): our own export (groups/exports/table.py), and that of 12 Step Meeting List. The first line tells."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from groups import recurrence
from groups.imports import meeting_guide, values
from groups.imports.csv_file import csv_rows
from groups.imports.neutral import Aside, CannotRead, Found, Left, Refused, Time
from groups.imports.places import Address, coordinates, locate
from groups.imports.reading import Opener
from groups.imports.rows import judged, known_by, reached_by
from groups.imports.words import cut, plain, take_secret
from groups.listing import FLAGS
from groups.models import Group, MeetingSchedule
from groups.models.group import SPOKEN

MOST_OTHERWISE = 200
OURS = {"name", "modality", "start"}
THEIRS = {"name", "day", "time"}
KEPT = ("name", "modality", "rule", "first_day", "start", "duration", "zone", "until", "place", "address", "city",
        "state", "postal_code", "note")  # fmt: skip
TEXTS = {"summary": 1200, "first_time": 1200, "how_to_join": 600, "cost_note": 200, "platform": 60, "alert": 200}
CHOICES: dict[str, Any] = {"kind": Group.Kind, "led_by": Group.Leader, "access": Group.Access, "cost": Group.Cost}


def read(file: Opener) -> Iterator[Found | Left]:
    make = None
    for row in csv_rows(file):
        if make is None:
            make = _maker(set(row))
        yield make(row)


def _maker(columns: set[str]) -> Any:
    if columns >= OURS:
        return lambda row: judged(row, found, key_of, KEPT)
    if columns >= THEIRS:
        return meeting_guide.result
    raise CannotRead(_("We do not know this table: it needs the columns name, day and time, or those of our export."))


def key_of(row: Mapping[str, Any]) -> str:
    return values.text(row.get("id")) or known_by(plain(row.get("name")), _address(row), not row.get("city"))


def found(row: Mapping[str, Any], key: str) -> Found:
    name = values.text(row.get("name"))
    if not name:
        raise Refused(_("It has no name."))
    if values.yes_no(row.get("is_example")):
        raise Refused(_("It is an example."))
    # Our own texts come back as they are: whoever wrote them here meant them for everybody. Only passwords are not.
    texts = {column: take_secret(row.get(column) or "") for column in TEXTS}
    fields: dict[str, Any] = {column: cut(texts[column][0], most) for column, most in TEXTS.items()}
    fields |= {flag: values.yes_no(row.get(flag)) for flag in FLAGS}
    for column, choices in CHOICES.items():
        said = values.text(row.get(column)).lower()
        if said in choices.values:
            fields[column] = said
    ages = values.whole(row.get("min_age"), 120), values.whole(row.get("max_age"), 120)
    if None in ages or ages[0] <= ages[1]:  # type: ignore[operator]
        fields["min_age"], fields["max_age"] = ages
    spoken = {code.lower() for code in values.text(row.get("languages")).replace(",", " ").split()}
    fields |= {"name": cut(name, 120), "languages": sorted(spoken & set(SPOKEN))}
    fields |= {"is_therapy": bool(values.yes_no(row.get("is_therapy")))}
    fields |= {
        "always_open": bool(values.yes_no(row.get("always_open"))),
        "join_link": values.link(row.get("join_link")),
    }
    fields |= reached_by(plain(row.get("public_email")), plain(row.get("public_phone")), row.get("website"))
    secret = next((secret for _said, secret in texts.values() if secret), "")
    times = [_time(row, secret)] if values.text(row.get("start")) or values.text(row.get("modality")) else []
    if not times and not fields["always_open"]:
        raise Aside(_("It does not say when it meets."))
    topics = values.text(row.get("topics")).replace(",", " ").lower().split()[:20]
    organization = cut(values.text(row.get("organization")), 120)
    return Found(key, fields, times, [slug for slug in topics if len(slug) <= 40], organization)


def _address(row: Mapping[str, Any]) -> Address:
    return Address(
        name=values.text(row.get("place")),
        street=values.text(row.get("address")),
        city=values.text(row.get("city")),
        state=values.text(row.get("state")),
        postal_code=values.text(row.get("postal_code")),
        hint=take_secret(values.text(row.get("hint")))[0],
        approximate=values.yes_no(row.get("approximate")),
        **coordinates(row.get("latitude"), row.get("longitude")),
    )


def _time(row: Mapping[str, Any], secret: str) -> Time:
    modality = values.text(row.get("modality")).lower().replace(" ", "_").replace("-", "_")
    if modality not in MeetingSchedule.Modality.values:
        raise Aside(_("We cannot read how it meets: “%s”.") % modality[:40])
    start = values.clock(row.get("start"))
    if start is None:
        raise Aside(_("We cannot read its time: “%s”.") % values.text(row.get("start"))[:40])
    rule, first, until = rule_of(values.text(row.get("rule")), row.get("first_day"), row.get("until"))
    zone = values.zone(row.get("zone"))
    place = locate(_address(row), zone) if modality != MeetingSchedule.Modality.ONLINE else None
    if not zone and place is None:
        raise Aside(_("We cannot tell its time zone."))
    link, in_link = values.without_secret(values.link(row.get("meeting_link")))
    note, in_note = take_secret(values.text(row.get("note")))
    online = modality != MeetingSchedule.Modality.IN_PERSON
    return Time(
        modality=modality,
        start=f"{start:%H:%M}",
        zone=zone or (place.zone if place else ""),
        rule=rule,
        first_day=first,
        until=until,
        duration=values.minutes(row.get("duration")),
        join_link=link,
        join_phone=values.dial_in(plain(row.get("join_phone"))),
        secret=(in_link or in_note or secret)[:100] if online else "",
        note=cut(note, 200),
        place=place,
        otherwise=tuple(_otherwise(values.text(row.get("cancelled")), values.text(row.get("moved")))),
    )


def _otherwise(cancelled: str, moved: str) -> Iterator[dict[str, str]]:
    """Single meetings that are cancelled (`2026-04-07`) or moved (`2026-04-07>2026-04-08T09:00`). Raises Aside."""
    try:
        for day in cancelled.split()[:MOST_OTHERWISE]:
            yield {"day": date.fromisoformat(day).isoformat()}
        for said in moved.split()[:MOST_OTHERWISE]:
            day, _to, other = said.partition(">")
            to = datetime.fromisoformat(other)
            moved_to = {"moved_day": f"{to:%Y-%m-%d}", "moved_time": f"{to:%H:%M}"}
            yield {"day": date.fromisoformat(day).isoformat(), **moved_to}
    except ValueError:
        raise Aside(_("We cannot read the days that are cancelled or moved.")) from None


def rule_of(rule: str, first: Any, until: Any = None) -> tuple[str, str, str]:
    """A rule in our one writing, with its first and its last day. Raises Aside."""
    begins, ends = _date(first), _date(until)
    if begins is None and not rule.upper().startswith("FREQ=WEEKLY"):
        raise Aside(_("It does not say on which day it begins."))
    try:
        written = recurrence.canonical(rule)
        if begins:
            ends = recurrence.ending(rule, begins) or ends
    except recurrence.RuleRefused as error:
        raise Aside(str(error)) from None
    if ends and ends > recurrence.LATEST:
        raise Refused(_("The last day must lie before 2101."))
    if begins and not recurrence.EARLIEST <= begins <= recurrence.LATEST:
        raise Refused(_("The first day must lie between 1990 and 2100."))
    if begins and ends and ends < begins:
        raise Refused(_("The last day lies before the first."))
    if begins is None and recurrence_every(written) > 1:
        raise Aside(_("It does not say on which day it begins."))
    return written, begins.isoformat() if begins else "", ends.isoformat() if ends and begins else ""


def recurrence_every(rule: str) -> int:
    return 1 if not rule or recurrence.is_weekly(rule) else 2


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(values.text(value)[:10]) if value else None
    except ValueError:
        raise Aside(_("We cannot read this day: “%s”.") % values.text(value)[:40]) from None

"""Meeting Guide JSON (github.com/code4recovery/spec), and the CSV of 12 Step Meeting List: it has the same columns."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from django.utils.translation import gettext as _

from groups import recurrence
from groups.imports import values
from groups.imports.json_file import json_rows
from groups.imports.neutral import Aside, Found, Left, Refused, Time
from groups.imports.places import Address, coordinates, locate, zone_of
from groups.imports.reading import Opener
from groups.imports.rows import joining, judged, known_by, lines, must_be_weekly, of_types, reached_by
from groups.imports.words import cut, plain

# What is kept of a row that is set aside. No contact, no way to pay, nothing that was not asked for.
KEPT = (
    "name", "day", "time", "end_time", "timezone", "group", "location", "formatted_address", "address", "city", "state",
    "postal_code", "types", "notes", "location_notes", "group_notes", "attendance_option", "slug",
)  # fmt: skip
ONLINE_TYPES = {"onl", "online", "online meeting"}
NOT_THERE = {"tc", "location temporarily closed", "temporary closure", "temporarily closed"}
Result = Found | Left


def read(file: Opener) -> Iterator[Result]:
    for row in json_rows(file, "meetings", "data", "rows"):
        yield result(row)


def result(row: Mapping[str, Any]) -> Result:
    """A row as a group, or why it is none."""
    address = cache(partial(address_of, row))  # read for the key, and again for the place
    return judged(row, partial(found, address), partial(key_of, address), KEPT)


def found(address_said: Callable[[], Address], row: Mapping[str, Any], key: str) -> Found:
    name, address = title(row), address_said()
    if not name:
        raise Refused(_("It has no name."))
    types = values.listed(row.get("types"))
    how = modality(row, types, address)
    notes, group_notes = plain(row.get("notes")), plain(row.get("group_notes"))
    join = joining(row.get("conference_url"), row.get("conference_phone"), row.get("conference_url_notes"),
                   row.get("conference_phone_notes"), notes)  # fmt: skip
    must_be_weekly(name, plain(row.get("name")), notes, group_notes, plain(row.get("location_notes")))
    when = time_of(row)
    zone = values.zone(row.get("timezone"))
    place = locate(address, zone) if how != "online" else None
    zone = zone or (place.zone if place else zone_of(address))
    if not zone:
        raise Aside(_("We cannot tell its time zone."))
    fields, topics = of_types(types)
    own = plain(row.get("name"))
    said = lines(join.words)
    note = cut(own, 200) if own != name else ""
    time = Time(
        modality=how,
        zone=zone,
        place=place,
        join_link=join.link if how != "in_person" else "",
        join_phone=join.phone if how != "in_person" else "",
        secret=join.secret if how != "in_person" else "",
        note=note,
        external_id=values.text(row.get("slug") or row.get("id"))[:200],
        lines=said,
        **when,
    )
    fields |= {"name": cut(name, 120), "summary": "\n".join(lines(group_notes))}
    fields |= reached_by(row.get("email"), row.get("phone"), row.get("website"))
    return Found(key, fields, [time], topics, organization=cut(values.text(row.get("entity")), 120))


def title(row: Mapping[str, Any]) -> str:
    return " ".join((plain(row.get("group")) or plain(row.get("name"))).split())


def key_of(address_said: Callable[[], Address], row: Mapping[str, Any]) -> str:
    address = address_said()
    online = not (address.street or address.whole or address.city)
    place = values.text(row.get("location_id"))
    group = values.text(row.get("group_id"))
    if group and group != "0":
        return f"group-{group}-{place or known_by('', address, online)}"
    return known_by(title(row), address, online)


def address_of(row: Mapping[str, Any]) -> Address:
    return Address(
        name=plain(row.get("location")).replace("\n", ", "),
        street=plain(row.get("address") or row.get("street")).replace("\n", ", "),
        city=values.text(row.get("city")),
        state=values.text(row.get("state")),
        postal_code=values.text(row.get("postal_code")),
        country=values.text(row.get("country")),
        whole=plain(row.get("formatted_address")),
        hint=" ".join(lines(plain(row.get("location_notes")))),
        approximate=values.yes_no(row.get("approximate")),
        **coordinates(row.get("latitude"), row.get("longitude")),
    )


def modality(row: Mapping[str, Any], types: list[str], address: Address) -> str:
    """As it says it; where it does not, from what it gives: a link, an address, "temporarily closed"."""
    said = values.text(row.get("attendance_option")).lower().replace(" ", "_").replace("-", "_")
    if said == "inactive":
        raise Refused(_("Its source says that it does not meet at the moment."))
    if said in ("in_person", "online", "hybrid"):
        return said
    known = {each.lower() for each in types}
    online = bool(values.link(row.get("conference_url")) or row.get("conference_phone")) or bool(known & ONLINE_TYPES)
    here = bool(address.street or re.match(r"\d", address.whole)) and not address.approximate and not known & NOT_THERE
    if not online and known & NOT_THERE:
        raise Refused(_("Its source says that it does not meet at the moment."))
    return "hybrid" if online and here else "online" if online else "in_person"


def time_of(row: Mapping[str, Any]) -> dict[str, Any]:
    days = values.days(row.get("day")) if row.get("day") not in (None, "", []) else []
    if not days:
        raise Aside(_("We cannot read its day: “%s”.") % str(row.get("day"))[:40])
    said = values.text(row.get("time"))
    first, last = [*re.split(r"\s+(?:-|\u2013|to)\s+|\u2013", said, maxsplit=1), ""][:2]
    start = values.clock(first)
    if start is None:
        raise Aside(_("We cannot read its time: “%s”.") % said[:40])
    end = values.clock(row.get("end_time")) or values.clock(last)
    lasts = values.minutes_between(start, end)
    return {"start": f"{start:%H:%M}", "duration": lasts, "rule": weekly(tuple(days))}


@lru_cache(maxsize=200)
def weekly(days: tuple[int, ...]) -> str:
    return recurrence.weekly(days)

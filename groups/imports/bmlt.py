"""BMLT (bmlt.app), the meeting lists of Narcotics Anonymous: what its semantic interface answers, and its admin API.

Both know weekly meetings only. In the semantic shape Sunday is 1 and a day is a text, in the admin shape Sunday is 0.
Contacts are left where they are: in BMLT they are persons.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from groups import recurrence
from groups.imports import values
from groups.imports.json_file import json_rows
from groups.imports.neutral import Aside, Found, Left, Refused, Time
from groups.imports.places import Address, coordinates, locate, zone_of
from groups.imports.reading import Opener
from groups.imports.rows import joining, judged, known_by, lines, must_be_weekly, of_types
from groups.imports.words import cut, plain

ADMIN_NAMES = {
    "name": "meeting_name", "startTime": "start_time", "duration": "duration_time", "timeZone": "time_zone",
    "venueType": "venue_type", "id": "id_bigint", "worldId": "worldid_mixed",
}  # fmt: skip
KEPT = (
    "meeting_name", "weekday_tinyint", "day", "start_time", "duration_time", "time_zone", "location_text",
    "location_street", "location_municipality", "location_province", "location_postal_code_1", "location_info",
    "formats", "comments", "venue_type", "id_bigint",
)  # fmt: skip
VENUES = {1: "in_person", 2: "online", 3: "hybrid"}
SUNDAY, SUNDAY_FOR_ADMINS = 1, 0


def read(file: Opener) -> Iterator[Found | Left]:
    for row in json_rows(file, "meetings", "data"):
        yield result(row)


def result(row: Mapping[str, Any]) -> Found | Left:
    custom = row.get("customFields")
    flat = {**row, **(custom if isinstance(custom, dict) else {})}
    for admin, semantic in ADMIN_NAMES.items():
        if semantic not in flat and admin in flat:
            flat[semantic] = flat[admin]
    return judged(flat, found, key_of, KEPT)


def key_of(row: Mapping[str, Any]) -> str:
    address = _address(row)
    return known_by(_name(row), address, not (address.street or address.city))


def _name(row: Mapping[str, Any]) -> str:
    return " ".join(plain(row.get("meeting_name")).split())


def found(row: Mapping[str, Any], key: str) -> Found:
    name = _name(row)
    if not name:
        raise Refused(_("It has no name."))
    if values.yes_no(row.get("published")) is False:
        raise Refused(_("Its source does not publish it."))
    comments, extra = plain(row.get("comments")), plain(row.get("virtual_meeting_additional_info"))
    join = joining(row.get("virtual_meeting_link"), row.get("phone_meeting_number"), extra, comments)
    formats = values.listed(row.get("formats"))
    must_be_weekly(name, comments, plain(row.get("location_info")), extra, *formats)
    how = modality(row, bool(join.link or join.phone), formats)
    address, zone = _address(row), values.zone(row.get("time_zone"))
    place = locate(address, zone) if how != "online" else None
    zone = zone or (place.zone if place else zone_of(address))
    if not zone:
        raise Aside(_("We cannot tell its time zone."))
    fields, topics = of_types(formats)
    if spoken := values.languages([row.get("lang_enum") or ""]):
        fields.setdefault("languages", spoken)
    online = how != "in_person"
    time = Time(
        modality=how,
        zone=zone,
        place=place,
        join_link=join.link if online else "",
        join_phone=join.phone if online else "",
        secret=join.secret if online else "",
        external_id=values.text(row.get("id_bigint"))[:200],
        lines=lines(join.words),
        **_when(row),
    )
    return Found(key, {**fields, "name": cut(name, 120), "summary": "", "contact_by": "none"}, [time], topics)


def modality(row: Mapping[str, Any], online: bool, formats: list[str]) -> str:
    said = values.whole(row.get("venue_type"), 9)
    if said in VENUES:
        return "online" if said == 1 and values.yes_no(row.get("temporarilyVirtual")) else VENUES[said]
    known = {each.upper() for each in formats}
    if "VM" in known or "TC" in known:
        if not online:
            raise Refused(_("Its source says that it does not meet at the moment."))
        return "online"
    return "hybrid" if "HY" in known or online else "in_person"


def _address(row: Mapping[str, Any]) -> Address:
    return Address(
        name=" ".join(plain(row.get("location_text")).split()),
        street=" ".join(plain(row.get("location_street")).split()),
        city=values.text(row.get("location_municipality")) or values.text(row.get("location_city_subsection")),
        state=values.text(row.get("location_province")),
        postal_code=values.text(row.get("location_postal_code_1")),
        country=values.text(row.get("location_nation")),
        hint=" ".join(lines(plain(row.get("location_info")))),
        **coordinates(row.get("latitude"), row.get("longitude")),
    )


def _when(row: Mapping[str, Any]) -> dict[str, Any]:
    if row.get("weekday_tinyint") not in (None, ""):
        said, days = row["weekday_tinyint"], values.days(row["weekday_tinyint"], SUNDAY)
    else:
        said = row.get("day")
        days = values.days(said, SUNDAY_FOR_ADMINS) if said not in (None, "") else []
    if not days:
        raise Aside(_("We cannot read its day: “%s”.") % str(said)[:40])
    start = values.clock(row.get("start_time"))
    if start is None:
        raise Aside(_("We cannot read its time: “%s”.") % values.text(row.get("start_time"))[:40])
    return {"start": f"{start:%H:%M}", "duration": values.minutes(row.get("duration_time")),
            "rule": recurrence.weekly(days)}  # fmt: skip

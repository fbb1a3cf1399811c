"""HSDS (docs.openreferral.org): services with their locations and schedules, as JSON (3.x) or as tables (1.x, 2.x).

Tables are put together into the shape of 3.x first (hsds_tables.py). `contacts` are persons and stay where they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from groups import recurrence
from groups.facets import ACCESSIBLE
from groups.imports import values
from groups.imports.json_file import json_rows
from groups.imports.neutral import Aside, Found, Left, Refused, Time
from groups.imports.places import Address, coordinates, locate, zone_of
from groups.imports.reading import Opener
from groups.imports.rows import judged, lines, must_be_weekly, reached_by
from groups.imports.table import rule_of
from groups.imports.words import cut, plain, take_secret
from groups.models import Group, MeetingSchedule

SAID = ("description", "application_process", "fees_description", "fees")
KEPT = ("id", "name", "description", "status", "application_process", "eligibility_description", "when")
Record = Mapping[str, Any]


def read(file: Opener) -> Iterator[Found | Left]:
    for row in json_rows(file, "contents", "services", "service", "data"):
        yield result(row)


def result(row: Record) -> Found | Left:
    return judged(dict(row), found, lambda said: values.text(said.get("id")), KEPT)


def found(row: dict[str, Any], key: str) -> Found:
    name = " ".join(plain(row.get("name")).split())
    if not key or not name:
        raise Refused(_("It has no id, or no name."))
    if name.startswith("Example: "):
        raise Refused(_("It is an example."))
    if values.text(row.get("status") or "active").lower() != "active":
        raise Refused(_("Its source says that it is not active."))
    secrets = []
    for column in SAID:
        row[column], secret = take_secret(plain(row.get(column)))
        secrets.append(secret)
    secret = next(filter(None, secrets), "")[:100]
    times = [
        time if time.secret or time.modality == "in_person" else replace(time, secret=secret) for time in _times(row)
    ]
    row["when"] = f"{len(times)}"
    if not times:
        raise Aside(_("It does not say when it meets."))
    organization = row.get("organization")
    of = " ".join(plain(organization.get("name")).split()) if isinstance(organization, dict) else ""
    topics = [code for term in _terms(row) if (code := values.text(term.get("code")).lower()) and len(code) <= 40]
    return Found(key, _fields(row, name), times, sorted(set(topics))[:20], cut(of, 120))


def _list(row: Record, name: str) -> list[dict[str, Any]]:
    found = row.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _terms(row: Record) -> list[dict[str, Any]]:
    terms = [each.get("taxonomy_term") for each in _list(row, "attributes")]
    return [term for term in terms if isinstance(term, dict)]


def _fields(row: Record, name: str) -> dict[str, Any]:
    phone = next((each.get("number") for each in _list(row, "phones")
                  if values.text(each.get("type") or "voice").lower() == "voice"), "")  # fmt: skip
    ages = values.whole(row.get("minimum_age"), 120), values.whole(row.get("maximum_age"), 120)
    eligible = " ".join(plain(row.get("eligibility_description") or row.get("eligibility")).split())
    access = {str(label): value for value, label in Group.Access.choices}.get(eligible, "")
    fees = " ".join(plain(row.get("fees_description") or row.get("fees")).split())
    cost, cost_note = _cost(fees)
    said = lines(plain(row.get("description")), "" if access else eligible)
    in_order = None in ages or ages[0] <= ages[1]  # type: ignore[operator]
    spoken = [each.get("code") or each.get("name") or each.get("language") for each in _list(row, "languages")]
    return {
        "name": cut(name, 120),
        "summary": cut("\n".join(said), 1200),
        "how_to_join": cut("\n".join(lines(plain(row.get("application_process")))), 600),
        "access": access,
        "cost": cost,
        "cost_note": cut(" ".join(lines(cost_note)), 200),
        "min_age": ages[0] if in_order else None,
        "max_age": ages[1] if in_order else None,
        "languages": values.languages(spoken),
        **_accessibility(row),
        **reached_by(row.get("email"), phone, row.get("url")),
    }


def _cost(fees: str) -> tuple[str, str]:
    for value, label in Group.Cost.choices:
        if fees.startswith(str(label)):
            return value, fees[len(str(label)) :].lstrip(". ")
    return ("free", "") if fees.lower().rstrip(".") in ("free", "none", "no fee", "no cost", "$0") else ("", fees)


def _accessibility(row: Record) -> dict[str, Any]:
    labels = {str(Group._meta.get_field(name).verbose_name).lower(): name for name in ACCESSIBLE}  # type: ignore[union-attr]
    found: dict[str, Any] = {}
    for at in _list(row, "service_at_locations"):
        for each in _list(at.get("location") or {}, "accessibility"):
            said = values.text(each.get("description") or each.get("accessibility")).lower()
            name = labels.get(said) or ("step_free" if "wheelchair" in said else "")
            if name:
                answer = values.yes_no(each.get("details"))
                found[name] = True if answer is None else answer
    return found


def _times(row: Record) -> Iterator[Time]:
    places = _list(row, "service_at_locations")
    for at in places:
        location = at.get("location") if isinstance(at.get("location"), dict) else {}
        for schedule in _list(at, "schedules"):
            yield _time(row, schedule, location or {}, at)
    if not any(_list(at, "schedules") for at in places):
        if len(places) > 1 and _list(row, "schedules"):
            raise Aside(_("It has several places, and does not say when it meets at which."))
        location = (places[0].get("location") if places else None) or {}
        for schedule in _list(row, "schedules"):
            yield _time(row, schedule, location, places[0] if places else {})


def _time(row: Record, schedule: Record, location: Record, at: Record) -> Time:
    labels = {values.text(each.get("label")): each.get("value") for each in _list(schedule, "attributes")}
    address = _address(location)
    zone = values.zone(labels.get("timezone")) or values.zone(schedule.get("timezone"))
    how = _modality(location, schedule)
    place = locate(address, zone) if how != "online" else None
    zone = zone or (place.zone if place else zone_of(address))
    if not zone:
        raise Aside(_("We cannot tell its time zone."))
    start = values.clock(schedule.get("opens_at"))
    if start is None:
        raise Aside(_("We cannot read its time: “%s”.") % values.text(schedule.get("opens_at"))[:40])
    rule, first, until = _rule(row, schedule)
    link = values.link(labels.get("join_link") or location.get("url"))
    dial = next((values.dial_in(each.get("number")) for each in _list(at, "phones")), "")
    bare, secret = values.without_secret(link) if link else ("", "")
    note, named = take_secret(plain(schedule.get("notes")))
    online = how != "in_person"
    return Time(
        modality=how,
        start=f"{start:%H:%M}",
        zone=zone,
        rule=rule,
        first_day=first,
        until=until,
        duration=values.minutes_between(start, values.clock(schedule.get("closes_at"))),
        join_link=bare if online else "",
        join_phone=dial if online else "",
        secret=(secret or named)[:100] if online else "",
        note=cut(" ".join(lines(note)), 200),
        external_id=values.text(schedule.get("id"))[:200],
        place=place,
    )


def _modality(location: Record, schedule: Record) -> str:
    said = values.text(schedule.get("attending_type")).lower()
    hybrid = said == str(MeetingSchedule.Modality.HYBRID.label).lower() or "hybrid" in said
    if values.text(location.get("location_type")).lower() == "virtual":
        return "online"
    return "hybrid" if hybrid else "in_person"


def _rule(row: Record, schedule: Record) -> tuple[str, str, str]:
    said = {
        name: values.text(schedule.get(name)).upper() for name in ("freq", "interval", "byday", "bymonthday", "wkst")
    }
    weekday = schedule.get("weekday")
    if weekday not in (None, ""):
        must_be_weekly(values.text(row.get("name")), plain(row.get("description")), plain(schedule.get("description")))
        days = values.days(weekday) if not values.text(weekday).isdecimal() else [int(values.text(weekday)) - 1]
        if not days or not 0 <= days[0] <= 6:
            raise Aside(_("We cannot read its day: “%s”.") % values.text(weekday)[:40])
        return recurrence.weekly(days), "", ""
    first = schedule.get("dtstart") or schedule.get("valid_from")
    until = schedule.get("until") or (schedule.get("valid_to") if said["freq"] else "")
    if not said["freq"] and said["byday"]:
        said["freq"] = "WEEKLY"
    if not said["freq"]:
        return rule_of("", first)
    count = values.text(schedule.get("count"))
    parts = {"FREQ": said["freq"], "INTERVAL": said["interval"], "BYDAY": said["byday"],
             "BYMONTHDAY": said["bymonthday"], "WKST": said["wkst"], "COUNT": count}  # fmt: skip
    written = ";".join(f"{name}={value.replace(' ', '')}" for name, value in parts.items() if value)
    return rule_of(written, first, until)


def _address(location: Record) -> Address:
    addresses = _list(location, "addresses") or _list(location, "physical_addresses")
    said = next((each for each in addresses if values.text(each.get("address_type")) != "postal"), {})
    street = ", ".join(filter(None, (" ".join(plain(said.get(name)).split()) for name in ("address_1", "address_2"))))
    area = not street and "latitude" in location
    return Address(
        name=" ".join(plain(location.get("name")).split()) if street else "",
        street=street,
        city=values.text(said.get("city")),
        state=values.text(said.get("state_province")),
        postal_code=values.text(said.get("postal_code")),
        country=values.text(said.get("country")),
        hint=" ".join(lines(plain(location.get("description")))) if street else "",
        approximate=True if area else None,
        **coordinates(location.get("latitude"), location.get("longitude")),
    )

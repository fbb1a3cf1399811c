"""The directory in the words of HSDS 3.0 (Human Services Data Specification, docs.openreferral.org).

A group is a service, each of its meeting times a service at a location, which is a place or, online, a virtual one.
Only public values. What is not known is left out; what HSDS requires and a group keeps to itself is an empty string.

Identifiers are UUIDs that stay: a group's own key, and for the rest one made from the row's number (RFC 9562, version
5). A place that is not public has one of its own for each meeting time, so that nobody learns who shares it.

HSDS keeps a time of day with an offset from UTC, which is wrong for half of the year where clocks change. So times
are those of the clock on the wall, and an attribute of the schedule names the zone (IANA).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _

from groups import rule_words
from groups.facets import ACCESSIBLE
from groups.models import Group, MeetingSchedule, Organization, Place, Topic
from groups.models.group import SPOKEN

VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/3.0/hsds/"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
SPACE = UUID("5d0c3a2e-6f55-5f0b-9c39-0d8a5d0f7b11")  # ours alone, and never another one


def known(**values: Any) -> dict[str, Any]:
    """The values that say something."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def id_of(kind: str, *parts: object) -> str:
    return str(uuid5(SPACE, "/".join(map(str, (settings.SITE_URL, kind, *parts)))))


def about() -> dict[str, Any]:
    return {"version": VERSION, "profile": PROFILE, "openapi_url": OPENAPI}


def service(group: Group, *, full: bool) -> dict[str, Any]:
    """A group that came `with_everything`: what is true once, and with `full` its times, places and topics."""
    said = known(
        id=str(group.key),
        name=named(group),
        description="\n\n".join(filter(None, [group.summary, group.first_time])),
        url=group.public_url,
        email=group.shown_email,
        status="active",
        application_process=group.how_to_join,
        fees_description=". ".join(
            filter(None, [str(group.get_cost_display()) if group.cost else "", group.cost_note])
        ),
        eligibility_description=str(group.get_access_display()) if group.access else "",
        minimum_age=group.min_age,
        maximum_age=group.max_age,
        assured_date=group.confirmed_at.date().isoformat() if group.confirmed_at else "",
        alert=group.alert,
        last_modified=group.updated_at.isoformat(timespec="milliseconds"),
        organization=organization(group.organization) if group.organization else None,
    )
    return {**said, **many_of(group)} if full else said


def many_of(group: Group) -> dict[str, Any]:
    return known(
        phones=[{"id": id_of("phone", group.key), "number": group.shown_phone}] if group.shown_phone else [],
        languages=[
            {"id": id_of("language", group.key, code), "code": code, "name": str(SPOKEN.get(code, code))}
            for code in group.languages
        ],
        attributes=[topic_attribute(group, topic) for topic in group.topics.all()],
        service_at_locations=[at_location(group, schedule) for schedule in group.schedules.all()],
    )


def named(row: Group | Organization) -> str:
    return _("Example: %s") % row.name if row.is_example else row.name


def organization(row: Organization) -> dict[str, Any]:
    needed = {"id": id_of("organization", row.pk), "name": named(row), "description": row.summary}
    return needed | known(website=row.website)


def full_organization(row: Organization) -> dict[str, Any]:
    phone = {"id": id_of("organization-phone", row.pk), "number": row.phone}
    return organization(row) | known(phones=[phone] if row.phone else [])


def topic_attribute(group: Group, topic: Topic) -> dict[str, Any]:
    term = {"id": id_of("topic", topic.slug), "code": topic.slug, "name": topic.name, "description": topic.name}
    return {"id": id_of("topic", topic.slug, group.key), "link_entity": "service", "taxonomy_term": term}


def service_at_location(group: Group, schedule: MeetingSchedule) -> dict[str, Any]:
    """As a list of its own has it: with the service it belongs to."""
    return at_location(group, schedule) | {"service": service(group, full=False)}


def at_location(group: Group, schedule: MeetingSchedule) -> dict[str, Any]:
    place = schedule.place if schedule.is_in_person else None
    where = physical(group, schedule, place) if place else virtual(schedule)
    dial = {"id": id_of("dial-in", schedule.pk), "number": schedule.public_join_phone, "description": _("By phone")}
    return {
        "id": id_of("service-at-location", schedule.pk),
        "location": where,
        "schedules": [schedule_of(schedule)],
    } | known(description=str(schedule.get_modality_display()), phones=[dial] if schedule.public_join_phone else [])


def virtual(schedule: MeetingSchedule) -> dict[str, Any]:
    needed = {"id": id_of("online", schedule.pk), "location_type": "virtual", "name": _("Online")}
    return needed | known(url=schedule.public_join_link)


def physical(group: Group, schedule: MeetingSchedule, place: Place) -> dict[str, Any]:
    """The place as everybody may know it; where that is an area, the point is the middle of a coarse cell."""
    key = id_of("place", place.pk) if place.is_exact else id_of("area", schedule.pk)
    point = place.public_point
    address = {
        "id": id_of("address", key),
        "address_1": place.street if place.is_exact else "",
        "city": place.city,
        "state_province": place.state,
        "postal_code": place.postal_code if place.is_exact else "",
        "country": "US",
        "address_type": "physical",
    }
    return {
        "id": key,
        "location_type": "physical",
        "name": place.public_name or place.area,
        "latitude": point.latitude,
        "longitude": point.longitude,
        "addresses": [address],
    } | known(description=place.hint if place.is_exact else place.what_is_public, accessibility=[*access(group, key)])


def access(group: Group, key: str) -> Iterator[dict[str, Any]]:
    """Yes and no, as the group has said it; what it has not said is not there."""
    for name in ACCESSIBLE:
        if (said := getattr(group, name)) is not None:
            label = str(group._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            details = _("Yes") if said else _("No")
            yield {"id": id_of("access", group.key, key, name), "description": label, "details": details}


def schedule_of(schedule: MeetingSchedule) -> dict[str, Any]:
    """The rule of a schedule (RFC 5545), one property for each of its parts."""
    parts = dict(part.split("=") for part in schedule.rule.split(";")) if schedule.rule else {}
    until = schedule.until if schedule.rule else schedule.first_day
    ends = datetime.combine(schedule.first_day, schedule.start) + timedelta(minutes=schedule.duration)
    key = id_of("schedule", schedule.pk)
    return known(
        id=key,
        dtstart=schedule.first_day.isoformat(),
        valid_from=schedule.first_day.isoformat(),
        valid_to=iso(until),
        until=iso(until),
        count=None if schedule.rule else 1,
        freq=parts.get("FREQ"),
        interval=int(parts.get("INTERVAL", "1")) if parts else None,
        byday=parts.get("BYDAY"),
        bymonthday=parts.get("BYMONTHDAY"),
        wkst=parts.get("WKST"),
        opens_at=f"{schedule.start:%H:%M}",
        closes_at=f"{ends:%H:%M}",
        description=rule_words.in_words(schedule.rule, schedule.first_day),
        attending_type=str(schedule.get_modality_display()),
        notes="\n".join([*filter(None, [schedule.note]), *otherwise(schedule)]),
        attributes=[{"id": id_of("zone", schedule.pk), "label": "timezone", "value": schedule.zone}, *join(schedule)],
    )


def join(schedule: MeetingSchedule) -> Iterator[dict[str, Any]]:
    """The link of a meeting that is in a room and online at once."""
    if schedule.modality == MeetingSchedule.Modality.HYBRID and schedule.public_join_link:
        yield {"id": id_of("join", schedule.pk), "label": "join_link", "value": schedule.public_join_link}


def otherwise(schedule: MeetingSchedule) -> Iterator[str]:
    """In words, since HSDS has none of its own for a meeting that is cancelled or moved."""
    for row in schedule.exceptions.all():
        moved = f", {row.moved_to:%Y-%m-%d %H:%M}" if row.moved_to else ""
        yield f"{row.day:%Y-%m-%d}: {row.get_kind_display()}{moved}"


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""

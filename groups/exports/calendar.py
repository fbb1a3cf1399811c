"""Groups as calendars (RFC 5545), for one group and for all that a search finds. Public values only.

An event's UID stays the same for good, its SEQUENCE goes up with each change. `neutral` keeps a calendar from telling
whoever looks over a shoulder what its owner goes to: the title is "Meeting", and neither place nor text says more.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vRecur

from groups.models import Group, MeetingSchedule
from groups.recurrence import local_to_utc

ZONES_UNTIL = date(2038, 1, 1)
PRODUCT = "-//MindSpace//Support groups//EN"


def calendar_of(groups: Iterable[Group], *, neutral: bool = False) -> bytes:
    """The calendar of groups that came `with_everything`; those without a meeting time add nothing."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _("Meetings"))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for group in groups:
        for schedule in group.schedules.all():
            for event in events_of(group, schedule, neutral=neutral):
                calendar.add_component(event)
    starts = [event.decoded("dtstart").date() for event in calendar.walk("VEVENT")]
    # From before the first meeting, or its hour would be read by an offset that came later.
    calendar.add_missing_timezones(
        first_date=min(starts, default=ZONES_UNTIL) - timedelta(days=366), last_date=ZONES_UNTIL
    )
    return bytes(calendar.to_ical())


def events_of(group: Group, schedule: MeetingSchedule, *, neutral: bool) -> list[Event]:
    """The rule as one event, and another for each meeting that is held at another time.

    Nothing where there is no meeting at all; an exception on a day that the rule does not give says nothing.
    """
    exceptions = [row for row in schedule.exceptions.all() if schedule.days_between(row.day, row.day)]
    first = schedule.first_meeting_day()  # DTSTART must be one of the rule's own days (RFC 5545, 3.8.5.3)
    if first is None or (not schedule.rule and any(row.kind == "cancelled" for row in exceptions)):
        return []
    event = bare_event(group, schedule, aware(datetime.combine(first, schedule.start), schedule), neutral=neutral)
    if schedule.rule:
        rule = vRecur.from_ical(schedule.rule)
        if schedule.until:  # in UTC, since DTSTART names a zone (RFC 5545, 3.3.10)
            last = datetime.combine(schedule.until, schedule.start)
            rule["UNTIL"] = [local_to_utc(last, schedule.zone)]
        event.add("rrule", rule)
    for exception in exceptions:
        if exception.kind == "cancelled":
            event.add("exdate", aware(datetime.combine(exception.day, schedule.start), schedule))
    moved = []
    for exception in exceptions:
        if exception.moved_to:
            other = bare_event(group, schedule, aware(exception.moved_to, schedule), neutral=neutral)
            other.add("recurrence-id", aware(datetime.combine(exception.day, schedule.start), schedule))
            moved.append(other)
    return [event, *moved]


def aware(wall: datetime, schedule: MeetingSchedule) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(schedule.zone))


def bare_event(group: Group, schedule: MeetingSchedule, starts: datetime, *, neutral: bool) -> Event:
    event = Event()
    event.add("uid", f"{group.key}-{schedule.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    event.add("dtstamp", group.updated_at.astimezone(UTC))
    event.add("last-modified", group.updated_at.astimezone(UTC))
    event.add("sequence", schedule.sequence)
    event.add("dtstart", starts)
    event.add("duration", timedelta(minutes=schedule.duration))
    event.add("transp", "TRANSPARENT")
    if neutral:
        event.add("summary", _("Meeting"))
        return event
    event.add("summary", _("Example: %s") % group.name if group.is_example else group.name)
    event.add("description", group.summary)
    event.add("url", group.public_url)
    event.add("status", "CONFIRMED")
    for name, value in where(group, schedule).items():
        event.add(name, value)
    return event


def where(group: Group, schedule: MeetingSchedule) -> dict[str, Any]:
    """Where it is, as far as everybody may know."""
    place = schedule.place if schedule.is_in_person else None
    if place is None:
        return {"location": schedule.public_join_link or _("Online")}
    found: dict[str, Any] = {"location": ", ".join(filter(None, [place.public_name, place.public_address]))}
    if place.is_pin:
        found["geo"] = (place.public_point.latitude, place.public_point.longitude)
    return found

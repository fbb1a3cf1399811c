"""Groups as a calendar (RFC 5545), for one group and for all that a search finds. Public values only.

An event's UID stays the same for good, its SEQUENCE goes up with each change. `neutral` keeps a calendar from telling
whoever looks over a shoulder what its owner goes to: the title is "Meeting", and neither place nor text says more.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vRecur, vUri

from groups.exports.timezones import timezone_of
from groups.models import Group, MeetingException, MeetingSchedule
from groups.recurrence import local_to_utc

END = b"END:VCALENDAR\r\n"
LONGEST_PAUSE = timedelta(days=800)


def stream(groups: Iterable[Group], *, neutral: bool = False) -> Iterator[bytes]:
    """The calendar, a piece at a time, of groups that came `with_everything`.

    A zone stands before the first event that names it. A group without a meeting time adds nothing.
    """
    yield head(neutral=neutral).removesuffix(END)
    told: set[str] = set()
    for group in groups:
        for schedule in group.schedules.all():
            events = b"".join(event.to_ical() for event in events_of(group, schedule, neutral=neutral))
            if schedule.zone not in told and f";TZID={schedule.zone}".encode() in events:
                told.add(schedule.zone)
                yield timezone_of(schedule.zone)
            yield events
    yield END


def head(*, neutral: bool) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Calendar//EN" if neutral else "-//MindSpace//Support groups//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _("Meetings"))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    return bytes(calendar.to_ical())


def events_of(group: Group, schedule: MeetingSchedule, *, neutral: bool) -> list[Event]:
    """The rule as one event, and another for each meeting that is held at another time."""
    first = schedule.first_meeting_day()
    if first is None:
        return []
    # What is said about a day on which nothing would be held is left out: programs would add a meeting to it.
    exceptions = [row for row in schedule.exceptions.all() if schedule.days_between(row.day, row.day)]
    if not schedule.rule:
        return [single(group, schedule, first, exceptions, neutral=neutral)]
    event = bare_event(group, schedule, usual(schedule, first), neutral=neutral)
    event.add("status", "CONFIRMED")
    event.add("rrule", rule_of(schedule))
    events = [event]
    resting = {day for day in _days_of_pause(group, schedule) if rests(group, usual(schedule, day))}
    for day in sorted(resting):
        event.add("exdate", usual(schedule, day))
    for row in exceptions:
        if row.day in resting:
            continue
        if row.moved_to is None or rests(group, aware(row.moved_to, schedule)):
            event.add("exdate", usual(schedule, row.day))
        else:
            other = bare_event(group, schedule, aware(row.moved_to, schedule), neutral=neutral, note=row.note)
            other.add("status", "CONFIRMED")
            other.add("recurrence-id", usual(schedule, row.day))
            events.append(other)
    return events


def rests(group: Group, starts: datetime) -> bool:
    """Whether a meeting that starts then falls into the pause that the group is on. One that is over is history."""
    if not group.is_paused() or group.paused_from is None:
        return False
    return group.paused_from <= starts and (group.paused_until is None or starts < group.paused_until)


def _days_of_pause(group: Group, schedule: MeetingSchedule) -> list[date]:
    """The days of the rule around the pause, for two years where nobody knows its end: until then we are read anew."""
    if not group.is_paused() or group.paused_from is None:
        return []
    latest = group.paused_from + LONGEST_PAUSE
    ends = min(group.paused_until or latest, latest)
    zone = ZoneInfo(schedule.zone)
    return schedule.days_between(group.paused_from.astimezone(zone).date(), ends.astimezone(zone).date())


def single(
    group: Group, schedule: MeetingSchedule, first: date, exceptions: list[MeetingException], *, neutral: bool
) -> Event:
    """A meeting that is held once. There is no rule that it could be an exception from."""
    row = exceptions[0] if exceptions else None
    starts = aware(row.moved_to, schedule) if row and row.moved_to else usual(schedule, first)
    event = bare_event(group, schedule, starts, neutral=neutral, note=row.note if row else "")
    is_off = (row is not None and row.moved_to is None) or rests(group, starts)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event


def rule_of(schedule: MeetingSchedule) -> vRecur:
    """The rule with its end, which is in UTC since DTSTART names a zone (RFC 5545, 3.3.10)."""
    rule = vRecur.from_ical(schedule.rule)
    if schedule.until:
        rule["UNTIL"] = [local_to_utc(datetime.combine(schedule.until, schedule.start), schedule.zone)]
    return rule


def usual(schedule: MeetingSchedule, day: date) -> datetime:
    """When the meeting of `day` begins, if nothing else is said."""
    return aware(datetime.combine(day, schedule.start), schedule)


def aware(wall: datetime, schedule: MeetingSchedule) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(schedule.zone))


def bare_event(group: Group, schedule: MeetingSchedule, starts: datetime, *, neutral: bool, note: str = "") -> Event:
    event = Event()
    event.add("uid", f"{group.key}-{schedule.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    changed = max([group.updated_at, *(row.made_at for row in schedule.exceptions.all())]).astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", schedule.sequence)
    event.add("dtstart", starts)
    event.add("duration", timedelta(minutes=schedule.duration))
    event.add("transp", "TRANSPARENT")
    name = _("Meeting") if neutral else group.name
    event.add("summary", _("Example: %s") % name if group.is_example else name)
    if neutral:
        return event
    event.add("description", "\n\n".join(filter(None, [note, group.alert, schedule.note, group.summary])))
    event.add("url", group.public_url)
    for field, value in where(schedule).items():
        event.add(field, value)
    if schedule.is_online and schedule.public_join_link:
        event.add("conference", vUri(schedule.public_join_link), parameters={"VALUE": "URI"})  # RFC 7986, 5.11
    return event


def where(schedule: MeetingSchedule) -> dict[str, Any]:
    """Where it is, as far as everybody may know. GEO only for a point that is the place itself."""
    place = schedule.place if schedule.is_in_person else None
    if place is None:
        return {"location": schedule.public_join_link or _("Online")}
    found: dict[str, Any] = {"location": ", ".join(filter(None, [place.public_name, place.public_address]))}
    if place.is_pin:
        found["geo"] = (place.public_point.latitude, place.public_point.longitude)
    return found

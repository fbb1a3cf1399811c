"""When a group meets, as people say it: a rule with its hour, and a single meeting with its place and clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups import rule_words
from groups.models import Meeting, MeetingSchedule
from groups.results import time_word, zone_word

LONG_DAY = "l, F j"


def schedule_words(schedule: MeetingSchedule) -> str:
    """ "Every Tuesday at 6.30 pm", "The last day of the month at noon, until May 31, 2027"."""
    said = {
        "rule": rule_words.in_words(schedule.rule, schedule.first_day),
        "time": time_word(datetime.combine(schedule.first_day, schedule.start)),
        "day": date_format(schedule.until, "F j, Y") if schedule.until else "",
    }
    if schedule.until and schedule.rule:
        return _("%(rule)s at %(time)s, until %(day)s") % said
    return _("%(rule)s at %(time)s") % said


def meeting_words(meeting: Meeting, visitor: str = "") -> str:
    """ "Tuesday, March 3, 6.30 to 7.30 pm in Irving (Central time)".

    `visitor` is the IANA name of the zone that the visitor is in, where it is known: what is online is then told by
    that clock, too, with the city it is named for. Where both show the same, once is enough.
    """
    said = _("%(day)s, %(times)s %(where)s (%(zone)s)") % {
        "day": date_format(meeting.wall, LONG_DAY),
        "times": times_words(meeting.starts, meeting.ends),
        "where": where_words(meeting.schedule),
        "zone": zone_word(meeting.schedule.zone, meeting.starts),
    }
    there = ZoneInfo(visitor) if visitor and meeting.schedule.is_online else None
    starts = meeting.starts.astimezone(there)
    if there is None or starts.utcoffset() == meeting.starts.utcoffset():
        return said
    times, city = times_words(starts, meeting.ends.astimezone(there)), city_word(visitor)
    if starts.date() == meeting.starts.date():
        return _("%(said)s. In %(city)s: %(times)s") % {"said": said, "city": city, "times": times}
    day = date_format(starts, LONG_DAY)
    return _("%(said)s. In %(city)s: %(day)s, %(times)s") % {"said": said, "city": city, "day": day, "times": times}


def times_words(starts: datetime, ends: datetime) -> str:
    """ "6.30 to 7.30 pm"; the half of the day is said twice where it changes, and beside noon and midnight."""
    first, last = time_word(starts), time_word(ends)
    half = (_("am"), _("pm"))[starts.hour >= 12]
    if first.endswith(f" {half}") and last.endswith(f" {half}"):
        first = first.removesuffix(f" {half}")
    return _("%(begins)s to %(ends)s") % {"begins": first, "ends": last}


def where_words(schedule: MeetingSchedule) -> str:
    """In the town, never more: a group may keep its address to itself."""
    town = schedule.place.city if schedule.is_in_person and schedule.place else ""
    if not town:
        return _("online")
    return (_("in %(town)s and online") if schedule.is_online else _("in %(town)s")) % {"town": town}


def city_word(zone: str) -> str:
    """The city that a zone is named for: "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")

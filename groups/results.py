"""A group as a result shows it: when and where next, how far, and the facts that decide whether to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.asked import Asked
from groups.facets import ACCESSIBLE
from groups.finding import miles_of
from groups.models import Group, Meeting, SearchRow
from groups.models.group import SPOKEN
from mindspace.site.hours import clock

ZONES = {
    "America/New_York": gettext_lazy("Eastern time"), "America/Chicago": gettext_lazy("Central time"),
    "America/Denver": gettext_lazy("Mountain time"), "America/Phoenix": gettext_lazy("Arizona time"),
    "America/Los_Angeles": gettext_lazy("Pacific time"), "America/Anchorage": gettext_lazy("Alaska time"),
    "Pacific/Honolulu": gettext_lazy("Hawaii time"),
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    group: Group
    meeting: Meeting | None
    day: str  # "Today", "Tomorrow", "Tue", or "Always" for what is always open
    date: str
    time: str
    where: str
    facts: list[str]
    miles: float | None
    is_today: bool
    is_moved: bool  # not at its usual time
    is_stale: bool
    more_times: int  # how many other meeting times the group has


def results_of(rows: Sequence[SearchRow], asked: Asked) -> list[Result]:
    return [result_of(row, asked) for row in rows]


def result_of(row: Any, asked: Asked) -> Result:
    """Of a row as finding.find gives it."""
    group, schedule, miles = row.group, row.schedule, miles_of(row, asked)
    meeting = schedule.next_meeting(asked.now) if schedule else None
    today = asked.now.astimezone(ZoneInfo(schedule.zone)).date() if schedule else None
    is_today = bool(meeting and meeting.wall.date() == today)
    return Result(
        group=group,
        meeting=meeting,
        day=day_word(meeting, asked.now) if meeting else (_("Always") if group.always_open else _("Ask")),
        date=date_format(meeting.wall, "M j") if meeting else "",
        time=time_word(meeting.wall) if meeting else (_("day and night") if group.always_open else ""),
        where=where_words(row, meeting, miles),
        facts=facts_of(group),
        miles=miles,
        is_today=is_today,
        is_moved=bool(meeting and meeting.moved),
        is_stale=row.stale_at <= asked.now,
        more_times=row.times - (1 if meeting else 0),
    )


def day_word(meeting: Meeting, now: datetime) -> str:
    today = now.astimezone(ZoneInfo(meeting.schedule.zone)).date()
    if meeting.wall.date() == today:
        return _("Today")
    if meeting.wall.date() == today + timedelta(days=1):
        return _("Tomorrow")
    return date_format(meeting.wall, "D")


def time_word(wall: datetime) -> str:
    """ "6.30 pm", "noon", "midnight"."""
    if (wall.hour, wall.minute) in ((12, 0), (0, 0)):
        return _("noon") if wall.hour else _("midnight")
    return clock(wall)


def zone_word(zone: str, at: datetime) -> str:
    """The time zone as people say it, "Central time"; else by its letters at that time, or by its city."""
    if zone in ZONES:
        return str(ZONES[zone])
    letters = at.astimezone(ZoneInfo(zone)).strftime("%Z")
    return letters if letters.isalpha() else _("%(city)s time") % {"city": zone.rpartition("/")[2].replace("_", " ")}


def where_words(row: SearchRow, meeting: Meeting | None, miles: float | None) -> str:
    """ "In person · Irving, TX · 2 miles"."""
    group, schedule = row.group, row.schedule
    if schedule is None:
        online = _("Online") if group.is_online_community else ""
        return " · ".join(filter(None, [online, group.platform]))
    parts = [str(schedule.get_modality_display())]
    if schedule.place and schedule.is_in_person:
        parts.append(schedule.place.area)
    if miles is not None:
        parts.append(miles_word(miles, about=not (schedule.place and schedule.place.is_pin)))
    if schedule.modality == "online":
        parts.append(zone_word(schedule.zone, meeting.starts) if meeting else "")
    return " · ".join(filter(None, parts))


def miles_word(miles: float, *, about: bool = False) -> str:
    number = max(1, round(miles))
    if miles < 1 and not about:
        return _("less than a mile")
    words = ngettext("%d mile", "%d miles", number) % number
    return _("about %s") % words if about else words


def facts_of(group: Group) -> list[str]:
    """What decides whether to go, in a few words each; what is not stated is not there."""
    stated = [name for name in ACCESSIBLE if getattr(group, name)]
    found = [str(group._meta.get_field(name).verbose_name).capitalize() for name in stated]  # type: ignore[union-attr]
    if group.may_listen:
        found.append(_("You may just listen"))
    if group.languages and group.languages != ["en"]:
        found.append(get_text_list([str(SPOKEN.get(code, code)) for code in group.languages], _("and")))
    if group.cost:
        found.append(str(group.get_cost_display()))
    return found

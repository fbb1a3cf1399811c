"""Meeting Guide JSON (github.com/code4recovery/spec): what the apps of 12-step fellowships read.

The format knows weekly meetings only, so a monthly one or every other week is left out and counted, never written as
weekly. Nor does it know dates: what has ended is not in it, and what begins later is left out until its first week.
One row for each day of the week, numbered from Sunday.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from groups import recurrence
from groups.models import Group, MeetingSchedule

A_WEEK = timedelta(days=7)
KINDS_OF_ATTENDANCE = {"in_person": "in_person", "online": "online", "hybrid": "hybrid"}
TYPES = {"open": "O", "closed": "C"}
FEATURES = {"step_free": "X", "childcare": "BA", "sign_language": "ASL"}
LANGUAGES = {"en": "EN", "es": "S", "fr": "FR", "ko": "KOR", "hi": "HI", "pt": "POR", "ru": "RUS", "de": "DE"}


def stream(groups: Iterable[Group]) -> Iterator[str]:
    """A JSON list, a piece at a time, of groups that came `with_everything`."""
    before = "["
    for group in groups:
        for row in rows_of(group):
            yield before + json.dumps(row, ensure_ascii=False)
            before = ",\n"
    yield "[]" if before == "[" else "]"


def rows_of(group: Group) -> Iterator[dict[str, Any]]:
    today = timezone.now().date()
    for schedule in group.schedules.all():
        if (
            recurrence.is_weekly(schedule.rule)
            and schedule.first_day < today + A_WEEK
            and not has_ended(schedule, today)
        ):
            yield from (row_of(group, schedule, day) for day in schedule.weekdays)


def has_ended(schedule: MeetingSchedule, today: date) -> bool:
    last = schedule.until if schedule.rule else schedule.first_day
    return last is not None and last < today


def left_out(active: QuerySet[Group]) -> int:
    """How many meeting times of these groups are still to come and cannot be said."""
    today = timezone.now().date()
    ended = Q(until__lt=today) | Q(rule="", first_day__lt=today)
    said = Q(rule__startswith=recurrence.WEEKLY, first_day__lt=today + A_WEEK)
    return MeetingSchedule.objects.filter(group__in=active).exclude(ended).exclude(said).count()


def row_of(group: Group, schedule: MeetingSchedule, day: int) -> dict[str, Any]:
    """A row; what is not known, or not public, is not in it."""
    place = schedule.place if schedule.is_in_person else None
    ends = (timedelta(hours=schedule.start.hour, minutes=schedule.start.minute + schedule.duration)).seconds
    row: dict[str, Any] = {
        "name": f"Example: {group.name}" if group.is_example else group.name,
        "slug": f"{group.slug}-{schedule.pk}-{day}",
        "day": (day + 1) % 7,
        "time": f"{schedule.start:%H:%M}",
        "end_time": f"{ends // 3600:02}:{ends % 3600 // 60:02}",
        "timezone": schedule.zone,
        "types": types_of(group),
        "notes": "\n".join(filter(None, [group.summary, schedule.note])),
        "url": group.public_url,
        "updated": f"{group.updated_at:%Y-%m-%d %H:%M:%S}",
        "attendance_option": KINDS_OF_ATTENDANCE[schedule.modality],
        "conference_url": schedule.public_join_link if schedule.is_online else "",
        "conference_phone": schedule.public_join_phone if schedule.is_online else "",
        "group": group.organization.name if group.organization else "",
        "website": group.website,
        "email": group.shown_email,
        "phone": group.shown_phone,
    }
    if place:
        point = place.public_point
        row |= {
            "location": place.public_name or place.area,
            "formatted_address": f"{place.public_address}, USA",
            "city": place.city,
            "state": place.state,
            "region": place.city,
            "approximate": "no" if place.is_pin else "yes",
            "latitude": point.latitude,
            "longitude": point.longitude,
        }
    return {name: value for name, value in row.items() if value not in ("", [])}


def types_of(group: Group) -> list[str]:
    access = [TYPES[group.access]] if group.access in TYPES else []
    features = [code for name, code in FEATURES.items() if getattr(group, name)]
    return [*access, *features, *(LANGUAGES[code] for code in group.languages if code in LANGUAGES)]

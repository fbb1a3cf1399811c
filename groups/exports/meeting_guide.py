"""Meeting Guide JSON (github.com/code4recovery/spec): what the apps of 12-step fellowships read.

The format knows weekly meetings only, so a monthly one or every other week is left out and counted, never written as
weekly. Nor does it know dates: what has ended is not in it, and what begins later is left out until its first week.
One row for each day of the week, numbered from Sunday. A fellowship or agency behind the group is its `entity`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from groups import recurrence
from groups.models import Group, MeetingSchedule, Place

A_WEEK = timedelta(days=7)
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
    today = timezone.localdate()
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
    today = timezone.localdate()
    ended = Q(until__lt=today) | Q(rule="", first_day__lt=today)
    said = Q(rule__startswith=recurrence.WEEKLY, first_day__lt=today + A_WEEK)
    return MeetingSchedule.objects.filter(group__in=active).exclude(ended).exclude(said).count()


def row_of(group: Group, schedule: MeetingSchedule, day: int) -> dict[str, Any]:
    """A row; what is not known, or not public, is not in it."""
    ends = datetime.combine(date.min, schedule.start) + timedelta(minutes=schedule.duration)
    row: dict[str, Any] = {
        "name": f"Example: {group.name}" if group.is_example else group.name,
        "slug": f"{group.slug[:40].rstrip('-')}-{schedule.pk}-{day}",
        "day": (day + 1) % 7,
        "time": f"{schedule.start:%H:%M}",
        "end_time": f"{ends:%H:%M}",
        "timezone": schedule.zone,
        "types": types_of(group),
        "notes": "\n".join(filter(None, [group.alert, group.summary, schedule.note])),
        "url": group.public_url,
        "updated": f"{group.updated_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        "attendance_option": schedule.modality,
        "group": group.name,
        "website": group.website,
        "email": group.shown_email,
        "phone": group.shown_phone,
    }
    if group.organization:
        row |= {"entity": group.organization.name, "entity_website_url": group.organization.website}
    if schedule.is_online:
        row |= {"conference_url": schedule.public_join_link, "conference_phone": dialed(schedule.public_join_phone)}
    if schedule.is_in_person and schedule.place:
        row |= place_of(schedule.place)
    return {name: value for name, value in row.items() if value not in ("", [])}


def place_of(place: Place) -> dict[str, Any]:
    point = place.public_point
    return {
        "location": place.public_name or place.area,
        "formatted_address": f"{place.public_address}, USA",
        "address": place.street if place.is_exact else "",
        "city": place.city,
        "state": place.state,
        "postal_code": place.postal_code if place.is_exact else "",
        "country": "US",
        "region": place.city,
        "approximate": "no" if place.is_pin else "yes",
        "latitude": point.latitude,
        "longitude": point.longitude,
    }


def dialed(phone: str) -> str:
    """A number as the format wants it: digits, and + , * # between them. What is no number is left out."""
    number = re.sub(r"[^0-9+,*#]", "", phone)
    return number if re.fullmatch(r"\+?\d{1,15}([,*#]+\d+)*#?", number) else ""


def types_of(group: Group) -> list[str]:
    access = [TYPES[group.access]] if group.access in TYPES else []
    features = [code for name, code in FEATURES.items() if getattr(group, name)]
    return [*access, *features, *(LANGUAGES[code] for code in group.languages if code in LANGUAGES)]

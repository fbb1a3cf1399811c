"""The search rows of groups: what finding reads, made from what the desk writes.

A row holds public values only. Rows of a group that may not be shown do not exist; one that goes stale or out of sight
by age says when, so that no job has to be in time.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.utils import timezone

from groups import facets
from groups.geometry import mercator
from groups.models import Group, MeetingSchedule, NextStart, SearchRow
from groups.models.group_queries import HIDDEN_AFTER, STALE_AFTER

CHUNK = 500
CONFIGS = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "pt": "portuguese"}


def config(language: str) -> str:
    """PostgreSQL's text search configuration for a language code such as "en-us"."""
    return CONFIGS.get(language.split("-")[0].lower(), "simple")


@transaction.atomic
def refresh(group_ids: Iterable[int]) -> None:
    """Make the search rows of these groups anew. Call it in the transaction that changed them."""
    wanted = sorted(set(group_ids))
    for start in range(0, len(wanted), CHUNK):
        _refresh(wanted[start : start + CHUNK], timezone.now())


def advance(now: datetime | None = None, limit: int = 5000) -> int:
    """Find the next meeting anew for rows whose last known one is over; return how many. Safe to run twice."""
    now = now or timezone.now()
    with transaction.atomic():
        over = NextStart.objects.select_for_update(skip_locked=True).filter(ends_at__lte=now)[:limit]
        rows = [next_start.row_id for next_start in over]
        found = SearchRow.objects.filter(pk__in=rows).select_related("schedule")
        found = found.prefetch_related("schedule__exceptions")
        NextStart.objects.filter(pk__in=rows).delete()
        NextStart.objects.bulk_create(next_starts(found, now))
    return len(rows)


def _refresh(ids: Sequence[int], now: datetime) -> None:
    SearchRow.objects.filter(group__in=ids).delete()
    groups = Group.objects.filter(pk__in=ids).listed(now).with_everything()
    rows = [row for group in groups for row in rows_of(group)]
    SearchRow.objects.bulk_create(rows)
    NextStart.objects.bulk_create(next_starts(rows, now))


def rows_of(group: Group) -> list[SearchRow]:
    """The unsaved rows of a listed group, whose schedules, places and topics have been fetched."""
    schedules: list[MeetingSchedule | None] = list(group.schedules.all())
    return [_row(group, schedule) for schedule in schedules or [None]]


def next_starts(rows: Iterable[SearchRow], now: datetime) -> list[NextStart]:
    found = []
    for row in rows:
        meeting = row.schedule.next_meeting(now) if row.schedule else None
        if meeting:
            found.append(NextStart(row=row, starts_at=meeting.starts, ends_at=meeting.ends))
    return found


def _row(group: Group, schedule: MeetingSchedule | None) -> SearchRow:
    topics = list(group.topics.all())
    place = schedule.place if schedule and schedule.is_in_person else None
    x, y = mercator(place.public_point) if place else (None, None)
    confirmed: Any = group.confirmed_at
    return SearchRow(
        group=group,
        schedule=schedule,
        x=x,
        y=y,
        facets=facets.of(group, schedule, [topic.pk for topic in topics]),
        vector=vector(group, topics, place.area if place else ""),
        stale_at=confirmed + timedelta(days=STALE_AFTER),
        hidden_at=confirmed + timedelta(days=HIDDEN_AFTER),
    )


def vector(group: Group, topics: Sequence[Any], area: str) -> Any:
    """What words find: the name, then the topics with their other names, then the rest that is public."""
    named = " ".join(word for topic in topics for word in (topic.name, *topic.synonyms))
    organization = group.organization.name if group.organization else ""
    parts = {
        "A": group.name,
        "B": f"{named} {group.get_kind_display()}",
        "C": f"{organization} {area}",
        "D": f"{group.summary} {group.first_time}",
    }
    using = config(group.language)
    made = [SearchVector(Value(text), weight=weight, config=using) for weight, text in parts.items()]
    return made[0] + made[1] + made[2] + made[3]

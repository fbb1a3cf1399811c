"""The search rows of groups: what finding reads, made from what the desk writes.

A row holds public values only. Rows of a group that may not be shown do not exist; one that goes stale or out of sight
by age says when, so that no job has to be in time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from groups import facets
from groups.geometry import mercator
from groups.models import Group, MeetingException, MeetingSchedule, NextStart, SearchRow, Topic
from groups.models.group_queries import HIDDEN_AFTER, STALE_AFTER

CHUNK = 500
KINDS = {kind.value: kind.label for kind in Group.Kind}
CONFIGS = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "pt": "portuguese"}
# A statement for many rows: an expression for each would be most of the work.
INSERT = """
    INSERT INTO groups_searchrow
        (group_id, schedule_id, x, y, facets, stale_at, hidden_at, paused_from, paused_until, vector)
    SELECT group_id, schedule_id, x, y, facets::int[], stale_at, hidden_at, paused_from, paused_until,
        setweight(to_tsvector(config::regconfig, a), 'A') || setweight(to_tsvector(config::regconfig, b), 'B') ||
        setweight(to_tsvector(config::regconfig, c), 'C') || setweight(to_tsvector(config::regconfig, d), 'D')
    FROM unnest(%s::bigint[], %s::bigint[], %s::float8[], %s::float8[], %s::text[], %s::timestamptz[],
        %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::text[])
        AS t(group_id, schedule_id, x, y, facets, stale_at, hidden_at, paused_from, paused_until, config, a, b, c, d)
    RETURNING id, group_id, schedule_id
"""
INSERT_STARTS = """
    INSERT INTO groups_nextstart (row_id, starts_at, ends_at)
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[])
"""


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
    insert(Group.objects.filter(pk__in=among(ids)).listed(now), now)


def among(ids: Sequence[int]) -> RawSQL:
    """For `pk__in`: one parameter, however many they are, which is asked with several times."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def insert(groups: QuerySet[Group], now: datetime) -> None:
    """Write the rows of these listed groups, which have none.

    What is asked of many is asked once: an import of thousands spends most of its time here.
    """
    times = MeetingSchedule.objects.filter(group__in=groups).select_related("group__organization", "place")
    times = times.defer("group__created_at", "group__updated_at", "group__key", "place__key", "sealed_secret")
    found: list[tuple[Group, MeetingSchedule | None]] = [(time.group, time) for time in times.order_by("pk")]
    found += [(group, None) for group in groups.filter(schedules=None).select_related("organization")]
    if not found:
        return
    topics = _topics_of(groups)
    columns = zip(*(_row(group, time, topics[group.pk]) for group, time in found), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [list(column) for column in columns])
        ids = {(group_id, schedule_id): pk for pk, group_id, schedule_id in cursor.fetchall()}
    exceptions: dict[int, list[MeetingException]] = defaultdict(list)
    for each in MeetingException.objects.filter(schedule__group__in=groups):
        exceptions[each.schedule_id].append(each)
    coming = [(ids[group.pk, time.pk], time.next_meeting(now, exceptions[time.pk])) for group, time in found if time]
    starts = [(pk, meeting.starts, meeting.ends) for pk, meeting in coming if meeting]
    if starts:
        with connection.cursor() as cursor:
            cursor.execute(INSERT_STARTS, [list(column) for column in zip(*starts, strict=True)])


def _topics_of(groups: QuerySet[Group]) -> dict[int, list[Topic]]:
    known = Topic.objects.in_bulk()
    found: dict[int, list[Topic]] = defaultdict(list)
    pairs = Group.topics.through.objects.filter(group__in=groups).order_by("pk").values_list("group", "topic")
    for group, topic in pairs:
        found[group].append(known[topic])
    return found


def next_starts(rows: Iterable[SearchRow], now: datetime) -> list[NextStart]:
    found = []
    for row in rows:
        meeting = row.schedule.next_meeting(now) if row.schedule else None
        if meeting:
            found.append(NextStart(row=row, starts_at=meeting.starts, ends_at=meeting.ends))
    return found


def _row(group: Group, schedule: MeetingSchedule | None, topics: Sequence[Topic]) -> tuple[Any, ...]:
    """The columns of INSERT."""
    place = schedule.place if schedule and schedule.is_in_person else None
    x, y = mercator(place.public_point) if place else (None, None)
    found = ",".join(map(str, facets.of(group, schedule, [topic.pk for topic in topics])))
    confirmed: Any = group.confirmed_at
    stale, hidden = confirmed + timedelta(days=STALE_AFTER), confirmed + timedelta(days=HIDDEN_AFTER)
    said = words(group, topics, place.area if place else "")
    when = (stale, hidden, group.paused_from, group.paused_until)
    return (group.pk, schedule.pk if schedule else None, x, y, f"{{{found}}}", *when, *said)


def words(group: Group, topics: Sequence[Topic], area: str) -> tuple[str, str, str, str, str]:
    """How they are read, and what words find: the name, the topics with their other names, the rest that is public."""
    named = " ".join(word for topic in topics for word in (topic.name, *topic.synonyms))
    organization = group.organization.name if group.organization else ""
    about = f"{named} {KINDS[group.kind]}"
    return config(group.language), group.name, about, f"{organization} {area}", f"{group.summary} {group.first_time}"

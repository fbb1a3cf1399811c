"""Writes new listings, hundreds at a time."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.text import slugify

from groups.imports.copying import copy, reserve
from groups.models import (
    Group,
    ImportRow,
    MeetingException,
    MeetingSchedule,
    Organization,
    Origin,
    Place,
    Source,
    Topic,
)
from groups.models.group import RESERVED
from groups.models.slug import LONGEST

PLACE = (
    "name", "street", "city", "state", "postal_code", "hint", "latitude", "longitude", "precision", "publicity", "zone",
)  # fmt: skip
TIME = ("modality", "duration", "zone", "rule", "join_link", "join_phone", "note", "external_id")


def add(source: Source, rows: Sequence[ImportRow]) -> list[int]:
    """Make the groups of these rows with their times, listed and confirmed by the source; return their ids."""
    now = timezone.now()
    ids = reserve(Group, len(rows))
    slugs, keys = slugs_for(rows), _free_keys(rows)
    organizations = organizations_named({row.said["organization"] for row in rows})
    shared = {
        "status": Group.Status.LISTED.value, "confirmed_at": now, "confirmed_by": "source", "created_at": now,
        "updated_at": now,
    }  # fmt: skip
    copy(
        Group,
        (
            {
                "id": pk, "slug": slugs[row.pk], "key": keys.get(row.pk) or uuid4(), **shared,
                "organization_id": organizations.get(row.said["organization"]), **row.said["fields"],
            }
            for pk, row in zip(ids, rows, strict=True)
        ),
    )  # fmt: skip
    _add_topics(ids, rows)
    origin_ids = reserve(Origin, len(rows))
    copy(
        Origin,
        (
            {"id": own, "group_id": pk, "source_id": source.pk, "external_id": row.external_id, "digest": row.digest,
             "written_at": now}
            for own, pk, row in zip(origin_ids, ids, rows, strict=True)
        ),
    )  # fmt: skip
    _add_times(ids, rows, now)
    return ids


def _free_keys(rows: Sequence[ImportRow]) -> dict[int, UUID]:
    """A group that comes from our own export keeps its key, unless a listing here has it already."""
    wanted = {row.pk: key for row in rows if (key := _uuid(row.external_id))}
    taken = set(Group.objects.filter(key__in=wanted.values()).values_list("key", flat=True))
    return {pk: key for pk, key in wanted.items() if key not in taken}


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said) if len(said) == 36 else None
    except ValueError:
        return None


def slugs_for(rows: Sequence[ImportRow]) -> dict[int, str]:
    """An address for each row: the name, with the town where that is taken, and at last with a sign of its own."""
    wanted = {row.pk: list(_slugs(row)) for row in rows}
    every = {slug for slugs in wanted.values() for slug in slugs}
    known = RawSQL("SELECT unnest(%s::text[])", [list(every)])  # one parameter instead of three for each row
    taken = {*Group.objects.filter(slug__in=known).values_list("slug", flat=True), *RESERVED}
    found = {}
    for pk, slugs in wanted.items():
        found[pk] = next((slug for slug in slugs if slug not in taken), f"group-{uuid4().hex}")
        taken.add(found[pk])
    return found


def _slugs(row: ImportRow) -> Iterable[str]:
    stem = slugify(row.name.replace("_", "-"))[:LONGEST].strip("-") or "group"
    town = next((_town(time["place"]["city"]) for time in row.said["times"] if time["place"]), "online")
    sign = hashlib.blake2b(f"{row.run_id} {row.external_id}".encode(), digest_size=5).hexdigest()
    yield stem
    yield f"{stem[:45]}-{town[:24]}".replace("--", "-").strip("-")
    yield f"{stem[: LONGEST - 12].strip('-')}-{sign}"


@lru_cache(maxsize=5000)
def _town(name: str) -> str:
    return slugify(name)


def organizations_named(names: set[str]) -> dict[str, int]:
    """The ids of organizations of these names; those that are not there are made."""
    names = names - {""}
    if not names:
        return {}
    found = dict(Organization.objects.filter(name__in=names).order_by("-pk").values_list("name", "pk"))
    made = Organization.objects.bulk_create(Organization(name=name) for name in sorted(names - set(found)))
    return found | {row.name: row.pk for row in made}


def _add_topics(ids: Sequence[int], rows: Sequence[ImportRow]) -> None:
    known = dict(Topic.objects.values_list("slug", "pk"))
    pairs = [
        (pk, known[slug]) for pk, row in zip(ids, rows, strict=True) for slug in row.said["topics"] if slug in known
    ]
    through = Group.topics.through
    numbers = reserve(through, len(pairs))
    copy(
        through,
        ({"id": own, "group_id": group, "topic_id": topic} for own, (group, topic) in zip(numbers, pairs, strict=True)),
    )


def _add_times(ids: Sequence[int], rows: Sequence[ImportRow], now: datetime) -> None:
    times = [(pk, said) for pk, row in zip(ids, rows, strict=True) for said in row.said["times"]]
    places = {place_key(pk, said["place"]): said["place"] for pk, said in times if said["place"]}
    place_ids = dict(zip(places, reserve(Place, len(places)), strict=True))
    copy(Place, ({**said, "id": place_ids[key]} for key, said in places.items()))
    time_ids = reserve(MeetingSchedule, len(times))
    copy(
        MeetingSchedule,
        (
            {
                **columns_of(said, now), "id": own, "group_id": pk,
                "place_id": place_ids[place_key(pk, said["place"])] if said["place"] else None,
            }
            for own, (pk, said) in zip(time_ids, times, strict=True)
        ),
    )  # fmt: skip
    MeetingException.objects.bulk_create(
        exception_of(own, each) for own, (_pk, said) in zip(time_ids, times, strict=True) for each in said["otherwise"]
    )


def place_key(group_id: int, said: Mapping[str, Any]) -> tuple[Any, ...]:
    """Each group has places of its own, so that a change to one is none to another's."""
    return (group_id, *(said[name] for name in PLACE))


def columns_of(said: Mapping[str, Any], now: datetime, begun: date | None = None) -> dict[str, Any]:
    """What is said of a meeting time, as columns. Without a first day it goes on as it has `begun`, or begins today."""
    hour, minute = said["start"].split(":")
    first = date.fromisoformat(said["first_day"]) if said["first_day"] else begun or timezone.localdate(now)
    return {
        **{name: said[name] for name in TIME},
        "start": time(int(hour), int(minute)),
        "first_day": first,
        "until": date.fromisoformat(said["until"]) if said["until"] else None,
        "sealed_secret": said.get("sealed", ""),
    }


def exception_of(schedule_id: int, said: Mapping[str, str]) -> MeetingException:
    moved = said.get("moved_day", "")
    return MeetingException(
        schedule_id=schedule_id,
        day=date.fromisoformat(said["day"]),
        kind=MeetingException.Kind.MOVED if moved else MeetingException.Kind.CANCELLED,
        moved_day=date.fromisoformat(moved) if moved else None,
        moved_time=time.fromisoformat(said["moved_time"]) if moved else None,
    )

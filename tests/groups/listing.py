"""Groups for the tests, in few words: `group("Tea", when="FREQ=WEEKLY;BYDAY=TU")`."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from groups.indexing import refresh
from groups.models import Group, MeetingSchedule, Place, Topic

IRVING = {"city": "Irving", "state": "TX", "postal_code": "75038", "latitude": 32.8653, "longitude": -96.9905}
CHICAGO = "America/Chicago"


def place(**fields: Any) -> Place:
    whole = {**IRVING, "street": "100 Quiet Lane", "name": "The Porch", "zone": CHICAGO, **fields}
    return Place.objects.create(**whole)


def group(
    name: str = "Tea", *, about: tuple[str, ...] = (), when: str = "FREQ=WEEKLY;BYDAY=TU", **fields: Any
) -> Group:
    """A listed group. `when=""` gives it no schedule; `at`, `how`, `where` are those of its schedule."""
    schedule = {key: fields.pop(key) for key in ("at", "how", "where", "zone") if key in fields}
    slug = name.lower().replace(" ", "-")
    whole = {"slug": slug, "name": name, "status": "listed", "confirmed_at": timezone.now(), **fields}
    made = Group.objects.create(**whole)
    made.topics.set(Topic.objects.filter(slug__in=about))
    if when:
        how = schedule.get("how", "in_person")
        MeetingSchedule.objects.create(
            group=made,
            modality=how,
            place=None if how == "online" else schedule.get("where") or place(),
            first_day=date(2025, 1, 1),
            start=schedule.get("at", time(18, 30)),
            zone=schedule.get("zone", CHICAGO),
            rule=when,
        )
    refresh([made.pk])
    return made


def moved(made: Group) -> None:
    """The next meeting of the group is held at 11 am."""
    schedule = made.schedules.get()
    day = schedule.next_meeting(timezone.now()).day
    schedule.exceptions.create(day=day, kind="moved", moved_day=day + timedelta(days=1), moved_time=time(11))
    refresh([made.pk])

"""Example groups around Irving, TX, from data/examples.toml. Their days are counted from today, again and again."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups import indexing, listing, recurrence
from groups.models import (
    Group,
    GroupReport,
    MeetingException,
    MeetingSchedule,
    NameWord,
    Organization,
    Place,
    Suggestion,
    Topic,
)
from groups.models.standing import recorded

FILE = Path(__file__).parent / "data" / "examples.toml"
ZONE, STATE = "America/Chicago", "TX"
SUGGESTED = UUID("6b1d2f5e-8f0c-4a55-9c1e-0d5f6a7b8c9d")  # what the one that waits in the queue is known by
RENEWED_AFTER = timedelta(days=7)  # so much may the days of an example lag behind
Said = dict[str, Any]


def load() -> Iterator[str]:
    """Make what is missing, and bring the days of the others up to today. A real group under a slug stays as it is."""
    said = tomllib.loads(FILE.read_text())
    now = timezone.now()
    with recorded("staff"):  # so that what is made of a group is one change in its history
        there = {group.slug: group for group in Group.objects.filter(slug__in=[each["slug"] for each in said["group"]])}
        missing = [each for each in said["group"] if each["slug"] not in there]
        made = _make(missing, said, now) if missing else []
        old = [(there[each["slug"]], each) for each in said["group"] if each["slug"] in there]
        late = [(group, each) for group, each in old if group.is_example and _lags(group, each, now)]
        for group, each in late:
            _renew(group, each, now)
        if made or late:
            indexing.refresh([group.pk for group in [*made, *(group for group, _each in late)]])
            NameWord.objects.learn()
            _ask_for_a_look(said, made)
    yield _("Example groups: %(address)s") % {"address": f"{settings.SITE_URL}/groups/"}


def present() -> bool:
    return Group.objects.filter(is_example=True).exists() or Place.objects.filter(is_example=True).exists()


def remove() -> None:
    """Take them away with their history. What something real has come to use stays, and is no example any more."""
    with transaction.atomic():
        examples = Group.objects.filter(is_example=True)
        groups = _ids(examples)
        Suggestion.objects.filter(key=SUGGESTED).delete()
        examples.delete()
        unused = Place.objects.filter(is_example=True, schedules=None)
        places = _ids(unused)
        unused.delete()
        Organization.objects.filter(is_example=True, groups=None).delete()
        for kind in (Place, Organization):
            kind.objects.filter(is_example=True).update(is_example=False)
        _forget(groups, places)
        NameWord.objects.learn()


def _forget(groups: list[int], places: list[int]) -> None:
    """Delete the history of what is gone: what it tells of nobody shall come back to."""
    history: dict[str, Any] = {
        model.__name__: model
        for model in apps.get_app_config("groups").get_models()
        if issubclass(model, pghistory.models.Event)
    }
    of_times = history["MeetingScheduleEvent"]._default_manager.filter(group_id__in=groups)
    times = list(of_times.values_list("pgh_obj_id", flat=True).distinct())
    for model in history.values():
        columns = {field.name for field in model._meta.concrete_fields}
        for name, ids in (("schedule", times), ("group", groups)):
            if name in columns:
                model._default_manager.filter(**{f"{name}_id__in": ids}).delete()
    history["GroupEvent"]._default_manager.filter(pgh_obj_id__in=groups).delete()
    history["PlaceEvent"]._default_manager.filter(pgh_obj_id__in=places).delete()


def _ids(rows: Any) -> list[int]:
    return list(rows.values_list("pk", flat=True))


# -- Making ----------------------------------------------------------------------------------------


def _make(missing: Iterable[Said], said: Said, now: datetime) -> list[Group]:
    organizations = {row["name"]: row for row in said["organization"]}
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    places: dict[str, Place] = {}
    made = []
    for each in missing:
        group = _group(each, organizations, now)
        group.topics.set([topics[slug] for slug in each["topics"] if slug in topics])
        for time in each.get("schedule", []):
            _schedule(group, time, _place(time.get("place"), said["place"], places), now)
        made.append(group)
    return made


def _group(each: Said, organizations: dict[str, Said], now: datetime) -> Group:
    own = ("topics", "organization", "yes", "no", "relay", "confirmed", "paused", "schedule")
    fields = {name: value for name, value in each.items() if name not in own}
    fields |= dict.fromkeys(each.get("yes", []), True) | dict.fromkeys(each.get("no", []), False)
    name = each.get("organization")
    if name:
        fields["organization"] = Organization.objects.get_or_create(
            name=name, is_example=True, defaults=organizations[name]
        )[0]
    group = Group(status=Group.Status.LISTED, is_example=True, **fields)
    group.contact_email = each.get("relay", "")
    group.confirmed_by = "organizer"
    group.confirmed_at = now - timedelta(days=each["confirmed"])
    if "paused" in each:
        group.paused_from, group.paused_until = now - timedelta(days=7), now + timedelta(days=each["paused"])
    group.save()
    return group


def _place(name: str | None, said: Said, made: dict[str, Place]) -> Place | None:
    if name is None:
        return None
    if name not in made:
        row = dict(said[name])
        latitude, longitude = row.pop("point")
        made[name] = Place.objects.get_or_create(
            street=row["street"], city=row["city"], state=STATE, is_example=True,
            defaults={**row, "latitude": latitude, "longitude": longitude, "zone": ZONE},
        )[0]  # fmt: skip
    return made[name]


def _schedule(group: Group, said: Said, place: Place | None, now: datetime) -> None:
    own = ("place", "minutes", "begun", "secret", "cancelled", "moved")
    fields = {name: value for name, value in said.items() if name not in own}
    schedule = MeetingSchedule(
        group=group, place=place, duration=said["minutes"], first_day=_first_day(said, now),
        **{"modality": MeetingSchedule.Modality.IN_PERSON, "zone": ZONE, **fields},
    )  # fmt: skip
    schedule.join_secret = said.get("secret", "")
    schedule.full_clean(exclude=["group", "place"])
    schedule.save()
    _hold_otherwise(schedule, said, now)


def _first_day(said: Said, now: datetime) -> date:
    """The first day of the rule that lies so many weeks back."""
    asked = timezone.localdate(now) - timedelta(weeks=said["begun"])
    return recurrence.days(said["rule"], asked, None, asked, asked + timedelta(days=62))[0]


def _hold_otherwise(schedule: MeetingSchedule, said: Said, now: datetime) -> None:
    coming = schedule.meetings(now, now + timedelta(days=90), with_cancelled=True)
    if "cancelled" in said:
        MeetingException.objects.create(
            schedule=schedule, day=coming[said["cancelled"] - 1].day, kind=MeetingException.Kind.CANCELLED
        )
    if moved := said.get("moved"):
        meeting = coming[moved["number"] - 1]
        MeetingException.objects.create(
            schedule=schedule, day=meeting.day, kind=MeetingException.Kind.MOVED, note=moved["note"],
            moved_day=meeting.day + timedelta(days=moved["days"]), moved_time=moved["time"],
        )  # fmt: skip


def _ask_for_a_look(said: Said, made: Iterable[Group]) -> None:
    """Put into the queue what visitors say of groups that have just been made."""
    groups = {group.slug: Group.objects.with_everything().get(pk=group.pk) for group in made}
    for each in said["suggestion"]:
        if group := groups.get(each["group"]):
            now_says = listing.state_of(group)
            changes = listing.difference(now_says, {**now_says, "group": {**now_says["group"], **each["says"]}})
            waiting = Suggestion(
                key=SUGGESTED, group=group, changes=changes, note=each["note"], risk=listing.risk(changes),
                state=Suggestion.State.WAITING,
            )  # fmt: skip
            waiting.email = each["email"]
            waiting.save()
    for each in said["report"]:
        if group := groups.get(each["group"]):
            GroupReport.objects.send_in(None, group, each["reason"], each["note"])


# -- Staying right ---------------------------------------------------------------------------------


def _lags(group: Group, each: Said, now: datetime) -> bool:
    meant = now - timedelta(days=each["confirmed"])
    return group.confirmed_at is None or group.confirmed_at < meant - RENEWED_AFTER


def _renew(group: Group, each: Said, now: datetime) -> None:
    """Bring its days up to today, as if it had been loaded now. What somebody changed in it stays."""
    group.confirmed_at = now - timedelta(days=each["confirmed"])
    if "paused" in each and group.paused_from is not None and not group.is_paused(now):
        group.paused_from, group.paused_until = now - timedelta(days=7), now + timedelta(days=each["paused"])
    group.updated_at = now
    group.save(update_fields=["confirmed_at", "paused_from", "paused_until", "updated_at"])
    today = timezone.localdate(now)
    for schedule, said in zip(group.schedules.order_by("pk"), each.get("schedule", []), strict=False):
        schedule.exceptions.filter(day__lt=today).delete()
        if schedule.rule == said["rule"] and not schedule.exceptions.exists():
            _hold_otherwise(schedule, said, now)

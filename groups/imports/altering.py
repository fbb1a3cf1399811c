"""Writes what a source says otherwise than the last time. A listing that was edited here is left as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from groups.imports.adding import PLACE, columns_of, exception_of, organizations_named
from groups.imports.kept import kept
from groups.listing import GROUP_FIELDS
from groups.models import Group, ImportRow, MeetingSchedule, Place, Source, Topic

# Columns that a source may leave out one day; then they are what a new group has.
BLANK = {field.name: field.get_default() for field in Group._meta.concrete_fields if field.name in GROUP_FIELDS}


def alter(source: Source, rows: Sequence[ImportRow]) -> list[int]:
    """Bring the groups of these rows up to what they say; return the ids of those that were changed."""
    wanted = {row.external_id: row for row in rows}
    origins = source.origins.filter(external_id__in=wanted).select_related("group")
    by_group = {origin.group_id: origin for origin in origins.select_for_update(of=("self",))}
    groups = Group.objects.filter(pk__in=by_group).select_for_update().order_by("pk")
    locked = list(groups.prefetch_related("schedules__place", "schedules__exceptions"))
    kept_here = kept(list(by_group.values()))
    organizations = organizations_named({row.said["organization"] for row in rows})
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    changed = []
    for group in locked:
        origin = by_group[group.pk]
        row = wanted[origin.external_id]
        if reason := kept_here.get(group.pk):
            row.outcome, row.reason = ImportRow.Outcome.ASIDE, reason
            row.save(update_fields=["outcome", "reason"])
            continue
        _write(group, row.said, organizations.get(row.said["organization"]))
        group.topics.set([topics[slug] for slug in row.said["topics"] if slug in topics])
        origin.digest, origin.written_at = row.digest, group.updated_at
        origin.save(update_fields=["digest", "written_at"])
        changed.append(group.pk)
    return changed


def _write(group: Group, said: Mapping[str, Any], organization: Any) -> None:
    now = timezone.now()
    for name, value in {**BLANK, **said["fields"]}.items():
        setattr(group, name, value)
    group.organization_id = organization
    group.updated_at = now
    if group.status == Group.Status.LISTED:
        group.confirmed_at, group.confirmed_by = now, "source"
    group.save()
    old = list(group.schedules.all())
    for time in said["times"]:
        schedule = match(old, time)
        if schedule:
            old.remove(schedule)
        _write_time(schedule or MeetingSchedule(group=group), time, now)
    places = {schedule.place for schedule in old if schedule.place}
    MeetingSchedule.objects.filter(pk__in=[schedule.pk for schedule in old]).delete()
    for place in places:
        _take_away(place)


def match(old: Sequence[MeetingSchedule], said: Mapping[str, Any]) -> MeetingSchedule | None:
    """The meeting time that this is: of the same name there, or at the same hour of the same days."""
    named = [schedule for schedule in old if schedule.external_id and schedule.external_id == said["external_id"]]
    alike = [each for each in old if each.rule == said["rule"] and f"{each.start:%H:%M}" == said["start"]]
    unnamed = [each for each in alike if not (each.external_id and said["external_id"])]
    return next(iter([*named, *unnamed]), None)


def _write_time(schedule: MeetingSchedule, said: Mapping[str, Any], now: Any) -> None:
    before = schedule.place
    schedule.place = _place(before, said["place"], schedule) if said["place"] else None
    schedule.sequence += 0 if schedule.pk is None else 1
    for name, value in columns_of(said, now, schedule.first_day).items():
        setattr(schedule, name, value)
    schedule.save()
    schedule.exceptions.all().delete()
    for each in said["otherwise"]:
        exception_of(schedule.pk, each).save()
    if before and before != schedule.place:
        _take_away(before)


def _place(place: Place | None, said: Mapping[str, Any], schedule: MeetingSchedule) -> Place:
    if place:  # whoever hid it knows why: a source never shows more of it than is shown now
        said = {**said, "publicity": max(place.publicity, said["publicity"], key=Place.Publicity.values.index)}
    if place and all(getattr(place, name) == said[name] for name in PLACE):
        return place
    siblings = schedule.group.schedules.exclude(pk=schedule.pk).exclude(place=None)
    for sibling in siblings.select_related("place"):
        if all(getattr(sibling.place, name) == said[name] for name in PLACE):
            return sibling.place  # type: ignore[return-value]
    if place and not place.schedules.exclude(pk=schedule.pk).exists():
        for name in PLACE:
            setattr(place, name, said[name])
        place.save()
        return place
    return Place.objects.create(**{name: said[name] for name in PLACE})


def _take_away(place: Place) -> None:
    """A place that no group meets at any more."""
    if not place.schedules.exists():
        place.delete()

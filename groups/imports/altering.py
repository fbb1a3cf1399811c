"""Writes what a source says otherwise than the last time. A listing that was edited here is left as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groups.imports.adding import PLACE, columns_of, exception_of, organizations_named
from groups.listing import GROUP_FIELDS
from groups.models import Group, GroupTopic, ImportRow, MeetingSchedule, Origin, Place, Source, Topic

SAID = (*GROUP_FIELDS, "alert", "organization_id")
PUBLICITY = [Place.Publicity.EXACT, Place.Publicity.AREA, Place.Publicity.ON_REQUEST]  # each shows less
# Columns that a source may leave out one day; then they are what a new group has.
BLANK = {field.name: field.get_default() for field in Group._meta.concrete_fields if field.name in GROUP_FIELDS}


def alter(source: Source, rows: Sequence[ImportRow]) -> list[int]:
    """Bring the groups of these rows up to what they say; return the ids of those that were changed."""
    wanted = {row.external_id: row for row in rows}
    origins = source.origins.filter(external_id__in=wanted).select_related("group")
    by_group = {origin.group_id: origin for origin in origins.select_for_update(of=("self",))}
    groups = Group.objects.filter(pk__in=by_group).select_for_update().order_by("pk")
    organizations = organizations_named({row.said["organization"] for row in rows})
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    changed = []
    for group in groups.prefetch_related("schedules__place", "schedules__exceptions"):
        origin = by_group[group.pk]
        row = wanted[origin.external_id]
        if reason := kept_here(group, origin):
            row.outcome, row.reason = ImportRow.Outcome.ASIDE, reason
            row.save(update_fields=["outcome", "reason"])
            continue
        _write(group, row.said, organizations.get(row.said["organization"]))
        group.topics.set([topics[slug] for slug in row.said["topics"] if slug in topics])
        origin.digest, origin.written_at = row.digest, group.updated_at
        origin.save(update_fields=["digest", "written_at"])
        changed.append(group.pk)
    return changed


def kept_here(group: Group, origin: Origin) -> str:
    """Why what the source says does not go over what stands here; "" where it does."""
    if group.organizers.exists():
        return _("Its organizers keep this listing here themselves.")
    if _edited_since(group, origin):
        return _("Somebody changed this listing here. Look which one is right.")
    return ""


def _edited_since(group: Group, origin: Origin) -> bool:
    """Whether what the listing says was changed since the source wrote it; a pause or a check is no such change."""
    ours = _events(Group).filter(pgh_obj_id=group.pk, updated_at=origin.written_at).order_by("pgh_id").first()
    if ours is None or any(getattr(ours, name) != getattr(group, name) for name in SAID):
        return True
    places = [schedule.place_id for schedule in group.schedules.all() if schedule.place_id]
    of_ours = (
        _events(MeetingSchedule).filter(group_id=group.pk),
        _events(Place).filter(pgh_obj_id__in=places),
        _events(GroupTopic).filter(group_id=group.pk, topic_id__in=Topic.objects.values("pk")),
    )
    since = (events.filter(pgh_created_at__gte=ours.pgh_created_at) for events in of_ours)
    return any(events.exclude(pgh_context__metadata__who="source").exists() for events in since)


def _events(model: Any) -> Any:
    return model.pgh_event_model.objects


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
        said = {**said, "publicity": max(place.publicity, said["publicity"], key=PUBLICITY.index)}
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

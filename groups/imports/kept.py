"""Which listings were changed here since their source wrote them: it does not go over those."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from groups.listing import GROUP_FIELDS
from groups.models import Group, GroupTopic, MeetingSchedule, Organizer, Origin, Place, Topic

SAID = (*GROUP_FIELDS, "alert", "organization_id")


def kept(origins: Sequence[Origin]) -> dict[int, str]:
    """Why what a source says does not go over what stands here, by the group's id; without those where it does."""
    groups = Group.objects.in_bulk([origin.group_id for origin in origins])
    organized = set(Organizer.objects.filter(group__in=groups).values_list("group_id", flat=True))
    written, edits = _written(origins), _last_edits(groups)
    found = {}
    for origin in origins:
        pk = origin.group_id
        if pk in organized:
            found[pk] = _("Its organizers keep this listing here themselves.")
        elif _is_edited(groups[pk], written.get((pk, origin.written_at)), edits.get(pk)):
            found[pk] = _("Somebody changed this listing here. Look which one is right.")
    return found


def _is_edited(group: Group, ours: Any, edited: datetime | None) -> bool:
    """Whether what it says was changed since the source wrote it as `ours`; a pause or a check is no such change."""
    if ours is None or (edited is not None and edited >= ours.pgh_created_at):
        return True
    return any(getattr(ours, name) != getattr(group, name) for name in SAID)


def _written(origins: Sequence[Origin]) -> dict[tuple[int, datetime], Any]:
    """The groups as their source wrote them, from the history, by id and moment."""
    ids, moments = ([getattr(origin, name) for origin in origins] for name in ("group_id", "written_at"))
    events = _events(Group).filter(pgh_obj_id__in=ids, updated_at__in=set(moments)).order_by("-pgh_id")
    return {(event.pgh_obj_id, event.updated_at): event for event in events}  # the first of a moment stays


def _last_edits(group_ids: Any) -> dict[int, datetime]:
    """When somebody other than a source last changed the times, topics and places of these groups."""
    at: dict[int, list[int]] = defaultdict(list)
    times = MeetingSchedule.objects.filter(group__in=group_ids).exclude(place=None)
    for place, group in times.values_list("place", "group").distinct():
        at[place].append(group)
    # A topic that is gone from the whole site was not taken from this group.
    topics = _events(GroupTopic).filter(group_id__in=group_ids, topic_id__in=Topic.objects.values("pk"))
    found = [
        *_latest(_events(MeetingSchedule).filter(group_id__in=group_ids), "group_id"),
        *_latest(topics, "group_id"),
        *((group, when) for place, when in _latest(_events(Place).filter(pgh_obj_id__in=list(at)), "pgh_obj_id")
          for group in at[place]),
    ]  # fmt: skip
    return dict(sorted(found, key=lambda pair: pair[1]))


def _latest(events: Any, whose: str) -> Any:
    others = events.exclude(pgh_context__metadata__who="source")
    return others.order_by().values_list(whose).annotate(Max("pgh_created_at"))


def _events(model: Any) -> Any:
    return model.pgh_event_model.objects

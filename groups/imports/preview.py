"""What a checked row would do to its listing, in the words that changes of a listing are shown in everywhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from groups import listing, rule_words
from groups.imports.altering import BLANK, match
from groups.models import Group, ImportRow, Origin


def parts_of(row: ImportRow) -> list[listing.Part]:
    """For a row that changes a listing; nothing if it is not there any more."""
    found = Origin.objects.filter(source=row.run.source_id, external_id=row.external_id).first()
    if found is None or row.said is None:
        return []
    group = Group.objects.with_everything().get(pk=found.group_id)
    old = listing.state_of(group)
    old["group"] |= {name: getattr(group, name) for name in row.said["fields"] if name not in old["group"]}
    left = list(group.schedules.all())
    meetings = {}
    for number, said in enumerate(row.said["times"]):
        schedule = match(left, said)
        if schedule:
            left.remove(schedule)
        key = str(schedule.pk) if schedule else f"new{number}"
        meetings[key] = _meeting(said, old["meetings"].get(key, {}))
    new = {"group": {**BLANK, **row.said["fields"], "topics": row.said["topics"]}, "meetings": meetings}
    return listing.in_parts(listing.difference(old, new))


def _meeting(said: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    place = said["place"] or {}
    exact = place.get("publicity") == "exact"
    where = f"{place['city']}, {place['state']} {place['postal_code'] if exact else ''}".strip() if place else ""
    return {
        **{name: said[name] for name in ("modality", "rule", "start", "duration", "until", "zone", "note")},
        "first_day": said["first_day"] or old.get("first_day", ""),
        "place_name": place.get("name", "") if exact else "",
        "street": place.get("street", "") if exact else "",
        "hint": place.get("hint", "") if exact else "",
        "where": where,
        "join_link": said["join_link"],
        "join_phone": said["join_phone"],
    }


def in_a_line(row: ImportRow) -> str:
    """When and where a new listing meets: its first time, and how many others."""
    times = row.said["times"] if row.said else []
    if not times:
        return ""
    first = times[0]
    begins = date.fromisoformat(first["first_day"]) if first["first_day"] else date.min
    where = f"{first['place']['city']}, {first['place']['state']}" if first["place"] else _("Online")
    more = f" (+{len(times) - 1})" if len(times) > 1 else ""
    return f"{rule_words.in_words(first['rule'], begins)}, {first['start']}, {where}{more}"

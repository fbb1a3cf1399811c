"""Where to look when nothing fits, and what a list leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from groups import facets, spelling
from groups.finders import Finder, named
from groups.finding import COUNT_TO, Asked, fitting, online_count
from groups.models import SearchRow, Topic


@dataclass(frozen=True)
class Instead:
    """Where nothing fits: searches that do, and other sites that list groups."""

    wider: int = 0  # miles within which something would fit; 0 for none
    online: int = 0
    any_day: int = 0
    finders: Sequence[Finder] = ()


def instead(asked: Asked) -> Instead:
    """What to offer in place of nothing."""
    wider = next((miles for miles in (50, 100) if miles > asked.miles and _some(replace(asked, miles=miles))), 0)
    days = tuple(facet for facet in asked.facets if facet not in facets.DAYS)
    any_day = _some(replace(asked, facets=days)) if len(days) < len(asked.facets) else 0
    return Instead(
        wider=wider if asked.by_distance else 0,
        online=online_count(asked),
        any_day=any_day,
        finders=named(finders_for(asked)),
    )


def finders_for(asked: Asked) -> list[str]:
    """The slugs of the resources that find groups of what was asked for."""
    words = set(asked.words.split())
    found: list[str] = []
    for topic in Topic.objects.all():
        said = {word for name in (topic.name, *topic.synonyms) for word in name.lower().split()} - spelling.AROUND
        if facets.TOPIC + topic.pk in asked.facets or words & said:
            found += [slug for slug in topic.finders if slug not in found]
    return found


def left_out(asked: Asked) -> dict[str, int]:
    """How many groups that fit are not shown, by the reason why; both stop at COUNT_TO."""
    rows = SearchRow.objects.filter(hidden_at__gt=asked.now, **_narrow(asked))
    paused = rows.filter(group__paused_from__lte=asked.now).filter(
        Q(group__paused_until=None) | Q(group__paused_until__gt=asked.now)
    )
    return {"paused": len(set(paused.values_list("group_id", flat=True)[:COUNT_TO]))}


def _narrow(asked: Asked) -> dict[str, Any]:
    return {"facets__contains": list(asked.facets)} if asked.facets else {}


def _some(asked: Asked) -> int:
    """How many rows fit, up to COUNT_TO."""
    return fitting(asked)[:COUNT_TO].count()

"""Where to look when nothing fits, and what a list leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from groups import facets, spelling
from groups.asked import Asked
from groups.finders import Finder, named
from groups.finding import COUNT_TO, fitting, online_count
from groups.models import Group, SearchRow, Topic


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
    """How many groups that fit are not shown, by the reason why; it stops at COUNT_TO."""
    rows = SearchRow.objects.filter(group__in=Group.objects.listed(asked.now).paused(asked.now))
    if asked.facets:
        rows = rows.filter(facets__contains=list(asked.facets))
    return {"paused": len(set(rows.values_list("group_id", flat=True)[:COUNT_TO]))}


def _some(asked: Asked) -> int:
    """How many rows fit, up to COUNT_TO."""
    return fitting(asked)[:COUNT_TO].count()

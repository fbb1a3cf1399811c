"""Where to look when nothing fits, what a list leaves out, and who can be called by whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from groups import facets, spelling
from groups.asked import Asked
from groups.finders import Finder, named
from groups.finding import fitting, online_count
from groups.forms import FindForm
from groups.models import Group, Topic
from groups.narrowing import Looser, looser
from mindspace.search import LINE_SAYS, matching, sounds_like_crisis
from mindspace.site.models import HelpLine

FIRST_LINES = 3
MOST_NAMED = 3


@dataclass(frozen=True)
class Instead:
    """Where nothing fits: searches that do, help lines, and other sites that list groups."""

    wider: int = 0  # miles within which something would fit; 0 for none
    online: int = 0
    looser: Sequence[Looser] = ()
    finders: Sequence[Finder] = ()
    lines: Sequence[HelpLine] = ()


@dataclass(frozen=True)
class LeftOut:
    """The groups on a pause that fit: the first few by name, and whether there are more."""

    groups: Sequence[Group] = ()
    are_more: bool = False


def instead(asked: Asked, form: FindForm) -> Instead:
    """What to offer in place of nothing."""
    words = form.cleaned_data["q"]
    is_crisis = sounds_like_crisis(words)
    wider = next((miles for miles in (50, 100) if miles > asked.miles and _some(replace(asked, miles=miles))), 0)
    return Instead(
        wider=wider if asked.around else 0,
        online=0 if asked.is_online else online_count(asked),
        looser=looser(form, asked),
        finders=[] if is_crisis else finders_for(asked, form.topics),
        lines=[] if is_crisis else matching(HelpLine.objects.all(), words, LINE_SAYS)[:FIRST_LINES],
    )


def crisis_lines(words: str) -> list[HelpLine]:
    """For words that sound like a crisis: the first line, and those that speak of it."""
    if not sounds_like_crisis(words):
        return []
    lines = list(HelpLine.objects.all())
    near = matching(lines[1:], words, LINE_SAYS)
    return list(dict.fromkeys([*lines[:1], *near, *lines]))[:FIRST_LINES]


def finders_for(asked: Asked, topics: Sequence[Topic]) -> Sequence[Finder]:
    """Who finds groups of what was asked for; of nothing in particular, all of them; else those of every topic."""
    words = set(asked.words.split())
    found: list[str] = []
    for topic in topics:
        said = spelling.vocabulary([topic]) - spelling.AROUND
        if facets.TOPIC + topic.pk in (*asked.facets, *asked.any_facets) or words & said:
            found += [slug for slug in topic.finders if slug not in found]
    if found:
        return named(found)
    every = named([])
    if not words and not any(facet > facets.TOPIC for facet in (*asked.facets, *asked.any_facets)):
        return every
    of_a_topic = {slug for topic in topics for slug in topic.finders}
    return [finder for finder in every if finder.slug not in of_a_topic]


def left_out(asked: Asked) -> LeftOut:
    """The groups that fit, but for their pause."""
    rows = fitting(asked, paused=True)
    groups = Group.objects.listed(asked.now).filter(pk__in=rows.values("group"))
    first = list(groups.only("slug", "name", "language", "paused_until").order_by("name", "pk")[: MOST_NAMED + 1])
    return LeftOut(first[:MOST_NAMED], len(first) > MOST_NAMED)


def _some(asked: Asked) -> bool:
    return fitting(asked).exists()

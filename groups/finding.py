"""Finding: what was asked becomes one of two plans over the search rows.

Words, two facets or more, or a rare facet go through the GIN index, and what is left is sorted; otherwise the rows are
read in the order wanted, from the GiST index on the point or the index on the next start, until a page is full.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery, Value

from groups import facets, plain_words, spelling
from groups.asked import Asked
from groups.geometry import METERS_PER_MILE, mercator, stretch
from groups.models import NameWord, SearchRow, Topic
from groups.models.search import Inside, point
from groups.ordering import SLICE, Spot, parts

PER_PAGE = 12
COUNT_TO = 100
MOST_ROWS = (COUNT_TO + 1) * 3  # as many meeting times as are reckoned with when groups are counted
# All that a result shows, and no more: most of the time of a search went into making what nobody looks at.
SHOWN = (
    SearchRow.objects.select_related("group", "schedule__place")
    .only(
        "x", "y", "stale_at",
        *(f"group__{name}" for name in (
            "slug", "name", "language", "kind", "summary", "platform", "always_open", "is_therapy", "is_example",
            "cost", "languages", "may_listen", *facets.ACCESSIBLE,
        )),
        *(f"schedule__{name}" for name in (
            "group", "modality", "zone", "first_day", "start", "duration", "rule", "until",
        )),
        *(f"schedule__place__{name}" for name in (
            "city", "state", "latitude", "longitude", "precision", "publicity",
        )),
    )
    .annotate(times=Subquery(
        SearchRow.objects.filter(group=OuterRef("group")).values("group").values_list(Count("schedule"))
    ))
    .prefetch_related("schedule__exceptions")
)  # fmt: skip
# What many rows have: alone it narrows nothing down, so the rows are read in order instead.
COMMON = frozenset({
    facets.IN_PERSON, facets.ONLINE, *facets.KINDS.values(), *facets.DAYS, *facets.TIMES.values(),
    facets.COSTS["free"], facets.LANGUAGES["en"], facets.ACCESS["open"],
})  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A page of results. `count` stops at COUNT_TO; `next_after` opens the next page, "" on the last."""

    rows: list[SearchRow]
    count: int
    next_after: str
    asked: Asked


def forgiven(asked: Asked, topics: Sequence[Topic]) -> Asked:
    """The search that was meant: "sunday" is a day. Where nobody says the words, the search for what they mean."""
    if not asked.words:
        return asked
    plain = plain_words.narrowed(asked)
    if plain and matching(plain).exists():
        return plain
    if matching(asked).exists() or matching(asked, paused=True).exists():
        return asked
    names = NameWord.objects.like(asked.words.split())
    others = [replace(asked, words=words, shown_for=words) for words in spelling.mended(asked.words, topics, names)]
    found = next((other for other in others if matching(other).exists()), None)
    return found or plain_words.about(asked, topics) or (others[0] if others else asked)


def matching(asked: Asked, *, paused: bool = False, walked: bool = False) -> QuerySet[SearchRow]:
    """Every row that fits, in no order; or those of the groups on a pause, which are left out otherwise.

    Rows that are `walked` from the town outwards are looked at one by one: PostgreSQL would first gather all there are
    with a common facet, in the whole country.
    """
    rows = SearchRow.objects.filter(hidden_at__gt=asked.now)
    if asked.facets:
        never = Q(hidden_at__lte=asked.now)  # no index knows it, so none is read for the whole of this
        rows = rows.filter(Q(facets__contains=list(asked.facets)) | (never if walked else Q()))
    if asked.any_facets:
        rows = rows.filter(facets__overlap=list(asked.any_facets))
    if asked.therapy == "no":
        rows = rows.exclude(facets__contains=[facets.THERAPY])
    if asked.words:
        query = SearchQuery(asked.words, config="english", search_type="websearch")
        rows = rows.filter(vector=query)
    rests = Q(paused_from__lte=asked.now) & (Q(paused_until=None) | Q(paused_until__gt=asked.now))
    return rows.filter(rests) if paused else rows.exclude(rests)


def near(rows: QuerySet[SearchRow], asked: Asked) -> QuerySet[SearchRow]:
    """Those of `rows` within reach of the town, with their `distance` in meters of Web Mercator."""
    assert asked.town is not None  # noqa: S101 - only called with one
    x, y = mercator(asked.town.point)
    here = point(Value(x), Value(y))
    away = Func(
        point(F("x"), F("y")), here, template="(%(expressions)s)", arg_joiner=" <-> ", output_field=models.FloatField()
    )
    rows = rows.annotate(distance=away).filter(x__isnull=False, distance__lte=asked.reach)
    if uses_gin(asked):
        return rows.filter(facets__overlap=facets.cells_around(x, y, asked.reach))
    # Without an end to it, a search in an empty country would read the whole index.
    square = Func(
        *(point(Value(x + side * asked.reach), Value(y + side * asked.reach)) for side in (1, -1)),
        function="box",
        output_field=models.TextField(),
    )
    return rows.filter(Inside(point(F("x"), F("y")), square))


def uses_gin(asked: Asked) -> bool:
    rare = [facet for facet in asked.facets if facet not in COMMON]
    return bool(asked.words or rare or asked.any_facets or len(asked.facets) > 1)


def find(asked: Asked, most: int = PER_PAGE, *, again: bool = True) -> Found:
    """The page that `asked.after` begins, of so many groups.

    A group that is changed while it is read has new rows, so where one is gone everything is read `again`, once.
    """
    page = page_of(asked, most)
    rows = rows_at(page.spots)
    if again and len(rows) < len(page.spots):
        return find(asked, most, again=False)
    return Found(rows, counted(asked) if page.in_all is None else page.in_all, page.next_after, asked)


class Page(NamedTuple):
    """Where the groups of a page stand; how many there are in all, None where that was not counted on the way."""

    spots: Collection[Spot]
    next_after: str
    in_all: int | None


def page_of(asked: Asked, most: int) -> Page:
    """Where all that fits has to be fetched and sorted anyway, it is counted on the way."""
    counts = asked.by_distance and uses_gin(asked) and not asked.after
    shown: dict[int, Spot] = {}
    groups: set[int] = set()
    rows, after, is_full = 0, "", False
    first, value, pk = asked.after or (-1, 0.0, 0)
    for number, part in enumerate(parts(fitting(asked), asked)):
        if number < first:
            continue
        for spot in part.read((value, pk) if number == first else None, MOST_ROWS if counts else SLICE):
            rows += 1
            groups.add(spot.group)
            is_full = is_full or (len(shown) == most and spot.group not in shown)
            if not is_full:
                shown.setdefault(spot.group, spot)  # its other meetings are named on it
                after = f"{number}:{spot.value!r}:{spot.pk}"
            elif not counts:
                return Page(shown.values(), after, None)
            elif rows >= MOST_ROWS:
                return Page(shown.values(), after, COUNT_TO + 1)
    count = None if asked.after else at_most(rows, len(groups))  # read to the end
    return Page(shown.values(), after if is_full else "", count)


def fitting(asked: Asked, *, paused: bool = False) -> QuerySet[SearchRow]:
    """Every row that fits, within reach where there is a town, in no order."""
    if not asked.around:
        return matching(asked, paused=paused)
    return near(matching(asked, paused=paused, walked=not uses_gin(asked)), asked)


def counted(asked: Asked) -> int:
    """How many groups fit: one more than COUNT_TO stands for more. Each is one, however often it meets."""
    return _groups_in(fitting(asked))


def _groups_in(rows: QuerySet[SearchRow]) -> int:
    seen = rows.values("pk", "group_id")[:MOST_ROWS]
    count = seen.aggregate(rows=Count("pk"), groups=Count("group_id", distinct=True))
    return at_most(count["rows"], count["groups"])


def at_most(rows: int, groups: int) -> int:
    return COUNT_TO + 1 if rows >= MOST_ROWS else min(groups, COUNT_TO + 1)


def rows_at(spots: Iterable[Spot]) -> list[SearchRow]:
    """The rows with what a result shows of them, in two queries for all; without those that are gone meanwhile."""
    numbers = [spot.pk for spot in spots]
    rows = SHOWN.in_bulk(numbers)
    return [rows[pk] for pk in numbers if pk in rows]


def online_count(asked: Asked) -> int:
    """How many online groups fit the rest of what was asked, at any distance, counted as `counted` does."""
    return _groups_in(matching(asked).filter(facets__contains=[facets.ONLINE]))


def miles_of(row: SearchRow, asked: Asked) -> float | None:
    """The true distance of a row found near a town."""
    town = asked.around
    if town is None or row.x is None or row.y is None:
        return None
    return math.dist((row.x, row.y), mercator(town.point)) / stretch(town.point.latitude) / METERS_PER_MILE

"""Finding: what was asked becomes one of two plans over the search rows.

Words, two facets or more, or a rare facet go through the GIN index, and what is left is sorted; otherwise the rows are
read in the order wanted, from the GiST index on the point or the index on the next start, until a page is full.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.utils import timezone

from groups import facets, spelling, towns
from groups.forms import FindForm
from groups.geometry import METERS_PER_MILE, mercator, stretch
from groups.models import Group, SearchRow, Topic
from groups.models.search import point

PER_PAGE = 12
COUNT_TO = 100
# What many rows have: alone it narrows nothing down, so the rows are read in order instead.
COMMON = frozenset({
    facets.IN_PERSON, facets.ONLINE, *facets.KINDS.values(), *facets.DAYS, *facets.TIMES.values(),
    facets.COSTS["free"], facets.LANGUAGES["en"], facets.ACCESS["open"],
})  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A valid search, understood.

    `known_as` is the topic that the words are another name for, and `shown_for` what they were mended into; "" if not.
    """

    facets: Sequence[int] = ()
    words: str = ""
    known_as: str = ""
    shown_for: str = ""
    town: towns.Town | None = None
    miles: int = 25
    sort: str = ""
    therapy: str = ""
    after: tuple[int, float, int] | None = None  # the part, the sort value and the number of the row before
    now: datetime = field(default_factory=timezone.now)

    @property
    def by_distance(self) -> bool:
        return self.town is not None and self.sort != "next" and facets.ONLINE not in self.facets

    @property
    def reach(self) -> float:
        """The distance asked for, in meters of Web Mercator at the town."""
        return facets.meters(self.miles, self.town.point.latitude) if self.town else 0.0


@dataclass(frozen=True)
class Found:
    """A page of results. `count` stops at COUNT_TO; `next_after` opens the next page, "" on the last."""

    rows: list[SearchRow]
    count: int
    next_after: str
    asked: Asked


def understand(form: FindForm, now: datetime | None = None) -> Asked:
    """What a valid form asks for."""
    asked = form.cleaned_data
    return Asked(
        facets=form.facets,
        words=spelling.wanted(asked["q"]),
        known_as=spelling.known_as(asked["q"], form.topics),
        town=towns.find(asked["near"]) if asked["near"] else None,
        miles=asked["miles"],
        sort=asked["sort"],
        therapy=asked["therapy"],
        after=form.after_row,
        now=now or timezone.now(),
    )


def forgiven(asked: Asked, topics: Iterable[Topic]) -> Asked:
    """Where nobody says these words, the search for the words that were meant."""
    if not asked.words or matching(asked).exists():
        return asked
    mended = spelling.mended(asked.words, topics)
    return asked if mended == asked.words else replace(asked, words=mended, shown_for=mended)


def matching(asked: Asked) -> QuerySet[SearchRow]:
    """Every row that fits, in no order."""
    rows = SearchRow.objects.filter(hidden_at__gt=asked.now)
    if asked.facets:
        rows = rows.filter(facets__contains=list(asked.facets))
    if asked.therapy == "no":
        rows = rows.exclude(facets__contains=[facets.THERAPY])
    if asked.words:
        query = SearchQuery(asked.words, config="english", search_type="websearch")
        rows = rows.filter(vector=query)
    paused = Q(group__paused_from__lte=asked.now) & (Q(group__paused_until=None) | Q(group__paused_until__gt=asked.now))
    return rows.exclude(paused)


def near(rows: QuerySet[SearchRow], asked: Asked) -> QuerySet[SearchRow]:
    """Those of `rows` within reach of the town, with their `distance` in meters of Web Mercator."""
    assert asked.town is not None  # noqa: S101 - only called with one
    x, y = mercator(asked.town.point)
    here = point(Value(x), Value(y))
    away = Func(
        point(F("x"), F("y")), here, template="(%(expressions)s)", arg_joiner=" <-> ", output_field=models.FloatField()
    )
    rows = rows.annotate(distance=away).filter(x__isnull=False)
    if uses_gin(asked):
        cells = facets.cells_around(x, y, asked.reach)
        rows = rows.filter(facets__overlap=cells, x__range=(x - asked.reach, x + asked.reach))
    return rows.filter(distance__lte=asked.reach)


def uses_gin(asked: Asked) -> bool:
    rare = [facet for facet in asked.facets if facet not in COMMON]
    return bool(asked.words or rare or len(asked.facets) > 1)


def find(asked: Asked) -> Found:
    """The page that `asked.after` begins."""
    rows = fitting(asked)
    key = "distance" if asked.by_distance else "seconds"
    shown: dict[int, SearchRow] = {}
    after = ""
    for number, part in enumerate(parts(rows, asked)):
        for row in beginning(part, key, number, asked)[: PER_PAGE * 4]:
            if len(shown) == PER_PAGE and row.group_id not in shown:
                return Found(with_groups([*shown.values()]), counted(rows), after, asked)
            shown.setdefault(row.group_id, row)  # its other meetings are named on it
            after = f"{number}:{getattr(row, key):.6f}:{row.pk}"
    return Found(with_groups([*shown.values()]), counted(rows), "", asked)


def fitting(asked: Asked) -> QuerySet[SearchRow]:
    """Every row that fits, with the column that it is sorted by: `distance`, or `seconds`."""
    rows = matching(asked)
    if asked.town and facets.ONLINE not in asked.facets:
        rows = near(rows, asked)
    return rows if asked.by_distance else soonest(rows)


def parts(rows: QuerySet[SearchRow], asked: Asked) -> list[QuerySet[SearchRow]]:
    """First what is fresh and no therapy that costs money; then the rest, which is labeled and never hidden."""
    late = Q(stale_at__lte=asked.now)
    if facets.THERAPY not in asked.facets:
        late |= Q(facets__contains=[facets.THERAPY])
    return [rows.exclude(late), rows.filter(late)]


def beginning(part: QuerySet[SearchRow], key: str, number: int, asked: Asked) -> QuerySet[SearchRow]:
    """Part `number` in its order, from where the page begins."""
    part = part.order_by(key, "pk").select_related("next_start")
    first, value, pk = asked.after or (0, None, 0)
    if number < first:
        return part.none()
    if value is None or number > first:
        return part
    return part.filter(Q(**{f"{key}__gt": value}) | Q(**{key: value, "pk__gt": pk}))


def counted(rows: QuerySet[SearchRow]) -> int:
    return min(rows.order_by()[: COUNT_TO + 1].count(), COUNT_TO + 1)


def soonest(rows: QuerySet[SearchRow]) -> QuerySet[SearchRow]:
    """With `seconds`, when the next meeting begins (Unix time); what is always open comes last."""
    begins = Func(F("next_start__starts_at"), template="coalesce(extract(epoch from %(expressions)s), 9e9)::float8")
    begins.output_field = models.FloatField()
    return rows.annotate(seconds=begins)


def with_groups(rows: list[SearchRow]) -> list[SearchRow]:
    """Bring what a result shows: the group, its topics and its meetings, in four queries for all."""
    groups = {
        group.pk: group for group in Group.objects.filter(pk__in=[row.group_id for row in rows]).with_everything()
    }
    for row in rows:
        row.group = groups[row.group_id]
    return rows


def online_count(asked: Asked) -> int:
    """How many online groups fit the rest of what was asked, at any distance; it stops at COUNT_TO."""
    rows = matching(asked).filter(facets__contains=[facets.ONLINE])
    return len(set(rows.values_list("group_id", flat=True)[: COUNT_TO + 1]))


def miles_of(row: Any, asked: Asked) -> float | None:
    """The true distance of a row found near a town."""
    if asked.town is None or getattr(row, "distance", None) is None:
        return None
    meters: float = row.distance / stretch(asked.town.point.latitude)
    return meters / METERS_PER_MILE

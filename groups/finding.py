"""Finding: what was asked becomes one of two plans over the search rows.

Words, two facets or more, or a rare facet go through the GIN index, and what is left is sorted; otherwise the rows are
read in the order wanted, from the GiST index on the point or the index on the next start, until a page is full.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value

from groups import facets, spelling
from groups.asked import Asked
from groups.geometry import METERS_PER_MILE, mercator, stretch
from groups.models import Group, SearchRow, Topic
from groups.models.search import point

PER_PAGE = 12
SLICE = PER_PAGE * 2
COUNT_TO = 100
STARTS = "next_start__starts_at"
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


class Inside(Func):
    """`point <@ box`, which the GiST index answers."""

    template = "(%(expressions)s)"
    arg_joiner = " <@ "
    output_field = models.BooleanField()
    conditional = True


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
    return bool(asked.words or rare or len(asked.facets) > 1)


@dataclass(frozen=True)
class Part:
    """Rows in one order: by `key`, then by their number; "" for their number alone."""

    rows: QuerySet[SearchRow]
    key: str

    def after(self, value: float, pk: int) -> QuerySet[SearchRow]:
        begins: Any = datetime.fromtimestamp(value, tz=UTC) if self.key == STARTS else value
        if not self.key:
            return self.rows.filter(pk__gt=pk)
        return self.rows.filter(Q(**{f"{self.key}__gt": begins}) | Q(**{self.key: begins, "pk__gt": pk}))

    def value(self, row: Any) -> float:
        """What `after` needs to go on behind `row`."""
        if self.key == STARTS:
            return float(row.starts_at.timestamp())
        return float(row.distance) if self.key else 0.0

    def read(self, begins: tuple[float, int] | None) -> Iterator[Any]:
        """The rows behind `begins`, a slice at a time: groups with many meeting times take more than one."""
        order = [*filter(None, [self.key]), "pk"]
        while True:
            rows = self.after(*begins) if begins else self.rows
            page = list(rows.order_by(*order).defer("vector", "facets")[:SLICE])
            yield from page
            if len(page) < SLICE:
                return
            begins = self.value(page[-1]), page[-1].pk


def find(asked: Asked) -> Found:
    """The page that `asked.after` begins."""
    rows = fitting(asked)
    shown: dict[int, SearchRow] = {}
    after = ""
    first, value, pk = asked.after or (-1, 0.0, 0)
    for number, part in enumerate(parts(rows, asked)):
        if number < first:
            continue
        for row in part.read((value, pk) if number == first else None):
            if len(shown) == PER_PAGE and row.group_id not in shown:
                return Found(with_groups([*shown.values()]), counted(rows), after, asked)
            shown.setdefault(row.group_id, row)  # its other meetings are named on it
            after = f"{number}:{part.value(row)!r}:{row.pk}"
    return Found(with_groups([*shown.values()]), counted(rows), "", asked)


def fitting(asked: Asked) -> QuerySet[SearchRow]:
    """Every row that fits, in no order."""
    rows = matching(asked)
    return near(rows, asked) if asked.town and facets.ONLINE not in asked.facets else rows


def parts(rows: QuerySet[SearchRow], asked: Asked) -> list[Part]:
    """First what is fresh and no therapy that costs money; then the rest, which is labeled and never hidden.

    By time, what has no next date (what is always open) comes after what has one.
    """
    late = Q(stale_at__lte=asked.now)
    if facets.THERAPY not in asked.facets:
        late |= Q(facets__contains=[facets.THERAPY])
    found = []
    for kind in (rows.exclude(late), rows.filter(late)):
        if asked.by_distance:
            found.append(Part(kind, "distance"))
        else:
            dated = kind.filter(next_start__isnull=False).annotate(starts_at=F(STARTS))
            found += [Part(dated, STARTS), Part(kind.filter(next_start=None), "")]
    return found


def counted(rows: QuerySet[SearchRow]) -> int:
    return min(rows.order_by()[: COUNT_TO + 1].count(), COUNT_TO + 1)


def with_groups(rows: list[SearchRow]) -> list[SearchRow]:
    """Bring what a result shows: the group, its topics and its meetings, in four queries for all."""
    groups = {
        group.pk: group for group in Group.objects.filter(pk__in=[row.group_id for row in rows]).with_everything()
    }
    for row in rows:
        row.group = groups[row.group_id]
        row.schedule = next((each for each in row.group.schedules.all() if each.pk == row.schedule_id), None)
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

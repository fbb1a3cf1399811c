"""The order of what is found, read from an index a slice at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from groups import facets
from groups.asked import Asked
from groups.models import SearchRow

SLICE = 24  # rows, for a page of twelve groups
STARTS = "next_start__starts_at"


class Spot(NamedTuple):
    """Where a row stands in a part: its number, that of its group, and the value it is sorted by."""

    pk: int
    group: int
    value: float


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

    def read(self, begins: tuple[float, int] | None, size: int) -> Iterator[Spot]:
        """What stands behind `begins`, `size` rows at a time: groups with many meeting times take more than one."""
        order = [*filter(None, [self.key]), "pk"]
        while True:
            rows = self.after(*begins) if begins else self.rows
            found = rows.order_by(*order).values_list("pk", "group", self.key or "pk")[:size]
            page = [Spot(pk, group, self._number(value)) for pk, group, value in found]
            yield from page
            if len(page) < size:
                return
            begins = page[-1].value, page[-1].pk

    def _number(self, value: Any) -> float:
        """What `after` goes on behind."""
        if self.key == STARTS:
            return float(value.timestamp())
        return float(value) if self.key else 0.0


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
            found += [Part(kind.filter(next_start__isnull=False), STARTS), Part(kind.filter(next_start=None), "")]
    return found

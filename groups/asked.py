"""A search of the directory, understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from groups import facets, spelling, towns
from groups.forms import FindForm


@dataclass(frozen=True)
class Asked:
    """A valid search, understood.

    `known_as` is the topic that the words are another name for, and `shown_for` what they were mended into; "" if not.
    `taken_for` are the ways to narrow that some of the words said, such as "Sunday". Of `any_facets` one is enough.
    """

    facets: Sequence[int] = ()
    words: str = ""
    known_as: str = ""
    shown_for: str = ""
    taken_for: Sequence[str] = ()
    any_facets: Sequence[int] = ()
    town: towns.Town | None = None
    miles: int = 25
    sort: str = ""
    therapy: str = ""
    after: tuple[int, float, int] | None = None  # the part, the sort value and the number of the row before
    now: datetime = field(default_factory=timezone.now)

    @property
    def around(self) -> towns.Town | None:
        """The town that the search keeps near; None for what meets online, which is found at any distance."""
        return None if facets.ONLINE in self.facets else self.town

    @property
    def is_online(self) -> bool:
        return facets.ONLINE in self.facets

    @property
    def by_distance(self) -> bool:
        return self.around is not None and self.sort != "next"

    @property
    def is_narrow(self) -> bool:
        """Whether more is asked than where."""
        return bool(self.words or self.facets or self.any_facets or self.therapy)

    @property
    def reach(self) -> float:
        """The distance asked for, in meters of Web Mercator at the town."""
        return facets.meters(self.miles, self.town.point.latitude) if self.town else 0.0


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

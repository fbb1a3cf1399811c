"""The review queue: what waits in all apps, the greatest risk first. Apps add their kinds in AppConfig.ready.

queue.register(queue.Kind(Suggestion, "groups.moderate_group", "groups/queue/suggestion.html", texts=TEXTS))
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from mindspace.accounts.models import User
from mindspace.moderation.models import Decision, Held

Text = str | Promise
STRETCH = timedelta(minutes=30)
MANY = 20


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits. `template` shows it, and gets it as `item`.

    `veiled` folds it away until they are ready to read it; `reasoned` has words for a yes, too.
    `texts` holds kind words to choose from, by a short name; `verbs` what the buttons say, by verdict.
    """

    model: type[Held]
    permission: str
    template: str
    title: Text = ""
    texts: Mapping[str, Text] = field(default_factory=dict)
    verbs: Mapping[str, Text] = field(default_factory=dict)
    veiled: bool = False
    reasoned: bool = False

    @property
    def name(self) -> str:
        return self.model.queue


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def every() -> list[Kind]:
    return list(_kinds.values())


def kinds_for(user: Any) -> list[Kind]:
    """The kinds this person may decide; none for whoever is not on the staff."""
    if not (user.is_authenticated and user.is_staff):
        return []
    return [kind for kind in _kinds.values() if user.has_perm(kind.permission)]


def waiting(user: User, kinds: Iterable[Kind]) -> int:
    return sum(kind.model.objects.waiting().count() for kind in kinds)


def next_for(user: User, kinds: Iterable[Kind], skip: Iterable[UUID] = ()) -> tuple[Kind, Held] | None:
    """The first thing that `user` may decide, leaving out those in `skip`."""
    first = [(kind, _first(kind, user, set(skip))) for kind in kinds]
    found = [(kind, item) for kind, item in first if item is not None]
    return min(found, key=lambda pair: (-pair[1].risk, pair[1].waits_since), default=None)


def left(user: User, kinds: Iterable[Kind], skipped: Iterable[UUID]) -> int:
    """How many of those that `user` has left for later wait for them still."""
    ids = set(skipped)
    rows = (row for kind in kinds for row in kind.model.objects.waiting().filter(pk__in=ids))
    return sum(row.can_be_decided_by(user) for row in rows)


def needs_a_break(user: User, now: datetime) -> bool:
    """They have decided a lot without a pause: time for tea."""
    return Decision.objects.filter(by=user, at__gt=now - STRETCH).count() >= MANY


def _first(kind: Kind, user: User, skip: set[UUID]) -> Held | None:
    rows = kind.model.objects.waiting().exclude(pk__in=skip)
    return next((item for item in rows.iterator(chunk_size=20) if item.can_be_decided_by(user)), None)

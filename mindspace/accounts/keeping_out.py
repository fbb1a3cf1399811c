"""Who may not take part just now. Moderation says so, in AppConfig.ready; until then everybody may.

keeping_out.hand_in(keeping_out.Rules(stretch, hidden, banned, may_write))
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Stretch = tuple[datetime | None]


@dataclass(frozen=True)
class Rules:
    """`stretch` takes a person: None where they may come back as soon as they leave; else a tuple of its end, None for
    no end. `hidden` gives the ids, as a query, of those of whom nothing is shown to others, `banned` of those among
    them who are not to come back. `may_write` takes a person.
    """

    stretch: Callable[[Any], Stretch | None]
    hidden: Callable[[], Any]
    banned: Callable[[], Any]
    may_write: Callable[[Any], bool]


_rules: list[Rules] = []


def hand_in(rules: Rules) -> None:
    _rules[:] = [rules]


def stretch(user: Any) -> Stretch | None:
    return _rules[0].stretch(user) if _rules else None


def hidden() -> Collection[Any]:
    """The ids of those of whom nothing is shown to others: a query, to filter others with."""
    return _rules[0].hidden() if _rules else ()


def banned() -> Collection[Any]:
    """The ids of those whose word counts no more, what they have given of it included: a query."""
    return _rules[0].banned() if _rules else ()


def may_write(user: Any) -> bool:
    """Whether their word counts just now."""
    return not _rules or _rules[0].may_write(user)

"""Who may not take part just now. Moderation says so, in AppConfig.ready; until then everybody may.

keeping_out.hand_in(keeping_out.Rules(stretch, hidden, may_write))
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Stretch = tuple[datetime | None]


@dataclass(frozen=True)
class Rules:
    """`stretch` takes a person: None where they may come back as soon as they leave; else a tuple of its end, None for
    no end. `hidden` gives the ids, as a query, of those of whom nothing is shown to others. `may_write` takes a person.
    """

    stretch: Callable[[Any], Stretch | None]
    hidden: Callable[[], Any]
    may_write: Callable[[Any], bool]


_rules: list[Rules] = []


def hand_in(rules: Rules) -> None:
    _rules[:] = [rules]


def stretch(user: Any) -> Stretch | None:
    return _rules[0].stretch(user) if _rules else None


def hidden() -> Collection[Any]:
    """The ids of those of whom nothing is shown to others: a query, to filter others with."""
    return _rules[0].hidden() if _rules else ()


def may_write(user: Any) -> bool:
    """Whether their word counts just now."""
    return not _rules or _rules[0].may_write(user)

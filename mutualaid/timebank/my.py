"""A member's hours, on the page that is theirs."""

from typing import Any

from mindspace.accounts.models import Block, User
from mindspace.accounts.my import Section
from mutualaid.timebank.lines import Line, balance_said
from mutualaid.timebank.models import Transfer

MOST = 10


def hours(user: User) -> dict[str, Any] | None:
    """Once some have moved."""
    rows = list(Transfer.objects.lines(user)[: MOST + 1])
    if not rows:
        return None
    apart = frozenset(Block.objects.others_of(user))
    return {
        "balance": balance_said(user),
        "lines": [Line(row, user, apart) for row in rows[:MOST]],
        "more": len(rows) > MOST,
    }


HOURS = Section("timebank.hours", 60, "timebank/my.html", hours)

"""Whether somebody who leaves may come back at once. Moderation says so, in AppConfig.ready.

keeping_out.hand_in(stretch)    # stretch(user): None where they may; else a tuple of its end, which is None for no end
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Stretch = tuple[datetime | None]
_ask: list[Callable[[Any], Stretch | None]] = []


def hand_in(stretch: Callable[[Any], Stretch | None]) -> None:
    _ask[:] = [stretch]


def stretch(user: Any) -> Stretch | None:
    return _ask[0](user) if _ask else None

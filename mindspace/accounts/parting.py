"""What ends between two people when one of them wants to be kept apart. Apps register theirs in AppConfig.ready.

parting.register("mutualaid", part)  # takes both people, in the transaction of the block
"""

from collections.abc import Callable
from typing import Any

Part = Callable[[Any, Any], None]
_parts: dict[str, Part] = {}


def register(name: str, part: Part) -> None:
    _parts[name] = part


def part(one: Any, other: Any) -> None:
    for each in _parts.values():
        each(one, other)

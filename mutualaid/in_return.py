"""What comes in return for a hand, where it is no gift. The time bank hands in its rules in AppConfig.ready.

in_return.register("timebank", in_return.Bank(settle, allow, say))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bank:
    """`settle` takes an arrangement that both have confirmed, under its lock.

    `allow` takes a post and who would be helped by it. It raises BelowFloor.
    `say` takes a member, and tells them what they gave and got.
    """

    settle: Callable[[Any], None]
    allow: Callable[[Any, Any], None]
    say: Callable[[Any], str]


_banks: dict[str, Bank] = {}


def register(name: str, bank: Bank) -> None:
    _banks[name] = bank


def settle(arrangement: Any) -> None:
    for bank in _banks.values():
        bank.settle(arrangement)


def allow_request(post: Any) -> None:
    """Whether its author may ask for as much. Raises BelowFloor."""
    _allow(post, post.author, "request")


def allow_answer(post: Any, by: Any) -> None:
    """Whether somebody may take up an offer. Raises BelowFloor."""
    _allow(post, by, "offer")


def said(person: Any) -> list[str]:
    """What they gave and got, in words to them."""
    return [bank.say(person) for bank in _banks.values()]


def _allow(post: Any, person: Any, kind: str) -> None:
    if post.kind == kind:
        for bank in _banks.values():
            bank.allow(post, person)

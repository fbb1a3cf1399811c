"""Somebody rests: what is open is handed over. Apps register how, in AppConfig.ready.

resting.register("mutualaid", hand_over, to_settle)

hand_over(user, until) runs in the transaction in which the rest begins; to_settle(user, until) says what of theirs the
rest touches, each as its title and the path of its page.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

HandOver = Callable[[Any, date], None]
ToSettle = Callable[[Any, date], list[tuple[str, str]]]
_apps: dict[str, tuple[HandOver, ToSettle]] = {}


def register(name: str, begin: HandOver, to_settle: ToSettle) -> None:
    _apps[name] = (begin, to_settle)


def begin(user: Any, until: date) -> None:
    for hand_over, _to_settle in _apps.values():
        hand_over(user, until)


def to_settle(user: Any, until: date) -> list[tuple[str, str]]:
    return [each for _hand_over, of_app in _apps.values() for each in of_app(user, until)]

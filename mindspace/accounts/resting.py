"""Somebody rests: what is open is handed over. Apps register how, in AppConfig.ready.

resting.register("mutualaid", hand_over)    # hand_over(user, until), in the transaction in which the rest begins
"""

from collections.abc import Callable
from datetime import date
from typing import Any

_apps: dict[str, Callable[[Any, date], None]] = {}


def register(name: str, begin: Callable[[Any, date], None]) -> None:
    _apps[name] = begin


def begin(user: Any, until: date) -> None:
    for hand_over in _apps.values():
        hand_over(user, until)

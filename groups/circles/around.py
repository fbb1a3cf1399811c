"""What apps above have to do with a circle: a part of its page, and what ends when somebody leaves it.

    around.register(around.Around("mutualaid", "mutualaid/circle_posts.html", posts_in, left))

`context` takes the circle and the member who looks, and returns what the template needs. `left` takes the circle and
whoever is no longer in it, in the transaction of their leaving.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Around:
    name: str
    template: str
    context: Callable[[Any, Any], dict[str, Any]]
    left: Callable[[Any, Any], None]


_around: dict[str, Around] = {}


def register(around: Around) -> None:
    _around[around.name] = around


def parts(circle: Any, user: Any, request: Any) -> list[SafeString]:
    return [render_to_string(each.template, each.context(circle, user), request) for each in _around.values()]


def left(circle: Any, user: Any) -> None:
    for each in _around.values():
        each.left(circle, user)

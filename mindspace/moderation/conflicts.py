"""Who is too near to somebody to decide about what they wrote. Apps add what they know of, in AppConfig.ready.

conflicts.register(near)    # near(user, people): whether the moderator has to do with any of those, by their ids
"""

from collections.abc import Callable, Collection
from typing import Any

from mindspace.accounts.models import Block

Near = Callable[[Any, Collection[Any]], bool]
_near: list[Near] = []


def register(near: Near) -> None:
    _near.append(near)


def is_near(user: Any, *people: Any) -> bool:
    """Whether they keep apart from one of those, or sit with them somewhere. None stands for somebody who has left."""
    others = {pk for pk in people if pk not in (None, user.pk)}
    if not others:
        return False
    return Block.objects.others_of(user).filter(other__in=others).exists() or any(near(user, others) for near in _near)

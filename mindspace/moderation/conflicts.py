"""Who is too near to somebody to decide about what they wrote. Apps add what they know of, in AppConfig.ready.

conflicts.register(near)    # near(user, people): whether the moderator has to do with any of those, by their ids
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q, QuerySet

from mindspace.accounts.models import Block, User

Near = Callable[[Any, Collection[Any]], bool]
_near: list[Near] = []


def register(near: Near) -> None:
    _near.append(near)


def moderators() -> QuerySet[User]:
    """Whoever may decide what comes to the queue, an appeal as well."""
    may = Q(groups__permissions__codename="change_appeal") | Q(user_permissions__codename="change_appeal")
    return User.objects.filter(may | Q(is_superuser=True), is_staff=True, is_active=True)


def is_near(user: Any, *people: Any) -> bool:
    """Whether they keep apart from one of those, or sit with them somewhere. None stands for somebody who has left.

    That one of those keeps apart from them counts while another moderator is left: nobody gets out of everybody's
    reach by blocking them all.
    """
    others = {pk for pk in people if pk not in (None, user.pk)}
    if not others:
        return False
    if Block.objects.filter(blocker=user, blocked__in=others).exists() or any(near(user, others) for near in _near):
        return True
    theirs = Block.objects.filter(blocker__in=others).values("blocked")
    return theirs.filter(blocked=user).exists() and moderators().exclude(pk=user.pk).exclude(pk__in=theirs).exists()

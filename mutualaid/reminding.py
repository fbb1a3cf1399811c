"""Telling two people that what they agreed on is near, asking how it went, and closing what nobody speaks of any more.

Each may run twice, or late: whom it told once, it tells no more.
"""

import contextlib
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest

from mutualaid import kinds
from mutualaid.errors import NotPossible
from mutualaid.models import Arrangement, Post, Response

BEFORE = timedelta(hours=24)
ASK_AFTER = timedelta(hours=2)  # since it was over
ASK_WITHOUT_A_TIME = timedelta(days=21)
LAPSE_AFTER = timedelta(days=60)  # since anybody said a word
LATEST_WORD: Any = Greatest("agreed_at", Max("response__messages__made_at"))


def move_on(now: datetime) -> None:
    """To the next time of what two meet for again and again, and of hours that people book.

    Where nobody has said a word for two months, the two are asked how it went instead.
    """
    came = going_on().filter(starts_at__lte=now, response__post__when=Post.When.RECURRING)
    in_touch = Q(latest__gt=now - LAPSE_AFTER) | Q(response__post__bookable=True)  # a chair is free in any case
    for arrangement in came.annotate(latest=LATEST_WORD).filter(in_touch):
        with contextlib.suppress(NotPossible):  # it was moved, or called off, a moment ago
            arrangement.move_on()


def let_go(now: datetime) -> None:
    """Answer kindly whoever waits for a yes to a time that has passed: they can choose another."""
    for response in Response.objects.filter(state=Response.State.PROPOSED, chosen_at__lte=now):
        with contextlib.suppress(NotPossible), response.locked(Response.State.PROPOSED) as row:
            row.finish()


def remind(now: datetime) -> None:
    """Both, a day before; who moves it is reminded of the new time, too."""
    soon = going_on().filter(state=Arrangement.State.AGREED, starts_at__gt=now, starts_at__lte=now + BEFORE)
    for arrangement in soon:
        tell_both(arrangement, kinds.REMINDER, f"soon:{arrangement.starts_at:%Y-%m-%dT%H:%MZ}")


def ask(now: datetime) -> None:
    """Both, when it should be over; without a time, three weeks after they agreed."""
    over = Q(starts_at__lte=now - ASK_AFTER) | Q(starts_at=None, agreed_at__lte=now - ASK_WITHOUT_A_TIME)
    for arrangement in going_on().filter(over, state=Arrangement.State.AGREED):
        if arrangement.ends_at is None or arrangement.ends_at <= now - ASK_AFTER:
            when = arrangement.starts_at or arrangement.agreed_at
            tell_both(arrangement, kinds.HOW_IT_WENT, f"over:{when:%Y-%m-%dT%H:%MZ}")


def lapse(now: datetime) -> None:
    """Close what nobody has said a word about for two months, so that their words go, too, as was promised."""
    latest = Greatest(LATEST_WORD, Coalesce("starts_at", "agreed_at"))
    silent = going_on().annotate(latest=latest).filter(latest__lte=now - LAPSE_AFTER)
    for arrangement in silent:
        with contextlib.suppress(NotPossible), arrangement.locked(*Arrangement.GOING_ON) as row:
            if silent.filter(pk=row.pk).exists():  # else somebody spoke, or moved it, a moment ago
                row.lapse()


def going_on() -> Any:
    rows = Arrangement.objects.filter(state__in=Arrangement.GOING_ON, response__post__author__isnull=False)
    return rows.select_related("response__post__author", "response__by")


def tell_both(arrangement: Arrangement, kind: Any, event: str) -> None:
    response = arrangement.response
    for user in (response.by, response.post.author):
        response.tell(user, kind, event)

"""Somebody rests: their offers pause, nothing more is asked of them, and those they agreed something with are told.

When the rest is over nothing starts by itself: what was true before a rest may not be after it. They are told once,
kindly, and one tap puts back what the rest had paused. What they had paused themselves stays as it is.
"""

import contextlib
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mindspace.accounts.models import Profile, User
from mindspace.accounts.my import Section
from mindspace.moderation.models.sanction import may_take_part
from mindspace.notifications.telling import notify
from mutualaid import kinds
from mutualaid.errors import NotPossible
from mutualaid.models import Arrangement, Asked, Post

TOLD_FOR = timedelta(days=7)  # a worker that was down tells later, and not for ever


def begin(user: User, until: date) -> None:
    open_offers = Post.objects.filter(author=user, state=Post.State.OPEN, kind=Post.Kind.OFFER)
    for post in open_offers.order_by("pk"):  # as a block takes them, so that neither waits for the other for ever
        with contextlib.suppress(NotPossible):  # it was paused or closed a moment ago
            post.pause()
            Post.objects.filter(pk=post.pk).update(paused_for_rest=True)
    Asked.objects.rest(user)
    for arrangement in touched(user, until):
        response = arrangement.response
        response.tell(response.other_than(user), kinds.RESTS, f"rests:{until}")


def touched(user: User, until: date) -> list[Arrangement]:
    """What they agreed on that may not be kept: what has a time after the rest goes on as it is."""
    theirs = Q(response__by=user) | Q(response__post__author=user)
    rows = Arrangement.objects.filter(theirs, state__in=Arrangement.GOING_ON)
    rows = rows.select_related("response__by", "response__post__author").order_by("starts_at", "pk")
    return [each for each in rows if touches(each, until)]


def touches(arrangement: Arrangement, until: date) -> bool:
    at = arrangement.starts_at
    return at is None or timezone.localdate(at, ZoneInfo(arrangement.response.post.zone)) <= until


def of_other(arrangement: Arrangement, user: Any) -> date | None:
    """The last day of the rest of the other one, for this one of the two, while it touches what they agreed on."""
    other = arrangement.response.other_than(user)
    if other is None or not may_take_part(other) or not arrangement.can_be_ended_by(user):
        return None
    until = Profile.of(other).resting_until
    if until is None or until < timezone.localdate():
        return None
    return until if touches(arrangement, until) else None


def to_settle(user: User, until: date) -> list[tuple[str, str]]:
    """For whoever rests: the title and the page of each."""
    return [(each.response.post.title, each.response.get_absolute_url()) for each in touched(user, until)]


def welcome_back(today: date) -> None:
    """On the day after the last one of a rest. Safe to run twice: each rest is told of once."""
    over = Profile.objects.filter(resting_until__lt=today, resting_until__gte=today - TOLD_FOR).select_related("user")
    for profile in over:
        if paused(profile.user).exists():
            notify(profile.user, kinds.BACK.name, f"back:{profile.resting_until}", reverse("my"))


def paused(user: Any) -> Any:
    return Post.objects.filter(author=user, state=Post.State.PAUSED, paused_for_rest=True)


def go_on(user: User) -> int:
    """Put back on the board what the rest had paused; return how many. One that cannot go on stays as it is."""
    count = 0
    with transaction.atomic():
        for post in paused(user).order_by("pk"):  # as in `begin`
            try:
                post.resume()
            except NotPossible:
                continue
            count += 1
    return count


def offers(user: User) -> dict[str, Any] | None:
    """For those who are back: what is still paused because they rested."""
    if Profile.of(user).is_resting(timezone.localdate()):
        return None
    rows = list(paused(user))
    return {"rows": rows} if rows else None


OFFERS = Section("mutualaid.rested", 15, "mutualaid/my/rested.html", offers)

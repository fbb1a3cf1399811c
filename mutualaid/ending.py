"""Telling authors that a post ends, and asking whether an offer that stands still is true. Each safe to run twice."""

import contextlib
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mindspace.notifications.telling import notify
from mutualaid import kinds
from mutualaid.errors import NotPossible
from mutualaid.models import Post

BEFORE = (1, 7)  # days before the last one
ASK_EVERY = timedelta(days=90)
PAUSE_AFTER = timedelta(days=120)  # an offer nobody answered for takes a rest


def remind(today: date) -> None:
    """Seven days before the end, and one; who comes late is told of the nearer one only."""
    soon: Any = Post.objects.ending_by(today + timedelta(days=max(BEFORE))).filter(ends_on__gte=today)
    for post in soon.filter(author__isnull=False):
        left = (post.ends_on - today).days
        days = next(days for days in BEFORE if left <= days)
        tell(post, kinds.ENDING, f"ends:{post.pk}:{post.ends_on}:{days}")


def end(today: date) -> None:
    """End what is past its last day, and say so."""
    for post in Post.objects.ending_by(today - timedelta(days=1)).iterator(chunk_size=500):
        with transaction.atomic():
            if post.expire(today) and post.author is not None:
                tell(post, kinds.ENDING, f"ended:{post.pk}:{post.ends_on}")


def ask(now: datetime) -> None:
    """Ask every 90 days; an offer nobody has answered for 30 days later is paused."""
    standing = Post.objects.open().filter(ends_on=None)
    for post in standing.filter(true_at__lte=now - ASK_EVERY):
        tell(post, kinds.STILL_TRUE, f"true:{post.pk}:{timezone.localdate(post.true_at)}")
    unsaid = standing.filter(true_at__lte=now - PAUSE_AFTER)
    for found in unsaid:
        with contextlib.suppress(NotPossible), transaction.atomic():
            still = unsaid.select_for_update(of=("self",)).filter(pk=found.pk).first()
            if still is None:  # its author was faster
                continue
            still.pause()
            tell(still, kinds.STILL_TRUE, f"rests:{still.pk}:{timezone.localdate(still.true_at)}")


def tell(post: Any, kind: Any, key: str) -> None:
    notify(post.author, kind.name, key, post.get_absolute_url(), post.title)

"""Requests that wait longest for anybody, with who may be able to help: for moderators who look after them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutualaid.matching import suggestions
from mutualaid.models import Asked, Post, Response, Seat
from mutualaid.suggesting import Helper

AT_ONCE = 10
SHOWN = 3  # of those who may be able to help
COUNT_TO = 100


@dataclass(frozen=True)
class Waiting:
    post: Post
    helpers: list[Helper]
    asked: list[Asked]


def longest() -> Any:
    """Open requests with a chair that nobody has answered for, the oldest first: also where all came to nothing."""
    live = Response.objects.live().filter(post=OuterRef("pk"))
    sitting = Seat.objects.filter(post=OuterRef("pk")).order_by().values("post").annotate(count=Count("pk"))
    rows = Post.objects.open().filter(kind=Post.Kind.REQUEST).exclude(Exists(live))
    rows = rows.filter(slots__gt=Coalesce(Subquery(sitting.values("count")), 0))
    return rows.order_by("opened_at", "-pk")  # as the index of the newest, read from its other end


def waiting_count() -> int:
    """How many wait: one more than COUNT_TO stands for more."""
    return int(longest()[: COUNT_TO + 1].count())


def count_words(count: int) -> str:
    if count > COUNT_TO:
        return _("More than %(count)d requests have no answer yet") % {"count": COUNT_TO}
    words = ngettext("%(count)d request has no answer yet", "%(count)d requests have no answer yet", count)
    return words % {"count": count}


def waiting_longest() -> list[Waiting]:
    posts = list(longest().select_related("author").prefetch_related("asked__person").defer("search")[:AT_ONCE])
    found = suggestions(posts, SHOWN)
    return [Waiting(post, found[post.pk], list(post.asked.all())) for post in posts]

"""Requests that wait longest for anybody, with who may be able to help: for moderators who look after them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from mutualaid.matching import suggestions
from mutualaid.models import Asked, Post, Response
from mutualaid.suggesting import Helper

AT_ONCE = 10
SHOWN = 3  # of those who may be able to help


@dataclass(frozen=True)
class Waiting:
    post: Post
    helpers: list[Helper]
    asked: list[Asked]


def longest() -> Any:
    """Open requests that nobody has answered, the oldest first. One whose answers all came to nothing counts, too."""
    live = Response.objects.live().filter(post=OuterRef("pk"))
    over = Response.objects.filter(post=OuterRef("pk"), state=Response.State.FINISHED)
    rows = Post.objects.open().filter(kind=Post.Kind.REQUEST).exclude(Exists(live)).exclude(Exists(over))
    return rows.order_by("opened_at", "-pk")  # as the index of the newest, read from its other end


def waiting_longest() -> list[Waiting]:
    posts = list(longest().select_related("author").prefetch_related("asked__person").defer("search")[:AT_ONCE])
    found = suggestions(posts, SHOWN)
    return [Waiting(post, found[post.pk], list(post.asked.all())) for post in posts]

"""What the board has to do with a circle: what is up for it, asking it, and what ends when somebody leaves it."""

import contextlib
from typing import Any

from django.utils.translation import ngettext

from groups.circles.around import Around
from groups.circles.models import Circle
from mindspace.accounts.models import User
from mutualaid.errors import NotPossible
from mutualaid.models import Asked, Post
from mutualaid.shown import Shown

MOST = 20
CIRCLE = "circle:"  # and an id: one choice of who sees a post


def posts(circle: Circle, user: User) -> dict[str, Any]:
    """The newest open ones, for a member."""
    rows = Post.objects.on_the_board_for(user).filter(circle=circle).select_related("author", "circle").defer("search")
    rows = rows.prefetch_related("seats__response__by").order_by("-opened_at", "pk")
    return {"cards": [Shown(post, user) for post in rows[:MOST]]}


def audiences_for(post: Post) -> list[tuple[str, Any]]:
    """Who can see it, each circle of its author as a choice of its own: circle:<id>."""
    choices: list[tuple[str, Any]] = [pair for pair in Post.Audience.choices if pair[0] != Post.Audience.CIRCLE]
    for circle in Circle.objects.with_people(post.author):
        words = ngettext("Only %(circle)s, %(count)d person", "Only %(circle)s, %(count)d people", circle.people)
        choices.append((f"{CIRCLE}{circle.pk}", words % {"circle": circle.name, "count": circle.people}))
    return choices


def left(circle: Circle, user: User) -> None:
    """What they had up there is taken back, and whoever answered is told kindly. What is agreed goes on."""
    up = Post.objects.filter(author=user, circle=circle, state__in=(Post.State.HELD, *Post.LIVE))
    for post in up.order_by("pk"):
        with contextlib.suppress(NotPossible):  # it ended a moment ago
            post.close(Post.ClosedAs.WITHDRAWN)
    Asked.objects.filter(person=user, post__circle=circle).delete()


POSTS = Around("mutualaid", "mutualaid/circle_posts.html", posts, left)

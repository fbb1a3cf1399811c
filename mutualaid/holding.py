"""What the board holds of a person: for taking it out, and for leaving."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from mutualaid.models import Arrangement, Message, Post, PostReport, Response, Reveal

TOLD = (
    "kind", "category", "title", "words", "helps", "helps_not", "languages", "remote", "area_name", "area_zip", "when",
    "first_day", "last_day", "start", "minutes", "rule", "slots", "hours", "bookable", "audience", "ends_on", "state",
    "closed_as", "made_at", "opened_at", "closed_at",
)  # fmt: skip


def export(user: Any) -> Mapping[str, Any]:
    posts = Post.objects.filter(author=user).order_by("made_at")
    answers = Response.objects.filter(by=user).select_related("post").order_by("made_at")
    messages = Message.objects.filter(by=user).order_by("made_at")
    reports = PostReport.objects.filter(made_by=user).order_by("made_at")
    return {
        "posts": [{name: getattr(post, name) for name in TOLD} for post in posts],
        "answers": [{"to": each.post.title, "state": each.state, "made_at": each.made_at} for each in answers],
        "messages": [{"words": each.words, "made_at": each.made_at} for each in messages],
        "shown_to_others": [
            {"kind": each.detail.kind, "in": each.arrangement.response.post.title, "at": each.at}
            for each in Reveal.objects.open()
            .filter(detail__user=user)
            .select_related("detail", "arrangement__response__post")
        ],
        "reports": [{"reason": each.reason, "note": each.note, "at": each.made_at} for each in reports],
    }


def delete(user: Any, keep_posts: bool) -> None:
    """What others never saw goes in any case. What stays has no name, and is off the board."""
    going_on = Q(response__by=user) | Q(response__post__author=user)
    for arrangement in Arrangement.objects.filter(going_on, state__in=Arrangement.GOING_ON):
        arrangement.cancel(user)  # whoever counted on them is told
    Response.objects.filter(by=user).delete()
    Message.objects.filter(by=user).delete()
    Post.objects.filter(author=user, state__in=Post.UNFINISHED).delete()
    if keep_posts:
        for post in Post.objects.filter(author=user, state__in=Post.LIVE):
            post.close(Post.ClosedAs.WITHDRAWN)
        Post.objects.filter(author=user).update(author=None)
    else:
        Post.objects.filter(author=user).delete()

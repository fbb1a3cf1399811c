"""What the board holds of a person: for taking it out, and for leaving."""

import contextlib
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from groups.circles.models import Circle
from mindspace.accounts.leaving import told
from mindspace.notifications.models import Notification
from mutualaid.errors import NotPossible
from mutualaid.models import (
    Acted,
    Arrangement,
    HeldMessage,
    HeldPost,
    Message,
    PassRequest,
    Post,
    PostReport,
    Response,
    Reveal,
)  # fmt: skip
from mutualaid.models.pair import lock_pair

TOLD = (
    "kind", "category", "title", "words", "helps", "helps_not", "languages", "remote", "area_name", "area_zip", "when",
    "first_day", "last_day", "start", "minutes", "rule", "slots", "hours", "reckoning", "bookable", "audience",
    "ends_on", "state", "closed_as", "urgent", "made_at", "opened_at", "closed_at",
)  # fmt: skip

ANSWER = ("state", "made_at", "chosen_at", "decided_at", "passed_at")
MESSAGE = ("words", "card", "state", "made_at")
AGREED = (
    "state", "agreed_at", "starts_at", "minutes", "suggested_at", "suggested_minutes", "done_by_author_at",
    "done_by_other_at", "ended_at",
)  # fmt: skip


def export(user: Any) -> Mapping[str, Any]:
    posts = Post.objects.filter(author=user).select_related("circle").order_by("made_at")
    answers = Response.objects.filter(by=user).select_related("post").order_by("made_at")
    messages = Message.objects.filter(by=user).order_by("made_at")
    agreed = Arrangement.objects.filter(Q(response__by=user) | Q(response__post__author=user)).order_by("agreed_at")
    reports = PostReport.objects.filter(made_by=user).order_by("made_at")
    return {
        "posts": [{**told(post, TOLD), "circle": post.circle.name if post.circle else ""} for post in posts],
        "answers": [{"to": each.post.title, **told(each, ANSWER)} for each in answers],
        "messages": [
            {**told(each, MESSAGE), "held_for": str(Message.REASONS.get(each.held_for, ""))} for each in messages
        ],
        "agreed": [{**told(each, AGREED), "suggested_by_you": each.suggested_by_id == user.pk} for each in agreed],
        "shown_to_others": [
            {**told(each.detail, ("kind",)), "in": each.arrangement.response.post.title, "at": each.at}
            for each in Reveal.objects.open()
            .filter(detail__user=user)
            .select_related("detail", "arrangement__response__post")
        ],
        "looked_at_first": [
            {"post": each.post.title, "answer": each.answer, **_looked_at(each)}
            for each in HeldPost.objects.filter(made_by=user).select_related("post").order_by("made_at")
        ],
        "lines_looked_at_first": [
            {"words": each.message.words, **_looked_at(each)}
            for each in HeldMessage.objects.filter(made_by=user).select_related("message").order_by("made_at")
        ],
        "asked_to_let_a_helper_pass": [
            {"about": each.response.post.title, **_looked_at(each)}
            for each in PassRequest.objects.filter(made_by=user).select_related("response__post").order_by("made_at")
        ],
        "done_for_you_by_phone": [
            {
                "what": each.get_did_display(),
                "about": each.about.title,
                "by": each.by and each.by.display_name,
                "at": each.at,
            }
            for each in Acted.objects.filter(member=user.pk).select_related("by", "post", "response__post")
        ],
        "reports": [told(each, ("reason", "note", "made_at")) for each in reports],
    }


def _looked_at(held: Any) -> dict[str, Any]:
    return told(held, ("state", "made_at", "decided_at"))


def _wait_our_turn(user: Any) -> None:
    """Let nothing of theirs be sent in meanwhile, and nothing happen between them and anybody else.

    Their circles come first, as when they are asked to leave one: their posts in it end under its lock. Then, as
    everywhere, their own lock, those they share, and all of them before the first post.
    """
    list(Circle.objects.visible_to(user).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    lock_pair(user.pk, user.pk)
    rows = Response.objects.filter(Q(by=user) | Q(post__author=user)).values_list("by", "post__author")
    for other in sorted({pk for pair in rows for pk in pair if pk not in (None, user.pk)}, key=str):
        lock_pair(user.pk, other)


def stop(user: Any) -> None:
    """End all that is open between them and others. What they wrote stays, and what nobody has seen goes."""
    _wait_our_turn(user)
    for held in HeldMessage.objects.waiting().filter(message__by=user).select_related("message__response__post"):
        with contextlib.suppress(NotPossible):
            held.message.take_back(user)
    for response in Response.objects.filter(by=user, state=Response.State.PROPOSED).select_related("post"):
        with contextlib.suppress(NotPossible):
            response.withdraw()
    for post in Post.objects.filter(author=user, state__in=Post.UNFINISHED):
        with contextlib.suppress(NotPossible):
            post.close(Post.ClosedAs.WITHDRAWN)
    _end(user)


def _end(user: Any) -> None:
    """Call off what is agreed, and take their posts off the board."""
    going_on = Q(response__by=user) | Q(response__post__author=user)
    agreed = Arrangement.objects.filter(going_on, state__in=Arrangement.GOING_ON)
    for arrangement in agreed.order_by("response__post", "pk"):
        with contextlib.suppress(NotPossible):  # it ended a moment ago
            arrangement.cancel(user)  # whoever counted on them is told
    for post in Post.objects.filter(author=user, state__in=Post.LIVE).order_by("pk"):
        with contextlib.suppress(NotPossible):
            post.close(Post.ClosedAs.WITHDRAWN)  # so is whoever waits for a yes
    HeldMessage.objects.waiting().filter(message__response__post__author=user).delete()  # there is nobody to read it
    PassRequest.objects.waiting().filter(Q(response__post__author=user) | Q(response__by=user)).delete()


def delete(user: Any, keep_posts: bool) -> None:
    """What others never saw goes in any case. What stays has no name, and is off the board."""
    _wait_our_turn(user)
    _end(user)
    answers = Q(by=user) if keep_posts else Q(by=user) | Q(post__author=user)
    gone: list[Any] = list(Response.objects.filter(answers))
    if not keep_posts:
        gone += Post.objects.filter(author=user)
    paths = [row.get_absolute_url() for row in gone]
    Notification.objects.filter(path__in=paths).update(path="", about="")  # there is nothing to see any more
    Response.objects.filter(by=user).delete()
    Message.objects.filter(by=user).delete()
    Post.objects.filter(author=user, state__in=Post.UNFINISHED).delete()
    if keep_posts:
        HeldPost.objects.filter(post__author=user).update(sealed_email="", token_hash=None, answer="")
        Post.objects.filter(author=user).update(author=None)
    else:
        Post.objects.filter(author=user).delete()

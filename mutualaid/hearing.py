"""What a member helped by phone has to hear, and what was done for them, as the moderator on the phone reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from mindspace.accounts.models import Block, PhoneMember
from mindspace.moderation.models.held_queries import staff_of_one
from mindspace.notifications.models import Notification
from mutualaid.models import Acted, Post, Response

MOST = 50  # on one page; when they are told, those behind them come


@dataclass(frozen=True)
class News:
    """`page` is where this moderator reads more of it, "" where there is no page for them."""

    row: Notification
    page: str


@dataclass(frozen=True)
class Line:
    """One line of the record: who did or told what, and when. `about` is the title of a post."""

    at: datetime
    what: str
    about: str
    by: Any


def conversations(member: PhoneMember, moderator: Any) -> QuerySet[Response]:
    """Those that this moderator speaks in for the member: never for both sides, nor with whom they keep apart."""
    rows: QuerySet[Response] = Response.objects.visible_to(member.user).select_related("post__author", "by")
    others = {moderator.pk, *Block.objects.others_of(moderator)}
    rows = rows.exclude(by__in=others).exclude(post__author__in=others)
    if staff_of_one():
        return rows
    spoken = Acted.objects.filter(by=moderator).exclude(member=member.pk)
    return rows.exclude(pk__in=spoken.exclude(response=None).values("response"))


def to_hear(member: PhoneMember, moderator: Any, path: str = "") -> list[News]:
    """What they have not been told yet, the oldest first; with `path`, what is about that page only."""
    rows = Notification.objects.of(member.user).unread().order_by("at", "pk")
    found = list((rows.filter(path=path) if path else rows)[:MOST])
    pages = pages_of({row.path for row in found}, member, moderator)
    return [News(row, pages.get(row.path, "")) for row in found]


def pages_of(paths: Iterable[str], member: PhoneMember, moderator: Any) -> dict[str, str]:
    """For paths of the member, the page of moderators that shows the same; three queries for all of them."""
    named = {path: _named(path) for path in paths}
    ids = {pk for _name, pk in named.values() if pk is not None}
    posts = set(Post.objects.moderated_by(moderator).filter(pk__in=ids).values_list("pk", flat=True))
    answers = set(conversations(member, moderator).filter(pk__in=ids).values_list("pk", flat=True))
    found = {}
    for path, (name, pk) in named.items():
        if name == "mutualaid:post_detail" and pk in posts:
            found[path] = reverse("mutualaid:post_look", args=[pk])
        elif name == "mutualaid:response_detail" and pk in answers:
            found[path] = reverse("mutualaid:phone_response_show", args=[member.pk, pk])
        elif name == "standing:standing_show" and moderator.has_perm("moderation.add_sanction"):
            found[path] = reverse("moderation:sanction_new", args=[member.pk])
    return found


def _named(path: str) -> tuple[str, UUID | None]:
    """What the site calls a path, and which row it is of. It may be older than the code."""
    try:
        found = resolve(path)
    except Resolver404:
        return "", None
    return found.view_name, found.kwargs.get("pk")


def record(member: PhoneMember) -> list[Line]:
    """What was done for them and told to them, the newest first."""
    acts = Acted.objects.filter(member=member).select_related("by", "post", "response__post").order_by("-at", "-pk")
    told = Notification.objects.filter(user=member.pk, read_at__isnull=False).select_related("told_by")
    lines = [Line(act.at, str(act.get_did_display()), act.about.title, act.by) for act in acts[:MOST]]
    for row in told.order_by("-read_at")[:MOST]:
        at = cast(datetime, row.read_at)
        lines.append(Line(at, _("Told them: “%s”") % row.sentence, row.about, row.told_by))
    if member.age_heard_at is not None:
        lines.append(Line(member.age_heard_at, _("Noted that they are 18 or older"), "", member.age_heard_by))
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]

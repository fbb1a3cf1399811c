"""A member's own posts, on the page that is theirs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mindspace.accounts import keeping_out
from mindspace.accounts.models import Profile, User
from mindspace.accounts.my import Section
from mindspace.moderation.models import Sanction
from mindspace.notifications.quiet import zone_of
from mutualaid.models import Arrangement, HeldPost, Post, Response
from mutualaid.moments import in_words
from mutualaid.shown import Shown

MOST = 20


def is_new(user: User) -> bool:
    """Whether they have neither posted nor answered yet."""
    return not (Post.objects.filter(author=user).exists() or Response.objects.filter(by=user).exists())


def begin(user: User) -> dict[str, Any] | None:
    """Three ways to begin, for who is new."""
    return {"gives": bool(Profile.of(user).can_give)} if is_new(user) else None


BEGIN = Section("mutualaid.begin", 5, "mutualaid/my/begin.html", begin)


def posts(user: User) -> dict[str, Any] | None:
    """Those that are not over, each with what comes next in plain words."""
    rows = Post.objects.of(user).exclude(state=Post.State.CLOSED).select_related("author")
    rows = rows.prefetch_related("seats__response__by")[:MOST]
    if not rows and is_new(user):
        return None  # the ways to begin say it
    sanction = Sanction.objects.now(user)
    is_kept_out = sanction is not None and sanction.keeps_out
    asked = {post.pk for post in asked_about(user)} if any(post.state == Post.State.HELD for post in rows) else ()
    shown = [Shown(post, user) for post in rows]
    return {"rows": [(each, following(each, is_kept_out=is_kept_out, asked=asked)) for each in shown]}


def following(shown: Shown, *, is_kept_out: bool = False, asked: Collection[Any] = ()) -> Any:
    """What comes next for a post. `asked` are the ids of those that a moderator has a question about."""
    post = shown.post
    if post.state == Post.State.DRAFT:
        return _("A draft. You can go on with it.")
    if post.pk in asked:
        return A_QUESTION
    if post.state == Post.State.HELD:
        return _("Somebody here reads it first.")
    if post.state == Post.State.PAUSED:
        return _("Paused. You can put it back on the board whenever you like.")
    if is_kept_out:
        return _("Others do not see this while you cannot take part.")
    if shown.is_filled and shown.taken:  # without the second, no time is left that anybody could take
        is_request = post.kind == Post.Kind.REQUEST
        return _("Everyone you asked for is found.") if is_request else _("Every place of your offer is taken.")
    return _("On the board. You need not do anything until somebody answers.")


POSTS = Section("mutualaid.posts", 40, "mutualaid/my/posts.html", posts)
A_QUESTION = gettext_lazy("We have a question about it. Change it, and it goes on.")


def asked_about(user: User) -> list[Post]:
    """Their posts that a moderator has a question about: those wait for them, and for nobody else."""
    rows = HeldPost.objects.filter(state=HeldPost.State.ASKED, post__author=user, post__state=Post.State.HELD)
    return [row.post for row in rows.select_related("post").order_by("waits_since")]


def questions(user: User) -> dict[str, Any] | None:
    found = asked_about(user)
    return {"rows": found, "next": A_QUESTION} if found else None


QUESTIONS = Section("mutualaid.questions", 8, "mutualaid/my/questions.html", questions)


def answers(user: User) -> dict[str, Any] | None:
    """What waits for them first, then what is agreed, then what waits for others."""
    rows = Response.objects.visible_to(user).live().select_related("post__author", "by")
    rows = rows.prefetch_related("arrangements").order_by("state", "made_at")  # what is agreed is never cut off
    away = set(keeping_out.hidden())
    found = [(response, step(response, user, away)) for response in rows[:MOST]]
    return {"rows": [(response, words) for response, (_order, words) in sorted(found, key=_first)]} if found else None


def _first(row: tuple[Response, tuple[int, str]]) -> int:
    return row[1][0]


def step(response: Response, user: User, away: Collection[Any] = ()) -> tuple[int, str]:
    """What comes next, the most urgent with the lowest number. `away` are those who may not take part."""
    if response.other_than(user).pk in away:
        return 3, _("The other person cannot take part just now. You need not do anything.")
    if response.can_be_decided_by(user):
        said = {"name": response.by.display_name, "when": when(response.meets_at, response, user)}
        if response.meets_at:
            return 0, _("%(name)s answered for %(when)s. You can say yes or no.") % said
        return 0, _("%(name)s answered. You can say yes or no.") % said
    if response.is_held:
        return 3, _("Somebody here reads your line first.")
    if response.state == Response.State.PROPOSED:
        return 3, _("You answered. They say yes or no.")
    [arrangement] = response.arrangements.all()
    arrangement.response = response
    other = response.other_than(user).display_name
    if arrangement.can_be_agreed_by(user):
        return 0, _("%s suggests a time. Does it suit you?") % other
    if arrangement.state == Arrangement.State.DONE and arrangement.can_be_done_by(user):
        return 1, _("%s says it is done. Was it?") % other
    if arrangement.state == Arrangement.State.DONE:
        return 2, _("You said it is done. We asked %s.") % other
    if arrangement.starts_at is None:
        return 1, _("Agreed with %s. You can suggest a time.") % other
    if arrangement.ends_at < timezone.now():
        return 1, _("Agreed with %s. Did it happen?") % other
    said = {"name": other, "when": when(arrangement.starts_at, response, user)}
    return 1, _("Agreed with %(name)s: %(when)s.") % said


def when(at: datetime | None, response: Response, user: User) -> str:
    return in_words(at, response.post.zone, zone_of(user)) if at else ""


ANSWERS = Section("mutualaid.answers", 10, "mutualaid/my/answers.html", answers)

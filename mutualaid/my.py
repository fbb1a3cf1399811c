"""A member's own posts, on the page that is theirs."""

from typing import Any

from django.utils.translation import gettext as _

from mindspace.accounts.models import User
from mindspace.accounts.my import Section
from mutualaid.models import Post
from mutualaid.shown import Shown

MOST = 20


def posts(user: User) -> dict[str, Any]:
    """Those that are not over, each with what comes next in plain words."""
    rows = Post.objects.of(user).exclude(state=Post.State.CLOSED).select_related("author")[:MOST]
    return {"rows": [(Shown(post, user), following(post)) for post in rows]}


def following(post: Post) -> str:
    if post.state == Post.State.DRAFT:
        return _("A draft. You can go on with it.")
    if post.state == Post.State.HELD:
        return _("Somebody here reads it first.")
    if post.state == Post.State.PAUSED:
        return _("Paused. You can go on whenever you like.")
    return _("On the board. You need not do anything until somebody answers.")


POSTS = Section("mutualaid.posts", 40, "mutualaid/my/posts.html", posts)

"""Whether a post is looked at by a person before others see it, and why. Its author is told the reason."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mutualaid import crisis, guard

if TYPE_CHECKING:
    from mutualaid.models.post import Post

FIRST_POSTS = 2
REASONS = {
    "first": _("We read everybody’s first two posts before others see them."),
    "sensitive": _("We read every post about children, rides and medication before others see it."),
    "private": _(
        "It seems to hold a phone number, an address, a link or money. You can take it out, or leave it: somebody here"
        " looks first."
    ),
    "careful": _("Somebody here reads it with care, before others do."),
    "reported": _("Others asked us to look at it."),
}
RISKS = {"careful": 3, "reported": 2, "sensitive": 2, "private": 1, "first": 0}


def look(post: "Post") -> None:
    """Put on the post what was seen; it is not saved."""
    post.urgent = crisis.sounds_like(post.public_words)
    post.held_reasons = reasons(post)


def reasons(post: "Post") -> list[str]:
    found = {
        "careful": post.urgent,
        "sensitive": post.is_sensitive and post.kind == "request",
        "private": bool(guard.found_in(post.public_words)),
        "first": not post.opened_at and is_new(post),
    }
    return [reason for reason, so in found.items() if so]


def is_new(post: "Post") -> bool:
    """Whether its author is not known yet: vouched for by nobody, and with less than two posts that were looked at."""
    opened = type(post).objects.filter(author=post.author_id, opened_at__isnull=False).exclude(pk=post.pk)
    return len(opened.values("pk")[:FIRST_POSTS]) < FIRST_POSTS and not getattr(post.author, "is_vouched", False)


def risk(reasons: list[str]) -> int:
    return max((RISKS.get(reason, 0) for reason in reasons), default=0)

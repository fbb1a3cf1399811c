"""Which posts one may see."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from groups.circles.models import Membership
from mindspace.accounts import keeping_out
from mindspace.accounts.models import Block

if TYPE_CHECKING:
    from mutualaid.models.post import Post  # noqa: F401 - named in a string below

MODERATE = "mutualaid.moderate_post"


class PostQuerySet(models.QuerySet["Post"]):
    def open(self) -> Self:
        """What stands on the board: not what is of somebody who may not take part just now."""
        return self.filter(state="open", author__isnull=False).exclude(author__in=keeping_out.hidden())

    def teasers(self) -> Self:
        """What everybody may see of, without the name: signed out, in feeds and to search engines."""
        return self.open().filter(audience="public")

    def visible_to(self, user: Any) -> Self:
        """What this person may open the page of. An ended post says so to those who could see it.

        A moderator is a member here as well; what they may see besides is in `moderated_by`.
        """
        if not user.is_authenticated:
            return self.filter(Q(state="open") | _ended(), audience="public").exclude(author__in=keeping_out.hidden())
        return self.apart_from(user).filter(Q(author=user) | self._shown_to(user) & ~Q(author__in=keeping_out.hidden()))

    def on_the_board_for(self, user: Any) -> Self:
        """The open posts that this person may see."""
        if not user.is_authenticated:
            return self.teasers()
        return self.open().apart_from(user).filter(Q(author=user) | for_them(user))

    def moderated_by(self, user: Any) -> Self:
        """All but drafts, for whoever moderates the board, on pages that are for moderators."""
        return self.exclude(state="draft") if user.has_perm(MODERATE) else self.none()

    def apart_from(self, user: Any) -> Self:
        """Without those by anybody whom `user` blocked, or who blocked them."""
        return self.exclude(author__in=Block.objects.others_of(user))

    def of(self, user: Any) -> Self:
        """Their own, those that need something from them first."""
        return self.filter(author=user).order_by("closed_at", "-made_at")

    def ending_by(self, day: date) -> Self:
        return self.filter(state__in=("open", "paused"), ends_on__lte=day)

    def _shown_to(self, user: Any) -> Q:
        return (Q(state__in=("open", "paused")) | _ended()) & for_them(user)


def _ended() -> Q:
    """What was on the board, and was not waiting for a look when it ended."""
    seen = Q(state="closed", redacted_at=None, opened_at__isnull=False, held_reasons=[])
    return seen & ~Q(closed_as="removed")


def for_them(user: Any) -> Q:
    """What is meant for a member, too."""
    return Q(audience__in=audiences_of(user)) | in_a_circle_of(user)


def in_a_circle_of(user: Any) -> Q:
    """What is for a circle, while both are in it: whoever leaves sees nothing of it, nor is anything of theirs seen."""
    rows = Membership.objects.filter(circle=OuterRef("circle"), user=OuterRef("author"))
    return Q(audience="circle") & Q(Exists(rows.filter(circle__memberships__user=user)))


def audiences_of(user: Any) -> list[str]:
    """Whom a member counts among."""
    return ["public", "members", "vouched"] if getattr(user, "is_vouched", False) else ["public", "members"]

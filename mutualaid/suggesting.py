"""A suggestion, and why, in words.

Whoever asks reads that somebody has time, and never how much: a member's hours are for themselves and for moderators,
as their own page promises, and who has said little should not look small. Each reads the numbers of their own load.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from groups.geometry import METERS_PER_MILE, stretch
from groups.models.group import SPOKEN
from mindspace.accounts.models import Profile
from mutualaid.models import Asked, Post

NEAR = 10  # miles; both ends are rounded to a cell, so no smaller number would mean much


@dataclass(frozen=True)
class Helper:
    """Somebody who fits a post. `taken` is the hours they gave or promised in the last 28 days.

    `distance` is in meters of Web Mercator, None for what is done by phone.
    """

    post: Post
    profile: Profile
    taken: Decimal
    distance: float | None = None

    @property
    def person(self) -> Any:
        return self.profile.user

    @property
    def left(self) -> Decimal:
        return max(self.profile.may_be_asked - self.taken, Decimal(0))

    @property
    def order(self) -> tuple[Decimal, float, str]:
        """The lightest load for what they said they can give, then the longest not asked."""
        asked_at = self.profile.asked_at
        return (
            self.taken / (self.profile.may_be_asked or 1),
            asked_at.timestamp() if asked_at else 0,
            str(self.profile.pk),
        )

    @property
    def words(self) -> str:
        """For whoever asks."""
        return ", ".join([*self._near(), _("has time this month"), *self._speaks(_("speaks %s")), *self._known()])

    @property
    def words_with_hours(self) -> str:
        """For moderators."""
        if self.profile.hours is None:
            hours = _("may be asked, within reason")
            if self.taken:
                hours = _("%(asked)s, and gave %(taken)s hours in four weeks") % {
                    "asked": hours,
                    "taken": plain(self.taken),
                }
        else:
            hours = _("has %(left)s of %(hours)s hours left in four weeks") % {
                "left": plain(self.left),
                "hours": plain(self.profile.hours),
            }
        return ", ".join([*self._near(), hours, *self._speaks(_("speaks %s")), *self._known()])

    @property
    def words_for_themselves(self) -> str:
        """Their own load, in numbers."""
        if self.profile.hours is None:
            hours = _("you said that you may be asked, within reason")
        else:
            hours = _("you have %(left)s of your %(hours)s hours left in four weeks") % {
                "left": plain(self.left),
                "hours": plain(self.profile.hours),
            }
        return ", ".join([*self._near(), hours, *self._speaks(_("you speak %s"))])

    def _near(self) -> list[str]:
        if self.distance is None or self.post.latitude is None:
            return [_("by phone or online")]
        miles = self.distance / stretch(self.post.latitude) / METERS_PER_MILE
        return [_("near you")] if miles <= NEAR else [_("within 25 miles")]

    def _speaks(self, words: str) -> list[str]:
        """What both named, but for the language of the site."""
        both = [str(SPOKEN[code]) for code in self.post.languages if code != "en" and code in self.profile.languages]
        return [words % ", ".join(both)] if both else []

    def _known(self) -> list[str]:
        return [_("others have vouched for them")] if self.post.is_sensitive else []


@dataclass(frozen=True)
class Could:
    """A request that somebody could help with; `asked` if its author asked them."""

    post: Post
    words: str = ""
    asked: Asked | None = None


def plain(hours: Decimal) -> str:
    """2, 2.5, 40."""
    return f"{hours.normalize():f}"

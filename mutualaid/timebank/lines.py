"""Hours in words, as the member they are of reads them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mutualaid.moments import length
from mutualaid.timebank.models import Balance, Transfer


@dataclass(frozen=True)
class Line:
    row: Transfer
    user: Any
    apart: Collection[Any] = ()  # whom they are kept apart from: neither names nor words of theirs are shown

    @property
    def gave(self) -> bool:
        return self.row.giver_id == self.user.pk

    @property
    def _other_id(self) -> Any:
        return self.row.receiver_id if self.gave else self.row.giver_id

    @property
    def is_apart(self) -> bool:
        return self._other_id in self.apart

    @property
    def title(self) -> str:
        """Of the post; "" where it is gone, or its words are."""
        arrangement = self.row.arrangement
        return "" if arrangement is None or self.is_apart else arrangement.response.post.title

    @property
    def url(self) -> str:
        return self.row.arrangement.response.get_absolute_url() if self.title and self.row.arrangement else ""

    def __str__(self) -> str:
        other = self.row.receiver if self.gave else self.row.giver
        name = _("a former member") if other is None else _("a neighbor") if self.is_apart else other.display_name
        said = {"hours": length(self.row.minutes), "name": name}
        return _("You gave %(hours)s to %(name)s") % said if self.gave else _("You got %(hours)s from %(name)s") % said


def balance_said(user: Any) -> str:
    return balance_in_words(Transfer.objects.balance_of(user))


def balance_in_words(balance: Balance) -> str:
    said = {"given": length(balance.given), "got": length(balance.got)}
    if balance.given and balance.got:
        return _("You gave %(given)s and got %(got)s.") % said
    if balance.given:
        return _("You gave %(given)s.") % said
    return _("You got %(got)s.") % said if balance.got else _("You start even: no hours given, and none got.")

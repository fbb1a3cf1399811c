"""What accounts asks of sanctions: who is hidden, who may write, and how long a ban outlives an account."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from mindspace.accounts.keeping_out import Rules
from mindspace.moderation.models import Sanction, may_write
from mindspace.moderation.models.sanction import UNTIL_SECOND


def stretch(user: Any) -> tuple[datetime | None] | None:
    """None for who is not banned; the end is None for good, and near while the ban waits for a second moderator."""
    bans = Sanction.objects.filter(user=user, kind=Sanction.Kind.BAN).in_force(timezone.now())
    ends = [ban.made_at + UNTIL_SECOND if ban.state == Sanction.State.WAITING else None for ban in bans]
    if not ends:
        return None
    return (None,) if None in ends else (max(end for end in ends if end),)


def hidden() -> Any:
    """The ids of those of whom nothing is shown to others. They are few, and read once for all rows of a query."""
    return Sanction.objects.keeping_out(timezone.now()).order_by().values_list("user", flat=True)


def banned() -> Any:
    bans = Sanction.objects.filter(kind=Sanction.Kind.BAN).in_force(timezone.now())
    return bans.order_by().values_list("user", flat=True)


RULES = Rules(stretch, hidden, banned, may_write)

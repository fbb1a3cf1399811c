"""How long somebody who is banned, and deletes their account, makes no new one with the same address."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from mindspace.moderation.models import Sanction
from mindspace.moderation.models.sanction import UNTIL_SECOND


def stretch(user: Any) -> tuple[datetime | None] | None:
    """None for who is not banned; the end is None for good, and near while the ban waits for a second moderator."""
    bans = Sanction.objects.filter(user=user, kind=Sanction.Kind.BAN).in_force(timezone.now())
    ends = [ban.made_at + UNTIL_SECOND if ban.state == Sanction.State.WAITING else None for ban in bans]
    if not ends:
        return None
    return (None,) if None in ends else (max(end for end in ends if end),)

"""Who sits in a circle with somebody: moderators do not decide about those they meet there."""

from collections.abc import Collection
from typing import Any

from groups.circles.models import Membership


def near(user: Any, people: Collection[Any]) -> bool:
    return Membership.objects.filter(circle__memberships__user=user, user__in=people).exists()

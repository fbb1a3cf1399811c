"""What circles hold of a person: for taking it out, and for leaving."""

import contextlib
from collections.abc import Mapping
from typing import Any

from groups.circles.errors import NotTheirs
from groups.circles.models import Circle, Invitation, Membership


def export(user: Any) -> Mapping[str, Any]:
    rows = Membership.objects.filter(user=user).select_related("circle")
    invitations = Invitation.objects.filter(made_by=user).select_related("circle")
    return {
        "circles": [
            {
                "name": each.circle.name,
                "you": each.get_role_display(),
                "since": each.joined_at,
                "what_you_agree_on": each.circle.agreements,
            }
            for each in rows
        ],
        "invitations_you_made": [
            {"to": each.circle.name, "at": each.made_at, "until": each.ended_at or each.expires_at}
            for each in invitations
        ],
    }


def delete(user: Any, keep_posts: bool) -> None:
    """They leave each circle as anybody does: what they facilitate goes to whoever has been there longest."""
    for circle in Circle.objects.visible_to(user).order_by("pk"):
        with contextlib.suppress(NotTheirs):  # it closed a moment ago
            circle.leave(user)

"""What the directory does for members: it knows where a town is, and what it holds of them when they leave."""

from collections.abc import Mapping
from typing import Any

from groups import towns
from groups.geometry import mercator, snapped
from groups.models import Claim, GroupReport, Organizer, Suggestion
from mindspace.accounts.models import User
from mindspace.accounts.places import Place

SENT_IN = (Suggestion, Claim, GroupReport)


def place(written: str) -> Place | None:
    """The middle of the cell around the middle of a ZIP area or a town: no closer than about a mile."""
    town = towns.find(written)
    if town is None:
        return None
    point = snapped(town.point)
    x, y = mercator(point)
    return Place(f"{town.name}, {town.state}", town.zip_code, point.latitude, point.longitude, x, y, town.zone)


def export(user: User) -> Mapping[str, Any]:
    """What they sent in while signed in, and the listings they keep."""
    return {
        "listings_you_keep": [
            {"group": each.group.name} for each in Organizer.objects.filter(user=user).select_related("group")
        ],
        "sent_in": [
            {"kind": str(model._meta.verbose_name), "made": each.made_at, "state": str(each.get_state_display()),
             "note": each.note}
            for model in SENT_IN
            for each in model.objects.filter(made_by=user)
        ],
    }  # fmt: skip


def delete(user: User, keep_posts: bool) -> None:
    """The database takes their name from what they sent in. Their address goes, too, wherever it waits."""
    for model in SENT_IN:
        model.objects.filter(made_by=user).update(sealed_email="", token_hash=None, made_by=None)

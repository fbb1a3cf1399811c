"""What the board holds of questions to a person: for taking it out, and for leaving."""

from collections.abc import Mapping
from typing import Any

from mindspace.notifications.models import Notification
from mutualaid.models import Asked


def export(user: Any) -> Mapping[str, Any]:
    rows = Asked.objects.filter(person=user).select_related("post")
    asked = [{"about": each.post.title, "at": each.at, "said_no": each.declined_at} for each in rows]
    return {"asked_whether_you_could_help": asked}


def delete(user: Any, keep_posts: bool) -> None:
    """What they were asked goes with them, and what they asked others, whatever becomes of their posts."""
    Asked.objects.filter(person=user).delete()
    theirs = Asked.objects.filter(post__author=user)
    told = [f"asked:{pk}" for pk in theirs.values_list("pk", flat=True)]
    Notification.objects.filter(key__in=told).update(about="")
    theirs.delete()

"""News on a member's own page."""

from typing import Any

from mindspace.accounts.models import User
from mindspace.accounts.my import Section
from mindspace.notifications.models import Notification

SHOWN = 5


def news(user: User) -> dict[str, Any]:
    unread = Notification.objects.of(user).unread()
    return {"count": unread.count(), "newest": list(unread[:SHOWN])}


# Below what waits for the member and what they posted: all of it is told of in the news, too.
NEWS = Section("notifications.news", 50, "notifications/section.html", news)

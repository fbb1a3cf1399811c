"""What this app holds of a person. All of it goes with the account by itself."""

from collections.abc import Mapping
from typing import Any

from mindspace.accounts.models import User
from mindspace.notifications.models import Notification, Preference, QuietHours


def export(user: User) -> Mapping[str, Any]:
    quiet = QuietHours.objects.filter(user=user).first()
    return {
        "told": list(Notification.objects.filter(user=user).values("kind", "about", "path", "at", "read_at")),
        "choices": dict(Preference.objects.filter(user=user).values_list("kind", "choice")),
        "quiet_hours": str(quiet) if quiet else "",
    }


def delete(user: User, keep_posts: bool) -> None:
    Notification.objects.filter(user=user).delete()

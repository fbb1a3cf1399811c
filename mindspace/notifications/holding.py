"""What this app holds of a person. All of it goes with the account by itself."""

from collections.abc import Mapping
from typing import Any

from mindspace.accounts.models import User
from mindspace.notifications import kinds
from mindspace.notifications.models import Notification, Preference, QuietHours


def export(user: User) -> Mapping[str, Any]:
    quiet = QuietHours.objects.filter(user=user).first()
    return {
        "told": [
            {**row, "kind": _title(row["kind"])}
            for row in Notification.objects.filter(user=user).values("kind", "about", "path", "at", "read_at")
        ],
        "choices": {
            _title(name): str(kinds.Choice(choice).label)
            for name, choice in Preference.objects.filter(user=user).values_list("kind", "choice")
        },
        "quiet_hours": str(quiet) if quiet else "",
    }


def _title(name: str) -> str:
    """As the settings call it, or the name of a kind that is no more."""
    kind = kinds.find(name)
    return str(kind.title) if kind else name


def delete(user: User, keep_posts: bool) -> None:
    Notification.objects.filter(user=user).delete()

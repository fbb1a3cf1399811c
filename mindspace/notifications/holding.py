"""What this app holds of a person. All of it goes with the account by itself."""

from collections.abc import Mapping
from typing import Any

from mindspace.accounts.models import User
from mindspace.notifications import kinds
from mindspace.notifications.models import Notification, Preference, QuietHours


def export(user: User) -> Mapping[str, Any]:
    quiet = QuietHours.objects.filter(user=user).first()
    told = Notification.objects.filter(user=user).select_related("told_by")
    choices = Preference.objects.filter(user=user)
    return {
        "told": [
            {
                "what": _title(row.kind),
                "kind_name": row.kind,
                "about": row.about,
                "path": row.path,
                "at": row.at,
                "read_at": row.read_at,
                "read_out_by": row.told_by.display_name if row.told_by else "",
            }
            for row in told
        ],
        "choices": [
            {"what": _title(row.kind), "kind_name": row.kind, "by_mail": row.get_choice_display(), "choice": row.choice}
            for row in choices
        ],
        "quiet_hours": str(quiet) if quiet else "",
    }


def _title(name: str) -> str:
    """As the settings call it, or the name of a kind that is no more."""
    kind = kinds.find(name)
    return str(kind.title) if kind else name


def delete(user: User, keep_posts: bool) -> None:
    Notification.objects.filter(user=user).delete()

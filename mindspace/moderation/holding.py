"""What this app holds of a person. What moderators decided stays on the record, without a name."""

from collections.abc import Mapping
from typing import Any

from mindspace.accounts.models import User
from mindspace.moderation import notes
from mindspace.moderation.models import Appeal, PersonReport, Sanction


def export(user: User) -> Mapping[str, Any]:
    return {
        "sanctions": list(Sanction.objects.filter(user=user).values("kind", "reason", "made_at", "until", "lifted_at")),
        "appeals": list(Appeal.objects.filter(made_by=user).values("words", "state", "made_at", "decided_at")),
        "written_to_you": list(notes.all_to(user).values("words", "at")),
        "reports": list(PersonReport.objects.filter(made_by=user).values("reason", "note", "made_at", "state")),
    }


def delete(user: User, keep_posts: bool) -> None:
    Appeal.objects.filter(made_by=user).update(words="")
    PersonReport.objects.filter(made_by=user).update(note="")

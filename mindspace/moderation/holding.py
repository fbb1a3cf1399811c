"""What this app holds of a person. What moderators decided stays on the record, without a name."""

from collections.abc import Mapping
from typing import Any

from mindspace.accounts.leaving import told
from mindspace.accounts.models import User
from mindspace.moderation import notes
from mindspace.moderation.models import Appeal, PersonReport, Sanction


def export(user: User) -> Mapping[str, Any]:
    return {
        "written_to_you": list(notes.all_to(user).values("words", "at")),
        "sanctions": [
            told(each, ("kind", "reason", "made_at", "until", "lifted_at"))
            for each in Sanction.objects.filter(user=user)
        ],
        "appeals": [
            told(each, ("words", "state", "made_at", "decided_at")) for each in Appeal.objects.filter(made_by=user)
        ],
        "reports": [
            told(each, ("reason", "note", "made_at", "state")) for each in PersonReport.objects.filter(made_by=user)
        ],
    }


def delete(user: User, keep_posts: bool) -> None:
    Appeal.objects.filter(made_by=user).update(words="")
    PersonReport.objects.filter(made_by=user).update(note="")

"""What a person has reported here: for taking it out, and for leaving."""

from collections.abc import Mapping
from typing import Any

from mindspace.accounts.leaving import told
from mutualaid.models import PostReport, ResponseReport


def export(user: Any) -> Mapping[str, Any]:
    rows = ResponseReport.objects.filter(made_by=user).order_by("made_at")
    return {"of_conversations": [told(row, ("reason", "note", "made_at")) for row in rows]}


def delete(user: Any, keep_posts: bool) -> None:
    """That something was reported stays, without the name; the words go."""
    for model in (PostReport, ResponseReport):
        model.objects.filter(made_by=user).update(note="")

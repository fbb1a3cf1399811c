"""What is held of members who asked to be vouched for: for taking it out, and for leaving."""

from collections.abc import Mapping
from typing import Any

from mindspace.accounts.models import User
from mindspace.moderation.models import VouchRequest


def export(user: User) -> Mapping[str, Any]:
    return {
        "wishes_to_be_vouched_for": [
            {"note": each.note, "answer": each.answer, "made": each.made_at, "state": str(each.get_state_display())}
            for each in VouchRequest.objects.filter(made_by=user)
        ]
    }


def delete(user: User, keep_posts: bool) -> None:
    VouchRequest.objects.filter(made_by=user).delete()

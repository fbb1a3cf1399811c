"""What a member could help with, on the page that is theirs."""

from typing import Any

from mindspace.accounts.models import User
from mindspace.accounts.my import Section
from mutualaid.matching import posts_for

MOST = 3


def could_help(user: User) -> dict[str, Any] | None:
    rows = posts_for(user)
    return {"rows": rows[:MOST], "more": len(rows) > MOST} if rows else None


COULD_HELP = Section("mutualaid.could_help", 20, "mutualaid/my/could_help.html", could_help)

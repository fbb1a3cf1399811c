"""What a member could help with, on the page that is theirs."""

from typing import Any

from mindspace.accounts.models import Profile, User
from mindspace.accounts.my import Section
from mutualaid.matching import may_be_suggested, posts_for

MOST = 3


def could_help(user: User) -> dict[str, Any] | None:
    """What fits; that nothing does just now is said only to who gives something, and does not rest."""
    rows = posts_for(user)
    if not rows and not may_be_suggested(Profile.of(user)):
        return None
    return {"rows": rows[:MOST], "more": len(rows) > MOST}


COULD_HELP = Section("mutualaid.could_help", 20, "mutualaid/my/could_help.html", could_help)

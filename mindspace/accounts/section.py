"""What /my/ says about the member themselves."""

from typing import Any

from django.utils import timezone

from mindspace.accounts import giving
from mindspace.accounts.models import Profile, User
from mindspace.accounts.my import Section
from mindspace.accounts.names import is_made_up


def you(user: User) -> dict[str, Any]:
    profile = Profile.of(user)
    return {
        "profile": profile,
        "gives": giving.words_for(profile.can_give, giving.kinds()),
        "resting": profile.is_resting(timezone.localdate()),
        "is_vouched": user.is_vouched,
        "made_up_name": user.display_name if is_made_up(user.display_name) else "",
    }


YOU = Section("accounts.you", 500, "accounts/my_you.html", you)

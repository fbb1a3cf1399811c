"""What /my/ says about the member themselves."""

from typing import Any

from django.utils import timezone

from mindspace.accounts import giving
from mindspace.accounts.models import Profile, User
from mindspace.accounts.my import Section


def you(user: User) -> dict[str, Any]:
    profile = Profile.of(user)
    return {
        "profile": profile,
        "gives": giving.words_for(profile.can_give, giving.kinds()),
        "resting": profile.is_resting(timezone.localdate()),
        "is_vouched": user.is_vouched,
    }


YOU = Section("accounts.you", 500, "accounts/my_you.html", you)

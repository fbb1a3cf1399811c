"""Has this person shown a second factor in this session, and where do they go if not?"""

import time
from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from mindspace.accounts.models import User


def shown(request: HttpRequest) -> bool:
    """True if a passkey, an app's code or a recovery code was used in this session, not longer than a shift ago."""
    oldest = time.time() - settings.STAFF_SESSION_AGE
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" and record.get("at", 0) > oldest for record in records)


def required() -> bool:
    """False only on a machine of one's own, where examples sign in."""
    return not settings.ON_LOOPBACK


def next_step(user: User, then: str) -> str:
    """Return the page that lets `user` show a second factor, or set one up, before going on to `then`."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN in types:
        page = "mfa_reauthenticate_webauthn"
    elif types:
        page = "mfa_reauthenticate"
    else:
        return reverse("accounts:second_factor")
    return f"{reverse(page)}?{urlencode({'next': then})}"


def missing(request: HttpRequest) -> str:
    """The page to go to before going on here, "" where nothing is missing. For views of staff."""
    if not required() or shown(request):
        return ""
    return next_step(cast(User, request.user), request.path)

"""Before all their data goes out, or away: is it still the same person?

allauth asks those who have a password, a passkey or an app. It lets others pass, as if a code by mail were no proof at
all; here they get one.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from mindspace.accounts.models import User
from mindspace.mail.templates import send

SHOWN, CODE = "still_you", "still_you_code"  # in the session, which is encrypted
GOOD_FOR = 5 * 60  # seconds, as allauth has it
CODE_COUNTS = 15 * 60
MOST_TRIES = 5

View = Callable[..., HttpResponse]


def still_you(view: View) -> View:
    """For views of members, GET and POST."""
    with_allauth = reauthentication_required(view)

    @wraps(view)
    @login_required
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if get_adapter().get_reauthentication_methods(request.user):
            return with_allauth(request, *args, **kwargs)
        if time.time() - request.session.get(SHOWN, 0) > GOOD_FOR:
            return redirect(f"{reverse('accounts:still_you')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return checked


def mail_code(request: HttpRequest, user: User) -> None:
    code = f"{secrets.randbelow(10**8):08d}"
    request.session[CODE] = {"hash": _hash(user, code), "at": time.time(), "tries": 0}
    send("accounts/mail/still_you", user.email, {"code": f"{code[:4]}-{code[4:]}"})


def was_mailed(request: HttpRequest) -> bool:
    return CODE in request.session


def take(request: HttpRequest, user: User, code: str) -> bool:
    """True if it is the code that was mailed. It counts once; five wrong ones end it."""
    mailed = request.session.get(CODE)
    if mailed is None or time.time() - mailed["at"] > CODE_COUNTS:
        return False
    if hmac.compare_digest(mailed["hash"], _hash(user, code)):
        del request.session[CODE]
        request.session[SHOWN] = time.time()
        return True
    mailed["tries"] += 1
    request.session[CODE] = mailed
    if mailed["tries"] >= MOST_TRIES:
        del request.session[CODE]
    return False


def _hash(user: User, code: str) -> str:
    digits = re.sub(r"\D", "", code)
    return hmac.new(settings.SECRET_KEY.encode(), f"still-you:{user.pk}:{digits}".encode(), hashlib.sha256).hexdigest()

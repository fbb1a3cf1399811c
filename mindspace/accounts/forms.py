"""allauth's forms where ours read or behave differently."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.adapters import limit_staff_session

# Longer than a code of an app counts (three steps of 30 seconds), so that none works twice.
CODE_SPENT_FOR = 120  # seconds


class LoginForm(AllauthLoginForm):
    """One form for both ways: with a password, or without one and then a code comes by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Your e-mail address")
        password = self.fields["password"]
        password.label = _("Password, if you have one")
        password.help_text = _("Leave this empty and we mail you a code instead.")
        password.required = password.widget.is_required = False

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response = super().login(request, redirect_url)
        limit_staff_session(request)  # super() has set the longer time of members
        return response


class SignupForm(AllauthSignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")
        self.fields["email"].help_text = _("Nobody else on this site sees it.")
        if "password1" in self.fields:
            self.fields["password1"].label = _("Password, if you want one")
            self.fields["password1"].help_text = _("You do not need one: a code by mail signs you in.")


class CodesOnce:
    """A code from an app opens the door once, even while it still counts."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"code-spent:{self.user.pk}:{code}", True, CODE_SPENT_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CodesOnce, AllauthAuthenticateForm):
    pass


class ReauthenticateForm(CodesOnce, AllauthReauthenticateForm):
    pass

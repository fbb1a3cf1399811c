"""allauth's forms in our words: a label above each field, no placeholders, and a code field that phones know."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.adapters import limit_staff_session
from mindspace.accounts.models import KeptOut, Profile, User
from mindspace.accounts.names import validate_public_name

# Longer than a code of an app counts (three steps of 30 seconds), so that none works twice.
CODE_SPENT_FOR = 120  # seconds
EMAIL = _("Your e-mail address")
NEW_PASSWORD = (_("New password"), _("At least 10 characters. Longer is better than odd."))
AGAIN = _("The same password again")
NAME = (_("A name for it"), _("So that you can tell your passkeys apart."))
FROM_THE_MAIL = (_("Code from the mail"), "")
FROM_THE_APP = (_("Code"), _("Six digits from your app, or a recovery code."))


class Worded:
    """`words` holds the label of each field, or a label and a help text."""

    words: dict[str, Any] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            if name in self.fields:
                label, help_text = words if isinstance(words, tuple) else (words, "")
                self.fields[name].label, self.fields[name].help_text = label, help_text
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "code" in self.fields:
            self.fields["code"].max_length = 40
            self.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false", "maxlength": "40"}


class LoginForm(Worded, account.LoginForm):
    """One form for both ways: with a password, or without one and then a code comes by mail."""

    words = {
        "login": EMAIL,
        "password": (_("Password, if you have one"), _("Leave this empty and we mail you a code instead.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = self.fields["password"].widget.is_required = False

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response = super().login(request, redirect_url)
        limit_staff_session(request)  # super() has set the longer time of members
        return response


class SignupForm(Worded, account.SignupForm):
    words = {"email": (EMAIL, _("No other member sees it."))}
    account_already_exists: bool

    display_name = forms.CharField(
        label=_("A name for others to see"),
        help_text=_("Leave it empty and we make one up, such as Calm River 27. You can change it later."),
        required=False,
        max_length=60,
        validators=[validate_public_name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_adult = forms.BooleanField(
        label=_("I am 18 or older"),
        help_text=_("Only needed to ask or to help on the board. For all else, you can leave it empty."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A password comes later, if at all: whoever typed an address that is not theirs would keep a way in after its
        # owner has proven it.
        self.fields.pop("password1", None)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        super().custom_signup(request, user)
        if name := self.cleaned_data.get("display_name"):
            user.display_name = name
            user.save(update_fields=["display_name"])
        if self.cleaned_data.get("is_adult"):
            profile = Profile.of(user)
            profile.state_age(True)
            profile.save()

    def validate_unique_email(self, value: str) -> str:
        """An address that is kept out is answered as a taken one: only who reads its mail learns of it."""
        email = str(super().validate_unique_email(value))
        self.account_already_exists = self.account_already_exists or KeptOut.objects.covers(email)
        return email

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Answer a second click as allauth answers for a taken address: the same page, and a mail to its owner."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class RequestLoginCodeForm(Worded, account.RequestLoginCodeForm):
    words = {"email": EMAIL}


class ConfirmLoginCodeForm(Worded, account.ConfirmLoginCodeForm):
    words = {"code": FROM_THE_MAIL}


class ConfirmEmailVerificationCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):
    words = {"code": FROM_THE_MAIL}


class ConfirmPasswordResetCodeForm(Worded, account.ConfirmPasswordResetCodeForm):
    words = {"code": FROM_THE_MAIL}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    words = {"email": EMAIL}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class SetPasswordForm(Worded, account.SetPasswordForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    words = {"oldpassword": _("The password you have now"), "password1": NEW_PASSWORD, "password2": AGAIN}


class ReauthenticatePasswordForm(Worded, account.ReauthenticateForm):
    words = {"password": _("Your password")}


class AddEmailForm(Worded, account.AddEmailForm):
    words = {"email": (_("New e-mail address"), _("It counts as soon as you have typed in the code we send there."))}


class CodesOnce:
    """A code from an app opens the door once, even while it still counts."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"code-spent:{self.user.pk}:{code}", True, CODE_SPENT_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CodesOnce, Worded, mfa.AuthenticateForm):
    words = {"code": FROM_THE_APP}


class ReauthenticateForm(CodesOnce, Worded, mfa.ReauthenticateForm):
    words = {"code": FROM_THE_APP}


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    words = {"code": _("Code from the app")}


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):
    words = {
        "name": NAME,
        "passwordless": (
            _("Sign in with this passkey alone"),
            _("Easiest, and safe: the device asks for its own lock each time."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class SignupWebAuthnForm(Worded, webauthn.SignupWebAuthnForm):
    words = {"name": NAME}


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):
    words = {"name": NAME}

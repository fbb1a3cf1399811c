"""Where allauth asks us: where to go, who may sign in, whose request it is, how secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from qrcode import QRCode

from mindspace import encryption
from mindspace.accounts.models.kept_out import KeptOut
from mindspace.accounts.models.sign_in import DEVICE, SINCE, device_of
from mindspace.accounts.models.user import NO_MAILBOX
from mindspace.limits.client import client_address


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed for now."),
        "email_password_mismatch": _("That e-mail address and password do not go together. Check both and try again."),
        "incorrect_code": _("That code is not right. Check it and try again."),
        "incorrect_password": _("That password is not right. Check it and try again."),
        "enter_current_password": _("That is not your current password."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("That was a little fast. Wait a minute, then try again."),
        "duplicate_email": _("This is already your e-mail address."),
        "same_as_current": _("This is the address you have now. Enter another one."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else settings.LOGIN_REDIRECT_URL

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if not email.endswith(NO_MAILBOX):  # a member helped by phone: there is nobody to read it
            super().send_mail(template_prefix, email, context)

    def send_account_already_exists_mail(self, email: str) -> None:
        if KeptOut.objects.covers(email):
            self.send_mail("account/email/kept_out", email, {})
        else:
            super().send_account_already_exists_mail(email)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **details: Any) -> HttpResponse | None:
        # Everybody can know an example's password, so it opens nothing that others can reach.
        if getattr(user, "is_example", False) and not settings.ON_LOOPBACK:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **details)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
        request.session[SINCE] = timezone.localdate().isoformat()
        limit_staff_session(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Staff who have a second factor prove themselves with it: their password is not enough."""
        methods = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"].startswith("mfa_")]
        return strong if strong and user.is_staff else methods


def limit_staff_session(request: HttpRequest) -> None:
    if getattr(request.user, "is_staff", False):
        request.session.set_expiry(settings.STAFF_SESSION_AGE)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Check it and try again."),
        "unverified_email": _("Confirm your e-mail address first, then set up a second step."),
        "cannot_generate_recovery_codes": _("Set up a passkey or an app first. Recovery codes come with it."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """The name in the list of the person's app, which others may see: the address only, not what it is for."""
        return self._get_site_name()

    def build_totp_svg(self, url: str) -> str:
        """Return the code as an <svg> element for the page itself: no style attribute, no data: address."""
        code = QRCode(border=4)
        code.add_data(url)
        code.make()
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        size = len(rows)
        return (
            f'<svg class="qr-code" viewBox="0 0 {size} {size}" role="img" aria-labelledby="qr-name">'
            f'<title id="qr-name">{_("QR code for your app")}</title>'
            f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
        )

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        return str(_("My passkey"))

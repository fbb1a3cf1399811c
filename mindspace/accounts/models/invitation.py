import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models.user import User
from mindspace.mail.templates import send
from mindspace.once import once

VALID_FOR = timedelta(days=7)


class InvitationClosed(Exception):
    """It was accepted before, has run out, or was taken back."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> Self:
        return self.filter(accepted_at=None, expires_at__gt=now)

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=_hash(token))


class Invitation(models.Model):
    """One person asked to join the staff in a role. Nothing changes for them until they accept.

    From then on the address is the account's alone, and the row goes with the account.
    """

    email = models.EmailField(_("e-mail address"))
    role = models.ForeignKey(Group, on_delete=models.CASCADE, verbose_name=_("role"))
    invited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("runs out"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("accepted by")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        # No address: this is what the admin writes into its log.
        return f"{self.role}, {date_format(timezone.localtime(self.created_at), 'M j, Y')}"

    def send(self) -> "Invitation":
        """Save and mail the invitation; earlier open ones to the same address end. Only the mail holds the token.

        `key` comes with the form: a second click sends nothing, and gives the first click's invitation.
        """
        return once(Invitation.objects, self.key, self._send)

    def _send(self) -> "Invitation":
        token = secrets.token_urlsafe(32)
        now = timezone.now()
        self.email = self.email.strip().lower()
        self.created_at, self.expires_at, self.token_hash = now, now + VALID_FOR, _hash(token)
        link = settings.SITE_URL + reverse("accounts:invitation_accept", args=[token])
        with transaction.atomic():
            Invitation.objects.open(now).filter(email=self.email).update(expires_at=now)
            self.save()
            send("accounts/mail/invitation", self.email, {"link": link, "days": VALID_FOR.days})
        return self

    def accept(self) -> User:
        """Make the person staff in the role, with an account if they had none. Raises InvitationClosed."""
        now = timezone.now()
        with transaction.atomic():
            invitation = Invitation.objects.select_for_update().open(now).filter(pk=self.pk).first()
            if invitation is None:
                raise InvitationClosed
            user, _created = User.objects.get_or_create(
                email=invitation.email, defaults={"password": make_password(None)}
            )
            if not user.is_active:
                raise InvitationClosed
            if not EmailAddress.objects.filter(user=user, verified=True).exists():
                user.forget_sign_in()  # whoever opened this account never showed that the address is theirs
            user.is_staff = True
            user.save(update_fields=["is_staff"])
            user.groups.add(invitation.role)
            # The link came by mail to this address, which proves it.
            EmailAddress.objects.update_or_create(
                user=user, email=invitation.email, defaults={"verified": True, "primary": True}
            )
            invitation.accepted_at, invitation.accepted_by, invitation.email = now, user, ""
            invitation.save(update_fields=["accepted_at", "accepted_by", "email"])
        return user

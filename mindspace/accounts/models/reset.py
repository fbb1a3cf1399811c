from typing import Any, ClassVar, cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models.user import User
from mindspace.mail.templates import send
from mindspace.once import once


class NotTheirOwn(Exception):
    """Nobody resets their own second factor: whoever took over a session could."""


class ResetManager(models.Manager["SecondFactorReset"]):
    def perform(self, whose: User, *, by: User | None, reason: str, key: UUID | None = None) -> "SecondFactorReset":
        """Take away every passkey, app and recovery code of `whose`, sign them out and tell them.

        `by` is None for the command line. `key` comes with the form: a second click takes nothing away, and gives the
        first click's record. Raises NotTheirOwn.
        """
        if by == whose:
            raise NotTheirOwn
        return once(self, key, lambda: self._perform(whose, by, reason, key))

    def _perform(self, whose: User, by: User | None, reason: str, key: UUID | None) -> "SecondFactorReset":
        with transaction.atomic():
            whose = User.objects.select_for_update().get(pk=whose.pk)
            Authenticator.objects.filter(user=whose).delete()
            whose.end_sessions()
            reset = self.create(whose=whose, by=by, reason=reason, key=key)
            send("accounts/mail/second_factor_reset", whose.email, {})
        return cast(SecondFactorReset, reset)


class SecondFactorReset(models.Model):
    """Somebody's second factor was taken away because it was lost. Rows are never changed (a trigger sees to it)."""

    whose = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("whose"))
    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reset by")
    )
    reason = models.CharField(
        _("reason"), max_length=300, help_text=_("What happened, and how you know that it is really them.")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once

    objects: ClassVar[Any] = ResetManager()

    class Meta:
        verbose_name = _("second step reset")
        verbose_name_plural = _("second step resets")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.whose} {self.at:%Y-%m-%d}"

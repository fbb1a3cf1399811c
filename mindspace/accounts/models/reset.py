from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models.user import User
from mindspace.mail.templates import send


class NotTheirOwn(Exception):
    """Nobody resets their own second factor: whoever took over a session could."""


class ResetManager(models.Manager["SecondFactorReset"]):
    def perform(self, whose: User, *, by: User | None, reason: str) -> "SecondFactorReset":
        """Take away every passkey, app and recovery code of `whose`, sign them out and tell them.

        `by` is None for the command line. Raises NotTheirOwn.
        """
        if by == whose:
            raise NotTheirOwn
        with transaction.atomic():
            whose = User.objects.select_for_update().get(pk=whose.pk)
            Authenticator.objects.filter(user=whose).delete()
            whose.end_sessions()
            reset = self.create(whose=whose, by=by, reason=reason)
            send("accounts/mail/second_factor_reset", whose.email, {})
        return reset


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

    objects: ClassVar[Any] = ResetManager()

    class Meta:
        verbose_name = _("second step reset")
        verbose_name_plural = _("second step resets")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.whose} {self.at:%Y-%m-%d}"

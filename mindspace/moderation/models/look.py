from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation import errors
from mindspace.moderation.models.held import Held


class ThreadLookManager(models.Manager["ThreadLook"]):
    def open(self, report: Held, thread: UUID, by: User, reason: str) -> "ThreadLook":
        """Log that `by` reads the private `thread` that `report` is about. Call it before showing a word of it.

        Said twice, the first reason stands.
        Raises AlreadyDecided when the report no longer waits, YourOwn when it is not for this moderator to decide.
        """
        with transaction.atomic():
            row = type(report).objects.select_for_update().get(pk=report.pk)
            if row.state != Held.State.WAITING:
                raise errors.AlreadyDecided
            if not row.can_be_decided_by(by):
                raise errors.YourOwn
            same = {"queue": row.queue, "item": row.pk, "thread": thread, "by": by}
            said = self.filter(**same).first()
            return said if said is not None else self.create(**same, reason=reason)

    def allows(self, report: Held, thread: UUID, by: User) -> bool:
        """Whether `by` has said why, and the report still waits. No other moderator, no other thread, not later."""
        return report.state == Held.State.WAITING and self.filter(
            queue=report.queue, item=report.pk, thread=thread, by=by
        ).exists()  # fmt: skip


class ThreadLook(models.Model):
    """A moderator read a private thread, because it was reported. Never changed or deleted (a trigger sees to it)."""

    queue = models.CharField(max_length=40)
    item = models.UUIDField()  # the report
    thread = models.UUIDField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects: ClassVar[ThreadLookManager] = ThreadLookManager()

    class Meta:
        verbose_name = _("look at a private thread")
        verbose_name_plural = _("looks at private threads")
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="thread_look_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.queue} {self.at:%Y-%m-%d}"

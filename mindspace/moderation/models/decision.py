from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    APPROVE = "approve", _("Approve")
    ASK = "ask", _("Ask")
    REFUSE = "refuse", _("Refuse")
    # A kind word to whoever it is from, which decides nothing: see Held.write.
    WRITE = "write", _("Write to them")
    # The first yes where two people have to say it. Nobody chooses this: see Held.needs_second.
    PROPOSE = "propose", _("Propose to another moderator")


# What a moderator can say to what waits, so that it waits for them no more.
SAYABLE = [(each.value, each.label) for each in Verdict if each not in (Verdict.WRITE, Verdict.PROPOSE)]


class Decision(models.Model):
    """One verdict of one moderator. `queue` and `item` name the row, whichever app it belongs to.

    It is never changed or deleted (a trigger sees to it); when a moderator's account goes, their name goes from it.
    """

    queue = models.CharField(_("kind"), max_length=40)
    item = models.UUIDField()
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    words = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    alone = models.BooleanField(_("decided on their own submission, as staff of one"), default=False)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "item"],
                condition=models.Q(verdict__in=["approve", "refuse"]),
                name="decision_is_made_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.verdict}"

"""Hours that went from one member to another. What both confirmed moves them, and nothing else does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutualaid.models import Arrangement

MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Balance:
    """In minutes."""

    given: int = 0
    got: int = 0

    @property
    def left(self) -> int:
        return self.given - self.got


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: Any) -> Self:
        """One's own. What others gave and got is theirs."""
        return self.filter(Q(giver=user) | Q(receiver=user)) if user.is_authenticated else self.none()

    def balance_of(self, user: Any) -> Balance:
        sums = self.visible_to(user).aggregate(
            given=Sum("minutes", filter=Q(giver=user), default=0),
            got=Sum("minutes", filter=Q(receiver=user), default=0),
        )
        return Balance(**sums)

    def lines(self, user: Any, after: tuple[datetime, UUID] | None = None) -> Self:
        """The newest first, from behind `after` on, with what a line says."""
        rows = self.visible_to(user).select_related("giver", "receiver", "arrangement__response__post")
        if after is not None:
            at, pk = after
            rows = rows.filter(Q(at__lte=at) & (Q(at__lt=at) | Q(pk__gt=pk)))
        return rows.order_by("-at", "pk")

    def settle(self, arrangement: Arrangement) -> None:
        """Both have confirmed it: its hours go from whoever was helped to the helper. Call it under its lock."""
        response = arrangement.response
        if response.post.banked:
            helper = response.helper
            helped = response.other_than(helper)
            self.create(arrangement=arrangement, giver=helper, receiver=helped, minutes=response.post.banked)


class Transfer(models.Model):
    """One row is both sides of it, so that all balances sum to zero whatever happens; a sum is a balance.

    The database refuses to change or to delete it. A name goes from it with the account; with the second one, so does
    the row: it counts for nobody then. Nobody puts it back, moderators neither: it takes the word of both, whoever sees
    it differently says so before, and hours buy nothing. Two who agree that it was wrong can help the other way round.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    arrangement = models.OneToOneField(Arrangement, on_delete=models.SET_NULL, null=True, related_name="transfer")
    giver = models.ForeignKey(  # of time: the helper
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="hours_given"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="hours_got"
    )
    minutes = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours in the time bank")
        verbose_name_plural = _("hours in the time bank")
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=MOST_MINUTES), name="transfer_minutes"),
            models.CheckConstraint(condition=Q(Exact(Mod("minutes", 15), 0)), name="transfer_in_quarters"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="transfer_between_two"),
        ]
        indexes = [
            models.Index(fields=["giver", "-at"], name="transfer_given"),
            models.Index(fields=["receiver", "-at"], name="transfer_got"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

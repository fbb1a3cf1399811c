"""Whom a decision is about may ask once that another moderator looks again."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models.decision import Decision
from mindspace.moderation.models.held import Held, HeldQuerySet, staff_of_one
from mindspace.moderation.models.sanction import TOLD_AS
from mindspace.notifications.telling import notify
from mindspace.once import once

Overturn = Callable[[UUID, User], None]
_overturns: dict[str, Overturn] = {}


def can_be_overturned(queue: str, overturn: Overturn) -> None:
    """Name what undoes a decision of `queue`. Apps call this in AppConfig.ready."""
    _overturns[queue] = overturn


class AppealQuerySet(HeldQuerySet):
    def send_in(self, key: UUID | None, decision: Decision, by: User, words: str) -> "Appeal":
        """Keep it. Asked again, it is the first one, whatever became of that. `by` is whom the decision is about."""
        first = self.filter(decision=decision).first()
        if first is not None:
            return first

        def make() -> "Appeal":
            made: Appeal = self.create(
                key=key, decision=decision, made_by=by, words=words, state=Held.State.WAITING, risk=1
            )
            return made

        return once(Appeal.objects, key, make)


class Appeal(Held):
    queue = "appeal"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField(_("in your words"), max_length=2000)

    objects: ClassVar[Any] = AppealQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def at_stake(self) -> Any:
        return [self.words]

    def can_be_decided_by(self, user: User) -> bool:
        """Not by anybody who decided what it is about, unless there is nobody else."""
        about = Decision.objects.filter(queue=self.decision.queue, item=self.decision.item, by=user)
        return super().can_be_decided_by(user) and (not about.exists() or staff_of_one())

    def approved(self, by: User) -> None:
        overturn = _overturns.get(self.decision.queue)
        if overturn is None:
            raise CannotBeDone(_("This kind of decision cannot be undone here."))
        overturn(self.decision.item, by)
        self._tell()

    def refused(self, by: User) -> None:
        self._tell()

    def _tell(self) -> None:
        if self.made_by is not None:
            notify(self.made_by, TOLD_AS, f"appeal:{self.pk}", reverse("standing:standing_show"))

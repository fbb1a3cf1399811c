"""Whom a decision is about may ask once that another moderator looks again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation import conflicts
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models.decision import Decision
from mindspace.moderation.models.held import Held
from mindspace.moderation.models.held_queries import HeldQuerySet, staff_of_one
from mindspace.moderation.models.sanction import TOLD_AS
from mindspace.notifications.telling import notify
from mindspace.once import once

Undo = Callable[[UUID, User], None]
Page = Callable[[UUID], str]


@dataclass(frozen=True)
class Overturn:
    model: type[Held]
    undo: Undo
    page: Page
    desk: Page


_overturns: dict[str, Overturn] = {}


def can_be_overturned(model: type[Held], undo: Undo, page: Page, desk: Page | None = None) -> None:
    """Name what undoes a decision about a `model`, by the id of what was decided.

    `page` is where whom it is about sees how it stands, `desk` where moderators do. Apps call this in AppConfig.ready.
    """
    _overturns[model.queue] = Overturn(model, undo, page, desk or page)


class AppealQuerySet(HeldQuerySet):
    def send_in(self, key: UUID | None, decision: Decision, by: User, words: str) -> "Appeal":
        """Keep it. Asked again, it is the first one, whatever became of that. `by` is whom the decision is about."""
        first = self.filter(decision=decision).first()
        if first is not None:
            return first
        key = key and uuid5(
            key, f"{decision.pk} {by.pk}"
        )  # of another decision, or by somebody else, it is another one

        def make() -> "Appeal":
            with transaction.atomic():
                made: Appeal = self.create(
                    key=key, decision=decision, made_by=by, words=words, state=Held.State.WAITING, risk=1
                )
            return made

        try:
            return once(Appeal.objects, key, make)
        except IntegrityError:  # from another window, at the same moment
            return self.get(decision=decision)


class Appeal(Held):
    queue = "appeal"
    forgotten: ClassVar[Mapping[str, Any]] = {"answer": "", "words": ""}

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

    def is_from(self, user: User) -> bool:
        """So it is where they are near to whoever asks, or were a party of what was decided: then others look again."""
        about = self._overturn.model.objects.filter(pk=self.decision.item).first() if self._overturn else None
        is_party = about is not None and about.is_party(user)
        return super().is_from(user) or conflicts.is_near(user, self.made_by_id) or is_party

    def can_be_decided_by(self, user: User) -> bool:
        """Not by who decided what it is about. Where all moderators did, one who only proposed it looks again."""
        if not super().can_be_decided_by(user):
            return False
        took_part = Decision.objects.filter(queue=self.decision.queue, item=self.decision.item).values("by")
        if not took_part.filter(by=user).exists() or staff_of_one():
            return True
        others = conflicts.moderators().exclude(pk__in=took_part.exclude(by=None))
        return user.pk != self.decision.by_id and all(self.is_from(each) for each in others)

    def approved(self, by: User) -> None:
        if self._overturn is None:
            raise CannotBeDone(_("This kind of decision cannot be undone here."))
        try:
            self._overturn.undo(self.decision.item, by)
        except ObjectDoesNotExist as error:
            raise CannotBeDone(_("What it is about is gone by now. You can only refuse it.")) from error
        self._tell()

    def refused(self, by: User) -> None:
        self._tell()

    @property
    def _overturn(self) -> Overturn | None:
        return _overturns.get(self.decision.queue)

    @property
    def about_path(self) -> str:
        """Where a moderator sees what it is about."""
        return self._overturn.desk(self.decision.item) if self._overturn else ""

    def _tell(self) -> None:
        if self.made_by is not None and self._overturn is not None:
            notify(self.made_by, TOLD_AS, f"appeal:{self.pk}", self._overturn.page(self.decision.item))

"""A member asks to be vouched for. A moderator who says yes gives their own word, in one tap."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import CannotVouch, User, Vouch
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.moderation.models.held import Held
from mindspace.moderation.models.held_queries import HeldQuerySet
from mindspace.once import once

AGAIN_AFTER = timedelta(days=30)


class CannotAsk(Exception):
    """They are vouched for, they have asked, or they were answered less than a month ago."""


class VouchRequestQuerySet(HeldQuerySet):
    def latest_of(self, user: User) -> "VouchRequest | None":
        found: VouchRequest | None = self.filter(made_by=user).order_by("-made_at").first()
        return found

    def undecided(self) -> "VouchRequestQuerySet":
        return self.filter(state__in=(Held.State.WAITING, Held.State.ASKED))

    def may_ask(self, user: User, now: datetime) -> bool:
        latest = self.latest_of(user)
        if user.is_vouched or (latest and latest.decided_at is None):
            return False
        return latest is None or latest.decided_at is None or latest.decided_at <= now - AGAIN_AFTER

    def ask(self, user: User, note: str, key: UUID | None = None) -> "VouchRequest":
        """Wait for a moderator. Raises CannotAsk."""
        return once(self.filter(made_by=user), key, lambda: self._ask(user, note, key))

    def _ask(self, user: User, note: str, key: UUID | None) -> "VouchRequest":
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            if not self.may_ask(user, timezone.now()):
                raise CannotAsk
            made = VouchRequest(made_by=user, note=note, key=key, state=Held.State.WAITING)
            made.email = user.email
            made.save()
        return made

    def settle_vouched(self, by: User, user: User) -> None:
        """They are vouched for now, however that came about: what they still ask is a yes, and they hear of it."""
        for row in self.undecided().filter(made_by=user).select_for_update():
            if by.can_vouch_alone:  # else no moderator has decided anything
                Decision.objects.create(queue=row.queue, item=row.pk, verdict=Verdict.APPROVE, by=by)
            row.settle_as_vouched()


class VouchRequest(Held):
    queue = "vouch"
    mails = "moderation/mail/vouch"
    mails_words = False
    forgotten: ClassVar[Mapping[str, Any]] = {"answer": "", "note": ""}

    note = models.TextField(_("who knows you here"), max_length=1000, blank=True)

    objects: ClassVar[Any] = VouchRequestQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("wish to be vouched for")
        verbose_name_plural = _("wishes to be vouched for")
        ordering = ["-made_at"]
        constraints = [
            *Held.Meta.constraints,
            models.UniqueConstraint(
                fields=["made_by"], condition=Q(state__in=("waiting", "asked")), name="vouch_is_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def lock_about(self) -> None:
        """Them first, as whoever vouches for them does on their page."""
        if self.made_by_id:
            User.objects.select_for_update().filter(pk=self.made_by_id).first()

    def approved(self, by: User) -> None:
        if self.made_by is None:
            raise CannotBeDone(_("They have left meanwhile."))
        try:
            Vouch.objects.give(by, self.made_by)
        except CannotVouch as error:
            raise CannotBeDone(_("You cannot give your word for them: leave it to a colleague.")) from error

    def settle_as_vouched(self) -> None:
        self.state, self.decided_at = self.State.APPROVED, timezone.now()
        self.save(update_fields=["state", "decided_at"])
        self._mail("")

    def at_stake(self) -> Any:
        return [self.note, self.words_so_far]

    def answer_path(self) -> str:
        return reverse("moderation:vouching_ask")

    @property
    def words_so_far(self) -> int:
        return int(Vouch.objects.counting().filter(vouched=self.made_by_id).count())

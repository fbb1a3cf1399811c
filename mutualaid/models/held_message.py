"""What waits for a moderator between two people: a line that may hold something private, or a word for a helper.

A moderator reads that one line, and nothing else of the conversation.
"""

import contextlib
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation import conflicts, notes
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models import Decision, Held, HeldQuerySet, may_write
from mutualaid import crisis, guard, kinds
from mutualaid.errors import MayNotWrite, NotNow, NotPossible
from mutualaid.models.held import MOST_RISK, alert_staff
from mutualaid.models.message import Message
from mutualaid.models.response import Response


def lock(response: Response) -> None:
    """Take the locks of the answer first, as all that happens to it does."""
    with contextlib.suppress(NotNow), response.locked():
        pass


def is_in(response: Response, moderator: User) -> bool:
    """Whether they spoke in it for somebody on the phone, or are near to one of the two."""
    spoke = response.acted.filter(by=moderator).exists()
    return spoke or conflicts.is_near(moderator, response.by_id, response.post.author_id)


class HeldMessageQuerySet(HeldQuerySet):
    def wait_for_a_look(self, message: Message) -> "HeldMessage":
        """Put it into the queue; in front, with a mail to staff, where it has words of crisis."""
        risk = MOST_RISK if crisis.sounds_like(message.words) else 1
        row: HeldMessage = self.create(message=message, made_by=message.by, state=Held.State.WAITING, risk=risk)
        if risk == MOST_RISK:
            alert_staff(str(message.response_id))
        return row


class HeldMessage(Held):
    queue = "message"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="helds")

    objects: ClassVar[Any] = HeldMessageQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("held message")
        verbose_name_plural = _("held messages")
        ordering = ["-made_at"]
        constraints = [
            *Held.Meta.constraints,
            models.UniqueConstraint(fields=["message"], condition=Q(state="waiting"), name="message_waits_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def lock_about(self) -> None:
        lock(self.message.response)

    def approved(self, by: User) -> None:
        try:
            self.message.let_through()
        except NotPossible as error:
            raise CannotBeDone(str(error)) from error
        self._tell()

    def refused(self, by: User) -> None:
        try:
            self.message.leave_out()
        except NotPossible as error:
            raise CannotBeDone(str(error)) from error
        self._tell()

    def can_be_decided_by(self, user: User) -> bool:
        response = self.message.response
        return user.pk not in (response.by_id, response.post.author_id) and super().can_be_decided_by(user)

    def is_from(self, user: User) -> bool:
        """So has whoever spoke in it for somebody on the phone, or is near to one of the two."""
        return super().is_from(user) or is_in(self.message.response, user)

    def at_stake(self) -> Any:
        return [self.message.words]

    @property
    def found(self) -> list[str]:
        """What the guard found, named."""
        return guard.named_in(self.message.words)

    @property
    def can_be_written_to(self) -> bool:
        return crisis.sounds_like(self.message.words)

    def written_to(self, note: Decision) -> None:
        response = self.message.response
        notes.tell(self.message.by, note, response.get_absolute_url(), response.post.title)

    def _tell(self) -> None:
        response = self.message.response
        response.tell(self.message.by, kinds.LOOKED_AT, f"looked_at:{self.message_id}")


class PassRequestQuerySet(HeldQuerySet):
    def ask(self, response: Response, by: User) -> "PassRequest":
        """Ask a moderator to stand in for the word of others. Asked again, it is the same one.

        Raises NotNow, MayNotWrite.
        """
        with response.locked(Response.State.PROPOSED) as row:
            if not may_write(by):
                raise MayNotWrite
            if not row.can_be_passed_for(by):
                raise NotNow
            waiting: PassRequest | None = self.waiting().filter(response=row).first()
            made: PassRequest = waiting or self.create(response=row, made_by=by, state=Held.State.WAITING, risk=1)
        return made


class PassRequest(Held):
    """For children, rides and medicine: may this helper do it, although nobody has vouched for them yet? This once."""

    queue = "pass"

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="pass_requests")

    objects: ClassVar[Any] = PassRequestQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("request to let a helper pass")
        verbose_name_plural = _("requests to let a helper pass")
        ordering = ["-made_at"]
        constraints = [
            *Held.Meta.constraints,
            models.UniqueConstraint(fields=["response"], condition=Q(state="waiting"), name="pass_waits_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def lock_about(self) -> None:
        lock(self.response)

    def approved(self, by: User) -> None:
        try:
            self.response.let_pass()
        except NotPossible as error:
            raise CannotBeDone(str(error)) from error

    def refused(self, by: User) -> None:
        self.response.tell(self.made_by, kinds.LOOKED_AT, f"pass:{self.pk}")

    def is_from(self, user: User) -> bool:
        return super().is_from(user) or is_in(self.response, user)

    def can_be_decided_by(self, user: User) -> bool:
        two = (self.response.by_id, self.response.post.author_id)
        return user.pk not in two and super().can_be_decided_by(user)

    def at_stake(self) -> Any:
        return [self.response.post.public_words, str(self.response.helper)]

    @property
    def kept_agreements(self) -> int:
        """How many things the helper has seen through here."""
        helper = self.response.helper
        done = Response.objects.filter(Q(by=helper) | Q(post__author=helper), arrangements__state="confirmed")
        return done.count()

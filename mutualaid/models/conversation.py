"""What two people write to each other about an answer."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mindspace.accounts import keeping_out
from mindspace.moderation.models.sanction import may_take_part, may_write
from mindspace.once import once
from mutualaid import kinds
from mutualaid.errors import NotNow

if TYPE_CHECKING:
    from mutualaid.models.message import Message
    from mutualaid.models.response import Response


class Conversation(models.Model):
    """The part of an answer that is talk. What a moderator has to look at first holds what its writer says after it."""

    is_held = models.BooleanField(default=False, editable=False)  # the first line waits: only its writer sees it

    class Meta:
        abstract = True

    def say(self, by: Any, words: str, key: UUID | None = None, card: str = "") -> "Message":
        """Write into it, once; with a `card`, a thank-you, of which there is one from each. Raises NotNow."""
        key = key and uuid5(key, f"{self.pk} {by.pk}")  # elsewhere, or said by the other one, it is another line

        def make() -> "Message":
            with self.locked("proposed", "accepted", "finished") as row:
                same: Message | None = row.messages.filter(key=key).first() if key else None
                if same is not None:
                    return same
                may = row.can_be_thanked_in_by(by) if card else row.can_be_spoken_in_by(by)
                if not may:
                    raise NotNow
                message: Message = row.messages.write(row, by, words, key=key, card=card)
                if not message.held_for and not row.is_held:
                    row.tell(row.other_than(by), kinds.THANKED if card else kinds.MESSAGE, f"message:{message.pk}")
            return message

        return once(self.messages, key, make)

    def can_be_spoken_in_by(self, user: Any) -> bool:
        """While it goes on; and after it went well, or was seen differently, for a last word."""
        return (
            (self.state in ("proposed", "accepted") or self._ended_as("confirmed", "disputed"))
            and user.pk in (self.by_id, self.post.author_id)
            and may_write(user)
            and not self.is_kept_apart
            and self.stopped_by is None
            and may_take_part(self.other_than(user))
            and getattr(self.other_than(user), "can_be_reached", False)  # a former member reads nothing either
        )

    def can_be_thanked_in_by(self, user: Any) -> bool:
        return (
            self._ended_as("confirmed")
            and self.can_be_spoken_in_by(user)
            and not self.messages.filter(by=user).exclude(card="").exists()
        )

    def lines_for(self, user: Any) -> models.QuerySet["Message"]:
        """What this person reads of it: their own, and what the other one was let through with.

        While the other one may not take part, nothing of theirs.
        """
        lines: models.QuerySet[Message] = self.messages.shown_to(user).select_related("by")
        lines = lines.exclude(~Q(by=user), by__in=keeping_out.hidden())
        return lines

    def let_go(self, by: Any) -> None:
        """Let others read what `by` wrote, up to what still waits for a moderator. It is as if it was said now."""
        with self.locked() as row:
            waiting = list(row.messages.filter(by=by, state="held").order_by("made_at", "pk"))
            free = waiting[: next((i for i, each in enumerate(waiting) if each.held_for != "after"), len(waiting))]
            row.pass_on(free)

    def pass_on(self, messages: list["Message"]) -> None:
        """Show them to the other side, who is told. Call it under the lock."""
        if not messages:
            return
        was_held = self.is_held
        for message in messages:
            message.state, message.made_at = message.State.SENT, timezone.now()
            message.save(update_fields=["state", "made_at"])
        if was_held:
            self.is_held = False
            self.save(update_fields=["is_held"])
        if self.state in ("proposed", "accepted", "finished") and not self.is_kept_apart:
            to = self.other_than(messages[0].by)
            self.tell(to, *((kinds.ANSWERED, "answered") if was_held else (kinds.MESSAGE, f"message:{messages[0].pk}")))

    def _ended_as(self, *states: str) -> bool:
        return bool(self.arrangements.filter(state__in=states).exists())

    # What Response has.
    if TYPE_CHECKING:
        pk: UUID
        by_id: Any
        post: Any
        state: str
        arrangements: Any
        messages: Any

        @property
        def is_kept_apart(self) -> bool: ...
        @property
        def stopped_by(self) -> Any: ...
        def locked(self, *states: str) -> AbstractContextManager["Response"]: ...
        def other_than(self, user: Any) -> Any: ...
        def tell(self, user: Any, kind: Any, event: str) -> None: ...

"""A line of a conversation."""

from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutualaid import guard
from mutualaid.errors import NotNow
from mutualaid.models.response import Response

if TYPE_CHECKING:
    from mindspace.accounts.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    def shown_to(self, user: Any) -> Self:
        return self.filter(Q(by=user) | Q(state=Message.State.SENT))

    def write(
        self, response: Response, by: Any, words: str, *, key: UUID | None = None, card: str = "", held_for: str = ""
    ) -> "Message":
        """Keep it, held where a moderator should look first. Call it under the lock of the answer."""
        held_for = "private" if guard.found_in(words) else held_for
        if not held_for and self.filter(by=by, state=Message.State.HELD).exists():
            held_for = "after"
        state = Message.State.HELD if held_for else Message.State.SENT
        is_first = not self.exists()
        made: Message = self.create(
            response=response, by=by, words=words, key=key, card=card, held_for=held_for, state=state
        )
        if held_for and held_for != "after":
            made.helds.wait_for_a_look(made)
        if held_for and is_first:
            response.is_held = True
            response.save(update_fields=["is_held"])
        return made


class Message(models.Model):
    """It is on the site only: no mail carries it. With a card it is a thank-you."""

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        HELD = "held", _("Somebody here reads it first")
        REFUSED = "refused", _("It was left out")

    class Card(models.TextChoices):
        CANDLE = "candle", _("A candle")
        BENCH = "bench", _("A bench in the sun")
        DOOR = "door", _("An open door")

    REASONS: ClassVar[dict[str, Any]] = {
        "private": _("It seems to hold a phone number, an address, a link or money."),
        "often": _("You began many conversations in two days, so we read this one first."),
        "after": _("It waits behind the one before it."),
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    words = models.TextField(_("words"), max_length=2000, blank=True)
    card = models.CharField(_("card"), max_length=6, choices=Card.choices, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.SENT, editable=False)
    held_for = models.CharField(max_length=7, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)  # since when the other side can read it

    objects: ClassVar[Any] = MessageQuerySet.as_manager()
    helds: Any

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["response", "by"], condition=~Q(card=""), name="message_thanks_once"),
            models.CheckConstraint(condition=~Q(words="") | ~Q(card=""), name="message_says_something"),
        ]
        indexes = [models.Index(fields=["response", "made_at"], name="message_in_order")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    @property
    def found(self) -> list[str]:
        """What of it looks private, named, for its writer while it waits."""
        return guard.named_in(self.words) if self.state == self.State.HELD and self.held_for == "private" else []

    @property
    def held_reason(self) -> Any:
        """For its writer, while it waits."""
        return self.REASONS.get(self.held_for, "") if self.state == self.State.HELD else ""

    def let_through(self) -> None:
        """A moderator has looked, and it is fine: the other side reads it, and what waited behind it."""
        with transaction.atomic():
            with self.response.locked():  # in its turn: an answer is not read before its first line was
                Message.objects.filter(pk=self.pk, state=self.State.HELD).update(held_for="after")
            self.response.let_go(self.by)

    def leave_out(self) -> None:
        """A moderator keeps it from the other side. An answer whose first line is left out is taken back."""
        with transaction.atomic():
            with self.response.locked() as row:
                Message.objects.filter(pk=self.pk, state=self.State.HELD).update(state=self.State.REFUSED)
                goes_on = self._goes_on_without(row)
            if goes_on:
                self.response.let_go(self.by)

    def take_back(self, by: "User") -> None:
        """Its writer takes it back while it waits, and what waited behind it goes. Raises NotNow."""
        with transaction.atomic():
            with self.response.locked() as row:
                gone, _rows = Message.objects.filter(pk=self.pk, by=by, state=self.State.HELD).delete()
                if not gone:
                    raise NotNow
                goes_on = self._goes_on_without(row)
            if goes_on:
                self.response.let_go(by)

    def _goes_on_without(self, row: Response) -> bool:
        """Without its first line, which nobody has read, an answer is none, and what stands behind it is not read."""
        is_first = not row.messages.filter(made_at__lt=self.made_at).exclude(state=self.State.REFUSED).exists()
        if not (is_first and row.is_held and row.state == Response.State.PROPOSED):
            return True
        row.decide(Response.State.WITHDRAWN)
        return False

"""What two people agreed on: the chair that is taken, and how it went."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutualaid import in_return, kinds
from mutualaid.errors import NotNow
from mutualaid.models.arrangement_time import ArrangementTime
from mutualaid.models.pair import lock_pair
from mutualaid.models.post import Post
from mutualaid.models.post_fields import MOST_SLOTS
from mutualaid.models.response import Response


class Seat(models.Model):
    """A chair of a post that somebody sits on. That nobody else can is the database's word, not ours."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()  # from 0
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="seat")
    starts_at = models.DateTimeField(null=True, editable=False)  # where each chair of the post has a time of its own

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("chair")
        verbose_name_plural = _("chairs")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="seat_taken_once"),
            models.UniqueConstraint(fields=["post", "starts_at"], name="seat_time_taken_once"),
            models.CheckConstraint(condition=Q(number__gte=0, number__lt=MOST_SLOTS), name="seat_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Arrangement(ArrangementTime):
    """agreed -> done (one said so) -> confirmed (both did) or disputed; or cancelled, missed, or nobody ever said."""

    class State(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        DONE = "done", _("One of you says it is done")
        CONFIRMED = "confirmed", _("Done")
        CANCELLED = "cancelled", _("Called off")
        MISSED = "missed", _("It did not happen")
        DISPUTED = "disputed", _("You see it differently")
        LAPSED = "lapsed", _("Nobody said how it went")

    GOING_ON = (State.AGREED, State.DONE)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="arrangements")
    state = models.CharField(max_length=9, choices=State.choices, default=State.AGREED, editable=False)
    agreed_at = models.DateTimeField(default=timezone.now, editable=False)
    done_by_author_at = models.DateTimeField(null=True, editable=False)
    done_by_other_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        ordering = ["-agreed_at"]
        constraints = [
            *ArrangementTime.Meta.constraints,
            models.UniqueConstraint(fields=["response"], name="arrangement_once"),
            models.CheckConstraint(
                condition=Q(state__in=["agreed", "done", "confirmed", "cancelled", "missed", "disputed", "lapsed"]),
                name="arrangement_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(done_by_author_at__isnull=False, done_by_other_at__isnull=False),
                name="arrangement_confirmed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("agreed", "done"), ended_at=None)
                | ~Q(state__in=("agreed", "done")) & Q(ended_at__isnull=False),
                name="arrangement_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreed_at:%Y-%m-%d}"

    def say_done(self, by: Any) -> None:
        """One side says that it is done, once it can be. When both have, it is confirmed. Raises NotNow."""
        with self.locked(*self.GOING_ON) as row:
            if row.is_to_come:
                raise NotNow
            now, response = timezone.now(), row.response
            name = "done_by_author_at" if response.post.is_of(by) else "done_by_other_at"
            if getattr(row, name) is None:
                setattr(row, name, now)
            both = row.done_by_author_at is not None and row.done_by_other_at is not None
            row.state, row.ended_at = (self.State.CONFIRMED, now) if both else (self.State.DONE, None)
            row.save()
            if both:
                row._over(keep_chair=not response.post.frees_chairs())
                in_return.settle(row)
                response.post.end_if_fulfilled()
            response.tell(response.other_than(by), kinds.CONFIRMED if both else kinds.DONE, row.state)

    def cancel(self, by: Any, words: str = "") -> None:
        """Either calls it off, and gives no reason; with a line, if they like. The chair is free. Raises NotNow."""
        with self.locked(*self.GOING_ON) as row:
            row.say_last(by, words)
            row.end_as(self.State.CANCELLED, by)

    def miss(self, by: Any, words: str = "") -> None:
        """Either says that it did not happen, once it should have. Nobody is blamed. Raises NotNow."""
        with self.locked(*self.GOING_ON) as row:
            if row.is_ahead:
                raise NotNow
            row.say_last(by, words)
            row.end_as(self.State.MISSED, by)

    def dispute(self, by: Any) -> None:
        """One side says that it is done, and the other that it is not. It counts for nobody. Raises NotNow."""
        with self.locked(self.State.DONE) as row:
            if not row.can_be_disputed_by(by):
                raise NotNow
            row.end_as(self.State.DISPUTED, by)

    def lapse(self) -> None:
        """Nobody has said how it went for a long time. Raises NotNow."""
        with self.locked(*self.GOING_ON) as row:
            row.end_as(self.State.LAPSED)

    def can_be_disputed_by(self, user: Any) -> bool:
        return self.state == self.State.DONE and self.can_be_done_by(user)

    def can_be_ended_by(self, user: Any) -> bool:
        return self.state in self.GOING_ON and user.pk in (self.response.by_id, self.response.post.author_id)

    def can_be_done_by(self, user: Any) -> bool:
        said = self.done_by_author_at if self.response.post.is_of(user) else self.done_by_other_at
        return self.can_be_ended_by(user) and said is None and not self.is_to_come

    @property
    def is_to_come(self) -> bool:
        """Agreed for a time that has not begun: nobody can say yet how it went. Of a series, the first one counts."""
        return self.state == self.State.AGREED and self.is_ahead and not self.has_begun

    def end_as(self, state: str, by: Any = None, *, quietly: bool = False) -> None:
        """End it and its answer, and tell the other one, or both where it was neither. Call it under the lock."""
        self.state, self.ended_at = state, timezone.now()
        self.suggested_at = self.suggested_minutes = self.suggested_by = None
        self.sequence += 1
        self.save()
        self._over(keep_chair=False)
        if quietly:
            return
        two = (self.response.by, self.response.post.author)
        for other in two if by is None else (self.response.other_than(by),):
            self.response.tell(other, kinds.CANCELLED, state)

    def say_last(self, by: Any, words: str) -> None:
        """A line that goes with the end, from whoever may still write. They are told of both at once."""
        if words and self.response.can_be_spoken_in_by(by):
            self.response.messages.write(self.response, by, words)

    def _over(self, *, keep_chair: bool) -> None:
        """The chair of what goes on is free for the next one, see Post.frees_chairs; that of a single time is not."""
        if not keep_chair:
            Seat.objects.filter(response=self.response_id).delete()
        self.response.decide(Response.State.FINISHED)

    @contextmanager
    def locked(self, *states: str) -> Iterator["Arrangement"]:
        """The row, its answer and its post, locked: the post first, as everywhere. Raises NotNow."""
        with transaction.atomic():
            lock_pair(self.response.by_id, self.response.post.author_id)
            post = Post.objects.select_for_update().get(pk=self.response.post_id)
            response = Response.objects.select_for_update().get(pk=self.response_id)
            row = Arrangement.objects.select_for_update().filter(pk=self.pk, state__in=states).first()
            if row is None:
                raise NotNow
            row.response = response
            response.post = post
            yield row
        self.refresh_from_db()

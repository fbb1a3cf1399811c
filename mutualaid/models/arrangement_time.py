"""When two people meet: one suggests a time, and it stands once the other agrees."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mindspace.moderation.models.sanction import may_take_part, may_write
from mutualaid import kinds
from mutualaid.errors import MayNotWrite, NoChairLeft, NotNow, TimeTaken

if TYPE_CHECKING:
    from mutualaid.models.arrangement import Arrangement

USUAL = 60  # minutes, where nobody said how long


class ArrangementTime(models.Model):
    """Both times are UTC. What is suggested has whose suggestion it is; what stands has not."""

    starts_at = models.DateTimeField(null=True, editable=False)
    minutes = models.PositiveSmallIntegerField(null=True, editable=False)
    suggested_at = models.DateTimeField(null=True, editable=False)  # the time that is suggested, not when it was
    suggested_minutes = models.PositiveSmallIntegerField(null=True, editable=False)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)  # RFC 5545: goes up with each change

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(suggested_at__isnull=False) | Q(suggested_by=None, suggested_minutes=None),
                name="arrangement_suggestion_whole",
            ),
        ]

    def suggest(self, by: Any, starts_at: datetime, minutes: int | None = None) -> None:
        """Another suggestion takes the place of the one before. Suggesting what the other one suggests is a yes.

        Raises NotNow, MayNotWrite.
        """
        with self.locked("agreed") as row:
            row.let_time(by, may_write)
            if starts_at <= timezone.now():
                raise NotNow
            if row.suggested_at == starts_at and row.suggested_by_id not in (None, by.pk):
                row.settle()
            else:
                row.suggested_at, row.suggested_minutes, row.suggested_by = starts_at, minutes, by
                row.save()
            row.tell_of_time(by)

    def agree(self, by: Any, suggested_at: datetime | None) -> None:
        """The other side's yes to the time they were shown: a newer one is not meant. Raises NotNow, MayNotWrite."""
        with self.locked("agreed") as row:
            row.let_time(by, may_take_part)
            if not row.can_be_agreed_by(by) or row.suggested_at != suggested_at:
                raise NotNow
            row.settle()
            row.tell_of_time(by)

    def keep(self, by: Any) -> None:
        """Say no to a suggestion, or take one's own back: what stood before stands. Raises NotNow, MayNotWrite."""
        with self.locked("agreed") as row:
            row.let_time(by, may_take_part)
            if row.suggested_at is None:
                raise NotNow
            row.suggested_at = row.suggested_minutes = row.suggested_by = None
            row.save()
            row.tell_of_time(by)

    def move_on(self) -> None:
        """The time has come. Of a series, the next one stands once it is over; a booked hour leaves its chair.

        So the hours of an offer keep coming, also where nobody says how one went. Raises NotNow.
        """
        with self.locked("agreed", "done") as row:
            post = row.response.post
            if row.ends_at is None or row.is_ahead:
                raise NotNow
            if post.bookable and post.kind == "offer":
                post.seats.filter(response=row.response).delete()
            is_over = row.state == "agreed" and row.ends_at <= timezone.now()
            if post.is_series and is_over and (at := post.next_time):
                row.starts_at = at
                row.sequence += 1
                row.save(update_fields=["starts_at", "sequence"])

    def let_time(self, by: Any, may: Callable[[Any], bool]) -> None:
        """A suggestion is something said; a yes or a no to one is for all who take part. Raises NotNow, MayNotWrite."""
        if not self.is_between(by):
            raise NotNow
        if not may(by):
            raise MayNotWrite

    def can_be_timed_by(self, user: Any) -> bool:
        return self.state == "agreed" and self.is_between(user) and may_write(user)

    def can_be_kept_by(self, user: Any) -> bool:
        suggested = self.state == "agreed" and self.suggested_at is not None
        return suggested and self.is_between(user) and may_take_part(user)

    def can_be_agreed_by(self, user: Any) -> bool:
        return (
            self.suggested_at is not None
            and self.suggested_at > timezone.now()
            and self.suggested_by_id != user.pk
            and self.can_be_kept_by(user)
        )

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at and self.starts_at + timedelta(minutes=self.minutes or USUAL)

    @property
    def is_ahead(self) -> bool:
        return self.starts_at is not None and self.starts_at > timezone.now()

    @property
    def has_begun(self) -> bool:
        """Whether a time of the series that they agreed on has come."""
        post = self.response.post
        return post.is_series and any(at <= timezone.now() for at in post.times(after=self.agreed_at, limit=1))

    def is_between(self, user: Any) -> bool:
        return user.pk in (self.response.by_id, self.response.post.author_id)

    def settle(self) -> None:
        """What is suggested stands from now on. Call it under the lock."""
        self.starts_at, self.minutes = self.suggested_at, self.suggested_minutes
        self.suggested_at = self.suggested_minutes = self.suggested_by = None
        self.sequence += 1
        self.save()
        seats = self.response.post.seats
        mine = seats.filter(response=self.response)
        taken = seats.exclude(response=self.response).filter(starts_at=self.starts_at).exists()
        if self.response.post.bookable and not mine.exists():  # its hour had come, and its chair was free
            self._take_a_chair(taken=taken)
        timed = mine if self.response.post.bookable else mine.exclude(starts_at=None)
        timed.update(starts_at=None if taken else self.starts_at)
        self.response.post.responses.for_the_time(self.starts_at).lapse()

    def _take_a_chair(self, *, taken: bool) -> None:
        """Raises TimeTaken, NoChairLeft."""
        post = self.response.post
        sitting = set(post.seats.values_list("number", flat=True))
        free = next((number for number in range(post.slots) if number not in sitting), None)
        if taken:
            raise TimeTaken
        if free is None:
            raise NoChairLeft
        post.seats.create(number=free, response=self.response, starts_at=self.starts_at)

    def tell_of_time(self, by: Any) -> None:
        self.response.tell(self.response.other_than(by), kinds.TIME, f"time:{timezone.now().isoformat()}")

    # What Arrangement has.
    if TYPE_CHECKING:
        response: Any
        state: str
        agreed_at: datetime
        suggested_by_id: Any

        def locked(self, *states: str) -> AbstractContextManager["Arrangement"]: ...

"""What happens to a listing, as verbs. Each is one transaction, locks the row, and says in the history who did it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
from django.db import models, transaction
from django.utils import timezone

from groups import errors

if TYPE_CHECKING:
    from groups.models.group import Group


@contextmanager
def recorded(who: str, by: Any = None) -> Iterator[None]:
    """All or nothing, and the history says who: `who` is a key of `confirmed_by`'s choices, `by` the user, if any."""
    user = {"user": str(by.pk)} if by is not None and by.is_authenticated else {}
    with transaction.atomic(), pghistory.context(who=who, **user):
        yield


class Standing(models.Model):
    """The verbs of a group. `who` says that a listing is right: "organizer", "staff" or "source"."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        status: Any
        confirmed_at: Any
        confirmed_by: Any
        paused_from: Any
        paused_until: Any
        updated_at: Any
        Status: Any
        suggestions: Any
        schedules: Any
        objects: ClassVar[Any]

        def is_paused(self, now: datetime | None = None) -> bool: ...

    def waits_for_decision(self) -> bool:
        """Whether it was suggested, and no moderator has decided about it yet."""
        return self.status == self.Status.PENDING and self.suggestions.filter(is_new=True, decided_at=None).exists()

    def list_(self, who: str, by: Any = None) -> None:
        """Show it to everybody from now on, a closed one, too. Whoever lists it says that it is right.

        Raises WaitsForDecision for a suggestion: only its decision lists it.
        """
        with self._changing(who, by) as row:
            if row.waits_for_decision():
                raise errors.WaitsForDecision
            row.status = self.Status.LISTED
            row.confirmed_at, row.confirmed_by = timezone.now(), who

    def confirm(self, who: str, by: Any = None) -> None:
        """Somebody who knows says that the listing is right as it stands."""
        with self._changing(who, by) as row:
            row.confirmed_at, row.confirmed_by = timezone.now(), who

    def pause(self, who: str, by: Any = None, until: datetime | None = None) -> None:
        """No meetings from now on, until a moment or until somebody resumes. Raises NotListed, PauseEndsTooEarly."""
        with self._changing(who, by) as row:
            now = timezone.now()
            if row.status != self.Status.LISTED:
                raise errors.NotListed
            if until is not None and until <= now:
                raise errors.PauseEndsTooEarly
            row.paused_from, row.paused_until = row.paused_from if row.is_paused(now) else now, until
            self._rested(who)

    def resume(self, who: str, by: Any = None) -> None:
        """It meets again. Raises NotPaused."""
        with self._changing(who, by) as row:
            if row.paused_from is None:
                raise errors.NotPaused
            row.paused_from = row.paused_until = None
            self._rested(who)

    def close(self, who: str, by: Any = None) -> None:
        """The group is no more: nobody finds it from now on. Raises AlreadyClosed."""
        with self._changing(who, by) as row:
            if row.status == self.Status.CLOSED:
                raise errors.AlreadyClosed
            row.status = self.Status.CLOSED
            row.paused_from = row.paused_until = None

    def revise(self, seen: datetime, who: str, by: Any = None, **values: Any) -> None:
        """Write new values, and those only. `seen` is `updated_at` of the listing that they were written for.

        Raises ListingChanged if it is another one by now.
        """
        with self._changing(who, by) as row:
            if row.updated_at != seen:
                raise errors.ListingChanged
            for name, value in values.items():
                setattr(row, name, value)
        self.refresh_from_db()

    def _rested(self, who: str) -> None:
        """Say it to calendars; and where somebody said so here, no feed that has the group again ends that."""
        from groups.models.source import Origin  # noqa: PLC0415 - it reads this model

        self.schedules.update(sequence=models.F("sequence") + 1)
        if who != "source":
            Origin.objects.filter(group_id=self.pk, paused=True).update(paused=False)

    @contextmanager
    def _changing(self, who: str, by: Any) -> Iterator["Group"]:
        """Yield the row as it is now, ours until the end of the transaction, and write what was changed in it."""
        from groups import indexing  # noqa: PLC0415 - it reads the models

        with recorded(who, by):
            row: Group = type(self).objects.select_for_update().get(pk=self.pk)
            yield row
            row.updated_at = timezone.now()
            row.save()
            indexing.refresh([row.pk])
        for name in WRITTEN:
            setattr(self, name, getattr(row, name))


WRITTEN = ("status", "confirmed_at", "confirmed_by", "paused_from", "paused_until", "updated_at")

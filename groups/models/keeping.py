"""What happens to a listing, as verbs. Each is one transaction, leaves a row in the history, and knows who did it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
from django.db import models, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from groups.models.group import Group


NEVER_RESTORED = frozenset({
    "id", "key", "slug", "created_at", "updated_at", "confirmed_at", "confirmed_by", "is_example", "sequence", "group",
})  # fmt: skip


def reindex(group_ids: Iterable[int]) -> None:
    """Bring the search rows of these groups up to what was just written."""
    from groups import indexing  # noqa: PLC0415 - it reads the models

    indexing.refresh(group_ids)


@contextmanager
def recorded(who: str, by: Any = None) -> Iterator[None]:
    """Say in the history who does what happens inside: "organizer", "suggestion", "source" or "staff"."""
    user = {"user": str(by.pk)} if by is not None and by.is_authenticated else {}
    with transaction.atomic(), pghistory.context(who=who, **user):
        yield


class Keeping(models.Model):
    """The verbs of a group."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        slug: Any
        status: Any
        confirmed_at: Any
        confirmed_by: Any
        paused_from: Any
        paused_until: Any
        updated_at: Any
        Status: Any
        objects: ClassVar[Any]

    def _locked(self) -> "Group":
        """The row as it is now, ours until the end of the transaction."""
        return type(self).objects.select_for_update().get(pk=self.pk)

    def _keep(self, row: Any, *fields: str) -> None:
        row.updated_at = timezone.now()
        row.save(update_fields=[*fields, "updated_at"])
        reindex([row.pk])
        for name in (*fields, "updated_at"):
            setattr(self, name, getattr(row, name))

    def confirm(self, who: str, by: Any = None) -> None:
        """Somebody who knows says that the listing is right: the organizer, our staff, or the source."""
        with recorded(who, by):
            row = self._locked()
            row.confirmed_at, row.confirmed_by = timezone.now(), who
            self._keep(row, "confirmed_at", "confirmed_by")

    def open_up(self, who: str, by: Any = None) -> None:
        """List it: everybody sees it from now on."""
        with recorded(who, by):
            row = self._locked()
            row.status, row.confirmed_at, row.confirmed_by = self.Status.LISTED, timezone.now(), who
            self._keep(row, "status", "confirmed_at", "confirmed_by")

    def close(self, who: str, by: Any = None) -> None:
        """The group is no more, or is not what it says: nobody finds it from now on."""
        with recorded(who, by):
            row = self._locked()
            row.status = self.Status.CLOSED
            self._keep(row, "status")

    def pause(self, who: str, by: Any = None, until: datetime | None = None) -> None:
        with recorded(who, by):
            row = self._locked()
            row.paused_from, row.paused_until = timezone.now(), until
            self._keep(row, "paused_from", "paused_until")

    def resume(self, who: str, by: Any = None) -> None:
        with recorded(who, by):
            row = self._locked()
            row.paused_from = row.paused_until = None
            self._keep(row, "paused_from", "paused_until")

    def restore(self, event: Any, by: Any) -> None:
        """Bring back what the group, a meeting time or a place of it said at an event of the history.

        Where it stands in time stays: how often calendars were told, and when somebody last said that it is right.
        """
        with recorded("staff", by):
            row = self._locked()
            model = event.pgh_tracked_model
            old: Any = row if model is type(self) else model.objects.filter(pk=event.pgh_obj_id).first()
            old = old or model(pk=event.pgh_obj_id)
            for field in model._meta.concrete_fields:
                if field.name not in NEVER_RESTORED:
                    setattr(old, field.attname, getattr(event, field.attname))
            if model is type(self):
                old.topics.set(event.topics_then)
                old.updated_at = timezone.now()
            elif hasattr(old, "sequence"):
                old.group = row
                old.sequence = max(old.sequence, event.sequence) + 1
            old.save()
            reindex([row.pk])
        self.refresh_from_db()


class KeepingOneMeeting(models.Model):
    """The verbs of a meeting time that are about a single day of it."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        group_id: int
        sequence: int
        exceptions: Any
        objects: ClassVar[Any]

    def cancel(self, day: date, who: str, by: Any = None) -> None:
        """Not this week. Said twice, it is cancelled once."""
        self._otherwise(day, who, by, kind="cancelled", moved_day=None, moved_time=None)

    def move(self, day: date, to: datetime, who: str, by: Any = None) -> None:
        """Hold the meeting of `day` at another wall time, by the clock where the group meets."""
        self._otherwise(day, who, by, kind="moved", moved_day=to.date(), moved_time=to.time())

    def hold_as_usual(self, day: date, who: str, by: Any = None) -> None:
        """Take back what was said about `day`."""
        with recorded(who, by):
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.exceptions.filter(day=day).delete()[0]:
                self._moved_on(row)

    def _otherwise(self, day: date, who: str, by: Any, **said: Any) -> None:
        with recorded(who, by):
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.exceptions.filter(day=day, **said).exists():
                return
            made_by = by if by is not None and by.is_authenticated else None
            row.exceptions.update_or_create(day=day, defaults={**said, "made_by": made_by, "note": ""})
            self._moved_on(row)

    def _moved_on(self, row: Any) -> None:
        """Calendars take a change only with a higher SEQUENCE (RFC 5545, 3.8.7.4)."""
        row.sequence += 1
        row.save(update_fields=["sequence"])
        self.sequence = row.sequence
        reindex([row.group_id])

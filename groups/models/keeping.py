"""What happens to a listing, as verbs. Each is one transaction, leaves a row in the history, and knows who did it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

from groups.models.standing import Standing, recorded

if TYPE_CHECKING:
    from groups.undoing import Step

NEVER_RESTORED = frozenset({
    "id", "key", "slug", "created_at", "updated_at", "confirmed_at", "confirmed_by", "is_example", "sequence", "group",
    "status", "paused_from", "paused_until",
})  # fmt: skip
SHARING = frozenset({"publicity", "join_sharing", "secret_sharing"})  # what was hidden since is not shown by this


def reindex(group_ids: Iterable[int]) -> None:
    """Bring the search rows of these groups up to what was just written."""
    from groups import indexing  # noqa: PLC0415 - it reads the models

    indexing.refresh(group_ids)


class Keeping(Standing):
    """The verbs of a group: how it stands, and what it said before."""

    class Meta:
        abstract = True

    def undo(self, steps: Iterable["Step"], by: Any) -> None:
        """Take back what one change did to the group, its times, places and topics, and that alone.

        How it stands stays: listed or not, on a pause, when somebody last said that it is right. Those have verbs.
        """
        with recorded("staff", by):
            row: Any = type(self).objects.select_for_update().get(pk=self.pk)
            for step in steps:
                if step.would_change(row):
                    step.take_back(row)
            row.updated_at = timezone.now()
            row.save()
            reindex([row.pk])
        self.refresh_from_db()


class KeepingOneMeeting(models.Model):
    """The verbs of a meeting time that are about a single day of it."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        group: Any
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
        """Calendars take a change only with a higher SEQUENCE (RFC 5545, 3.8.7.4), and date it by the listing."""
        row.sequence += 1
        row.save(update_fields=["sequence"])
        self.sequence = row.sequence
        type(row.group).objects.filter(pk=row.group_id).update(updated_at=timezone.now())
        reindex([row.group_id])

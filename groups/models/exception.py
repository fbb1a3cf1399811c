from datetime import datetime
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups import recurrence


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MeetingException(models.Model):
    """One meeting that is cancelled, or held at another time. `day` is the day that the rule gives it."""

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("Not held")
        MOVED = "moved", _("Moved")

    schedule = models.ForeignKey("groups.MeetingSchedule", on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField(_("day"))
    kind = models.CharField(_("what happens"), max_length=10, choices=Kind.choices)
    # Wall times where the group meets, as two columns: no time zone may touch them.
    moved_day = models.DateField(_("new day"), null=True, blank=True)
    moved_time = models.TimeField(_("new time"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("meeting held otherwise")
        verbose_name_plural = _("meetings held otherwise")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "day"], name="one_exception_a_day"),
            models.CheckConstraint(
                condition=models.Q(kind="cancelled", moved_day=None, moved_time=None)
                | models.Q(kind="moved", moved_day__isnull=False, moved_time__isnull=False),
                name="exception_moved_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.get_kind_display()}"

    def clean(self) -> None:
        """A day out of reach has no instant that could be shown."""
        for name in ("day", "moved_day"):
            day = getattr(self, name)
            if day and not recurrence.EARLIEST <= day <= recurrence.LATEST:
                raise ValidationError({name: _("The day must lie between 1990 and 2100.")})

    @property
    def moved_to(self) -> datetime | None:
        """The new wall time of a moved meeting."""
        return datetime.combine(self.moved_day, self.moved_time) if self.moved_day and self.moved_time else None

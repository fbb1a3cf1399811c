"""A fact that goes stale (a phone number, an address) and says when a person last checked it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STALE_AFTER_DAYS = 90


class CheckedQuerySet(models.QuerySet[Any]):
    def checked_before(self, days: int = STALE_AFTER_DAYS) -> Self:
        """Rows that nobody has checked within `days` days, those never checked among them."""
        oldest = timezone.localdate() - timedelta(days=days)
        return self.filter(models.Q(checked_on__isnull=True) | models.Q(checked_on__lt=oldest))

    def mark_checked(self, by: AbstractBaseUser) -> int:
        """Record that `by` checked these rows today; return how many."""
        return self.update(checked_on=timezone.localdate(), checked_by=by)


class Checked(models.Model):
    """Mixin: `checked_on` is empty until a person has tried the number or the address.

    `REACHED_BY` names the fields that a person tries: a check holds for what they said that day and no longer.
    """

    REACHED_BY: ClassVar[frozenset[str]] = frozenset()

    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_stale(self) -> bool:
        """Whether nobody has checked this in the last 90 days."""
        checked_on: date | None = self.checked_on
        return checked_on is None or checked_on < timezone.localdate() - timedelta(days=STALE_AFTER_DAYS)

    def note_edit(self, changed: Collection[str], by: AbstractBaseUser) -> None:
        """Keep the check true to an edit of the fields `changed`, which is about to be saved.

        A new day is the word of `by`. A new number or address without one has been tried by nobody yet.
        """
        if "checked_on" in changed:
            self.checked_by = by if self.checked_on else None  # type: ignore[assignment]
        elif not self.REACHED_BY.isdisjoint(changed):
            self.checked_on = self.checked_by = None

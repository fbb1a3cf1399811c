"""When a post is about: any time, a stretch of days, or again and again."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from groups import recurrence
from groups.rule_words import in_words
from mutualaid.models.post_fields import PostFields

FAR = timedelta(days=366)


class PostWhen(PostFields):
    class Meta(PostFields.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(first_day__lte=models.F("last_day")),
                name="post_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(when="recurring") | (Q(first_day__isnull=False, start__isnull=False) & ~Q(rule="")),
                name="post_recurs_somehow",
            ),
            models.CheckConstraint(condition=Q(bookable=False) | Q(when="recurring"), name="post_booked_recurs"),
        ]

    @property
    def rule_in_words(self) -> str:
        return in_words(self.rule, self.first_day) if self.rule and self.first_day else ""

    @property
    def has_one_day(self) -> bool:
        return self.first_day is not None and self.last_day in (None, self.first_day)

    @property
    def over_on(self) -> date | None:
        """The day after which it comes too late; None where it is about no day or days."""
        return (self.last_day or self.first_day) if self.when == self.When.WINDOW else None

    def weekdays(self) -> list[str]:
        """The days of the week it can be on, as a rule names them; empty for any."""
        if self.when == self.When.ANY or self.first_day is None:
            return []
        if self.when == self.When.RECURRING:
            return [recurrence.DAYS[day] for day in recurrence.weekdays(self.rule, self.first_day)]
        length = ((self.last_day or self.first_day) - self.first_day).days + 1
        return (
            [recurrence.DAYS[(self.first_day.weekday() + ahead) % 7] for ahead in range(length)] if length < 7 else []
        )

    def times(self, after: datetime | None = None, limit: int = 20) -> list[datetime]:
        """The next times it recurs at, aware; for a window, its one start if it has one."""
        after = after or timezone.now()
        if self.first_day is None or self.start is None:
            return []
        if self.when != self.When.RECURRING:
            only = recurrence.local_to_utc(datetime.combine(self.first_day, self.start), self.zone)
            return [only] if only > after else []
        days = recurrence.days(
            self.rule, self.first_day, self.last_day, (after - timedelta(days=1)).date(), (after + FAR).date()
        )
        found = (recurrence.local_to_utc(datetime.combine(day, self.start), self.zone) for day in days)
        return [each for each in found if each > after][:limit]

    @property
    def is_series(self) -> bool:
        """Whether whoever has a chair comes each time. What recurs else is `bookable`: a chair has one of the times."""
        return self.when == self.When.RECURRING and not self.bookable

    @property
    def next_time(self) -> datetime | None:
        """When two people meet where the post says it: on its one day, or the next time that it recurs."""
        says = self.when == self.When.RECURRING or (self.when == self.When.WINDOW and self.has_one_day)
        return next(iter(self.times(limit=1)), None) if says else None

    def free_times(self) -> list[datetime]:
        """Of what is bookable, the next times nobody has: as many as there are chairs free."""
        if not self.bookable:
            return []
        taken = {seat.starts_at for seat in self.seats.all()}
        free = self.slots - self.seats.count()
        return [each for each in self.times(limit=self.slots + len(taken)) if each not in taken][: max(free, 0)]

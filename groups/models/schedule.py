"""When a group meets, and the meetings that follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups import recurrence, rule_words
from groups.models.exception import MeetingException
from groups.models.keeping import KeepingOneMeeting
from mindspace.encryption import decrypt, encrypt
from mindspace.site.hours import clock
from mindspace.site.models import validate_time_zone

LONGEST = 24 * 60
AHEAD = timedelta(days=730)


@dataclass(frozen=True)
class Meeting:
    """One meeting. `day` is the one that the rule gives it, `wall` when it is, by the clock where the group meets."""

    schedule: "MeetingSchedule" = field(repr=False)
    day: date
    wall: datetime
    cancelled: bool = False
    moved: bool = False
    note: str = ""

    @property
    def starts(self) -> datetime:
        return recurrence.local_to_utc(self.wall, self.schedule.zone).astimezone(ZoneInfo(self.schedule.zone))

    @property
    def ends(self) -> datetime:
        """Minutes that pass, whatever the clock does meanwhile."""
        ends = self.starts.astimezone(UTC) + timedelta(minutes=self.schedule.duration)
        return ends.astimezone(ZoneInfo(self.schedule.zone))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MeetingSchedule(KeepingOneMeeting):
    """A rule that meetings follow (recurrence.py), from `first_day` on, at `start` by the clock of `zone`."""

    class Modality(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In person and online")

    class Sharing(models.TextChoices):
        """Who sees how to join online."""

        PUBLIC = "public", _("Everybody")
        ON_REQUEST = "on_request", _("Those who get in touch")

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="schedules")
    place = models.ForeignKey(
        "groups.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="schedules",
        verbose_name=_("place"),
    )
    modality = models.CharField(_("how you meet"), max_length=10, choices=Modality.choices)
    first_day = models.DateField(_("first day"))
    start = models.TimeField(_("starts at"))
    duration = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(5), MaxValueValidator(LONGEST)]
    )
    zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    rule = models.CharField(_("how often (RRULE)"), max_length=recurrence.LONGEST_RULE, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    join_link = models.URLField(_("link to join"), max_length=500, blank=True)
    join_sharing = models.CharField(
        _("who sees the link"), max_length=10, choices=Sharing.choices, default=Sharing.PUBLIC
    )
    sealed_secret = models.TextField(editable=False, blank=True)  # the meeting's password, encrypted
    secret_sharing = models.CharField(
        _("who sees the password"), max_length=10, choices=Sharing.choices, default=Sharing.ON_REQUEST
    )
    join_phone = models.CharField(_("number to dial in"), max_length=32, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)  # iCalendar's SEQUENCE: one more with each change
    external_id = models.CharField(max_length=200, blank=True, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("meeting time")
        verbose_name_plural = _("meeting times")
        ordering = ["first_day", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(duration__range=(5, LONGEST)), name="schedule_duration"),
            models.CheckConstraint(
                condition=models.Q(modality="online") | models.Q(place__isnull=False),
                name="schedule_in_person_has_place",
                violation_error_message=_("A group that meets in person needs a place."),
            ),
            models.CheckConstraint(
                condition=models.Q(first_day__range=(recurrence.EARLIEST, recurrence.LATEST)),
                name="schedule_first_day",
                violation_error_message=_("The first day must lie between 1990 and 2100."),
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("first_day")),
                name="schedule_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{rule_words.in_words(self.rule, self.first_day)}, {clock(self.start)}"

    def clean(self) -> None:
        """Bring the rule into its one writing; a COUNT or UNTIL in it becomes the last day."""
        try:
            if self.first_day and recurrence.EARLIEST <= self.first_day <= recurrence.LATEST:
                self.until = recurrence.ending(self.rule, self.first_day, *self._clock()) or self.until
            self.rule = recurrence.canonical(self.rule)
        except recurrence.RuleRefused as error:
            raise ValidationError({"rule": str(error)}) from error
        if self.until and self.until > recurrence.LATEST:
            raise ValidationError({"until": _("The last day must lie before 2101. Leave it out if there is none.")})
        if self.first_day and recurrence.EARLIEST <= self.first_day <= recurrence.LATEST and self.never_meets():
            raise ValidationError({"rule": _("No day fits this rule.")})

    def _clock(self) -> tuple[time, str]:
        """What an UNTIL is read by; a field that is wrong has a message of its own."""
        start = self.start if isinstance(self.start, time) else time()
        try:
            validate_time_zone(self.zone)
        except ValidationError:
            return start, "UTC"
        return start, self.zone

    def never_meets(self) -> bool:
        """Whether the rule gives no day before it ends, such as February 30."""
        return self.first_meeting_day() is None

    def first_meeting_day(self) -> date | None:
        """The first day that the rule gives, within 30 years: "a fifth Monday in February" comes in leap years only."""
        for days in (62, 800, 30 * 366):
            if found := self.days_between(self.first_day, self.first_day + timedelta(days=days)):
                return found[0]
        return None

    @property
    def join_secret(self) -> str:
        return decrypt(self.sealed_secret) if self.sealed_secret else ""

    @join_secret.setter
    def join_secret(self, secret: str) -> None:
        self.sealed_secret = encrypt(secret) if secret else ""

    @property
    def public_join_link(self) -> str:
        return self.join_link if self.join_sharing == self.Sharing.PUBLIC else ""

    @property
    def public_join_phone(self) -> str:
        """The number is a way in as the link is, and shown to the same people."""
        return self.join_phone if self.join_sharing == self.Sharing.PUBLIC else ""

    @property
    def public_secret(self) -> str:
        """The password, where the organizer wants everybody to see it on the page. Never in a feed or an export."""
        return self.join_secret if self.secret_sharing == self.Sharing.PUBLIC and self.public_join_link else ""

    @property
    def is_in_person(self) -> bool:
        return self.modality != self.Modality.ONLINE

    @property
    def is_online(self) -> bool:
        return self.modality != self.Modality.IN_PERSON

    @property
    def weekdays(self) -> list[int]:
        """On which days of the week (Monday is 0) it can fall; none for "the 15th"."""
        return recurrence.weekdays(self.rule, self.first_day)

    def days_between(self, first: date, last: date) -> list[date]:
        """The days of the rule from `first` to `last`, whatever is said about single ones."""
        return recurrence.days(self.rule, self.first_day, self.until, first, last)

    def meetings(
        self,
        after: datetime,
        before: datetime,
        *,
        with_cancelled: bool = False,
        exceptions: Iterable[MeetingException] | None = None,
    ) -> list[Meeting]:
        """The meetings that end after `after` and start before `before`, in order. Both are instants.

        `exceptions` are those of this schedule, for whoever has read them already.
        """
        known = self.exceptions.all() if exceptions is None else exceptions
        otherwise: dict[date, MeetingException] = {row.day: row for row in known}
        found = [self._meeting(day, otherwise.get(day)) for day in self._days(after, before, otherwise)]
        wanted = [m for m in found if m.ends > after and m.starts < before and (with_cancelled or not m.cancelled)]
        return sorted(wanted, key=lambda meeting: meeting.starts)

    def next_meeting(self, after: datetime, exceptions: Iterable[MeetingException] | None = None) -> Meeting | None:
        """The first meeting that has not ended at `after`, within two years."""
        for days in (8, 45, 400, AHEAD.days):
            if found := self.meetings(after, after + timedelta(days=days), exceptions=exceptions):
                return found[0]
        return None

    def _days(self, after: datetime, before: datetime, otherwise: Iterable[date]) -> list[date]:
        """The days of the rule in that stretch, a day more at each end for the zones, and those of moved meetings."""
        zone = ZoneInfo(self.zone)
        first, last = after.astimezone(zone).date() - timedelta(days=2), before.astimezone(zone).date()
        near = recurrence.days(self.rule, self.first_day, self.until, first, last)
        far = [day for day in otherwise if recurrence.days(self.rule, self.first_day, self.until, day, day)]
        return sorted({*near, *far})

    def _meeting(self, day: date, otherwise: MeetingException | None) -> Meeting:
        if otherwise is None:
            return Meeting(self, day, datetime.combine(day, self.start))
        wall = otherwise.moved_to or datetime.combine(day, self.start)
        cancelled = otherwise.kind == MeetingException.Kind.CANCELLED
        return Meeting(self, day, wall, cancelled=cancelled, moved=not cancelled, note=otherwise.note)

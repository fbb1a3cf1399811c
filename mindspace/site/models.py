"""What the site says about itself, and the help lines it names. Staff change all of it in the admin, at once."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import JSONObject
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mindspace.site import hours as opening
from mindspace.site import phones
from mindspace.site.checked import Checked, CheckedQuerySet
from mindspace.site.languages import site_languages


def validate_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError with an odd repr
        raise ValidationError(_("This is not the name of a time zone, such as America/Chicago.")) from error
    except KeyError as error:
        raise ValidationError(_("This is not the name of a time zone, such as America/Chicago.")) from error


class SiteDetailsQuerySet(models.QuerySet["SiteDetails"]):
    def with_hours(self) -> "SiteDetailsQuerySet":
        """Bring the hours and the closed days along in the same query."""
        hours_rows = OpeningHours.objects.filter(site=models.OuterRef("pk")).values(
            row=JSONObject(weekday="weekday", opens="opens", closes="closes")
        )
        return self.annotate(
            hours_rows=ArraySubquery(hours_rows),
            closed_days=ArraySubquery(ClosedDay.objects.filter(site=models.OuterRef("pk")).values("day")),
        )


class SiteDetails(models.Model):
    """The one row that says who we are, where, and how to reach us."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=80)
    street = models.CharField(_("street"), max_length=120)
    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(_("state"), max_length=2)
    postal_code = models.CharField(_("ZIP code"), max_length=10)
    phone = models.CharField(_("phone"), max_length=16, validators=[phones.validate_phone])
    email = models.EmailField(_("e-mail"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    exit_url = models.URLField(
        _("exit address"),
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Where “Leave this site” goes: a page that anybody might have open, such as the weather."),
    )
    staff_of_one = models.BooleanField(
        _("staff of one"),
        default=False,
        help_text=_("Tick this while one person does all the work: rules that ask for a second person are lifted."),
    )
    language = models.CharField(_("language"), max_length=10, choices=site_languages, default="en-us")

    objects: ClassVar[SiteDetailsQuerySet] = SiteDetailsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("site details")
        verbose_name_plural = _("site details")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="site_details_one_row"),
            models.CheckConstraint(condition=models.Q(phone__regex=phones.PHONE_PATTERN), name="site_details_phone"),
            models.CheckConstraint(condition=models.Q(exit_url__startswith="https://"), name="site_details_exit_url"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "SiteDetails":
        """The details with their hours, in one query."""
        return cls.objects.with_hours().get()

    @property
    def phone_display(self) -> str:
        return phones.spaced(self.phone)

    @property
    def tel(self) -> str:
        return phones.tel(self.phone)

    @property
    def address(self) -> str:
        return f"{self.street}, {self.city}, {self.state} {self.postal_code}"

    @cached_property
    def spans(self) -> Sequence[opening.Span]:
        if "hours_rows" not in self.__dict__:
            return [row.span for row in self.hours.all()]
        rows: list[dict[str, Any]] = self.__dict__["hours_rows"]
        return [
            opening.Span(row["weekday"], time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"]))
            for row in rows
        ]

    @property
    def hours_in_words(self) -> str:
        """ "Daily, 8.00 am to 10.00 pm"."""
        return opening.in_words(self.spans)

    def open_state(self, now: datetime) -> opening.OpenState:
        """Whether somebody is here at `now` (aware), and until when or from when."""
        closed: list[date] | None = self.__dict__.get("closed_days")
        if closed is None:
            closed = list(self.closed.values_list("day", flat=True))
        return opening.open_state(self.spans, closed, ZoneInfo(self.time_zone), now)


class OpeningHours(models.Model):
    """One span of one weekday. It ends on the next day when it closes at or before it opens."""

    site = models.ForeignKey(SiteDetails, on_delete=models.CASCADE, default=1, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=tuple(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"), help_text=_("A time at or before the opening time means the next day."))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint("site", "weekday", "opens", name="opening_hours_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="opening_hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {opening.clock(self.opens)} – {opening.clock(self.closes)}"  # noqa: RUF001

    @property
    def span(self) -> opening.Span:
        return opening.Span(self.weekday, self.opens, self.closes)


class ClosedDay(models.Model):
    """A day on which nobody is here, whatever the weekday says. A span begun the evening before still ends."""

    site = models.ForeignKey(SiteDetails, on_delete=models.CASCADE, default=1, related_name="closed")
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["day"]
        constraints = [models.UniqueConstraint("site", "day", name="closed_day_once")]

    def __str__(self) -> str:
        return self.day.isoformat()


class HelpLine(Checked):
    """A number people can call or text now. It is corrected at once: no draft, no second person."""

    REACHED_BY = frozenset({"phone", "sms_number", "sms_keyword", "chat_url", "url"})

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    what_it_is = models.CharField(_("what it is"), max_length=300)
    audience = models.CharField(
        _("who it is for"),
        max_length=120,
        blank=True,
        help_text=_("Ends the sentence “For …”: veterans and their families."),
    )
    phone = models.CharField(_("phone"), max_length=16, blank=True, validators=[phones.validate_phone])
    sms_number = models.CharField(
        _("text number"),
        max_length=16,
        blank=True,
        validators=[phones.validate_sms],
        help_text=_("As people know it: 741741 or 678-678."),
    )
    sms_keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    chat_url = models.URLField(_("chat address"), blank=True)
    url = models.URLField(_("web address"), blank=True)
    good_to_know = models.CharField(_("good to know"), max_length=300, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    cost = models.CharField(_("cost"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Lower numbers stand first."))
    language = models.CharField(_("language"), max_length=10, choices=site_languages, default="en-us")
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once

    objects: ClassVar[CheckedQuerySet] = CheckedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phone="") | ~models.Q(sms_number="") | ~models.Q(chat_url=""),
                name="help_line_reachable",
                violation_error_message=_("Give a phone number, a text number or a chat address."),
            ),
            models.CheckConstraint(
                condition=models.Q(phone="") | models.Q(phone__regex=phones.PHONE_PATTERN), name="help_line_phone"
            ),
            models.CheckConstraint(
                condition=models.Q(sms_number="") | models.Q(sms_number__regex=phones.SMS_PATTERN), name="help_line_sms"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_display(self) -> str:
        return phones.dashed(self.phone)

    @property
    def tel(self) -> str:
        return phones.tel(self.phone) if self.phone else ""

    @property
    def sms(self) -> str:
        return phones.sms(self.sms_number, self.sms_keyword) if self.sms_number else ""

    @property
    def chat_name(self) -> str:
        """The chat address as people say it: "988lifeline.org"."""
        return self.chat_url.removeprefix("https://").removeprefix("www.").rstrip("/")

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import resting
from mindspace.accounts.models.user import User
from mindspace.accounts.places import Place
from mindspace.site.models import validate_time_zone

MOST_HOURS = 160  # in four weeks
WITHIN_REASON = Decimal(4)  # hours in four weeks, for those who have named none


class Day(models.TextChoices):
    """As a rule of RFC 5545 names them."""

    MONDAY = "MO", _("Monday")
    TUESDAY = "TU", _("Tuesday")
    WEDNESDAY = "WE", _("Wednesday")
    THURSDAY = "TH", _("Thursday")
    FRIDAY = "FR", _("Friday")
    SATURDAY = "SA", _("Saturday")
    SUNDAY = "SU", _("Sunday")


class ProfileQuerySet(models.QuerySet["Profile"]):
    def not_resting(self, today: date) -> Self:
        return self.filter(Q(resting_until=None) | Q(resting_until__lt=today))


class Profile(models.Model):
    """What a member says about themselves, and what they can give. It is made when it is first asked for.

    `latitude` to `y` are the middle of the cell that the middle of their ZIP area or town is in, never an address.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    is_adult = models.BooleanField(_("18 or older"), default=False)
    adult_stated_at = models.DateTimeField(null=True, editable=False)
    languages: "ArrayField[Any, Any]" = ArrayField(
        models.CharField(max_length=12), verbose_name=_("languages"), default=list, blank=True
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/Chicago", validators=[validate_time_zone]
    )
    area_name = models.CharField(_("area"), max_length=80, blank=True)
    area_zip = models.CharField(_("ZIP code"), max_length=5, blank=True)
    latitude = models.FloatField(null=True, editable=False)  # degrees
    longitude = models.FloatField(null=True, editable=False)
    x = models.FloatField(null=True, editable=False)  # the same in meters of Web Mercator
    y = models.FloatField(null=True, editable=False)
    # In four weeks; none: they may be asked, within reason.
    hours = models.DecimalField(_("hours in four weeks"), max_digits=5, decimal_places=2, null=True, blank=True)
    can_give: "ArrayField[Any, Any]" = ArrayField(
        models.CharField(max_length=16), verbose_name=_("what you can give"), default=list, blank=True
    )
    availability = models.CharField(_("when"), max_length=200, blank=True)
    available_days: "ArrayField[Any, Any]" = ArrayField(
        models.CharField(max_length=2, choices=Day.choices), verbose_name=_("days"), default=list, blank=True
    )
    resting_until = models.DateField(_("resting until"), null=True, blank=True)  # the last day of it
    # When they were last asked whether they could help. Those who were not for longest come first.
    asked_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gte=0, hours__lte=MOST_HOURS), name="profile_hours"
            ),
            models.CheckConstraint(
                condition=Q(is_adult=False, adult_stated_at=None) | Q(is_adult=True, adult_stated_at__isnull=False),
                name="profile_age_was_stated",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, x=None, y=None)
                | Q(latitude__isnull=False, longitude__isnull=False, x__isnull=False, y__isnull=False),
                name="profile_point",
            ),
        ]
        indexes = [
            # For matching: who gives this, and who is near.
            GinIndex(fields=["can_give"], name="profile_gives"),
            models.Index(
                F("asked_at").asc(nulls_first=True), "user", condition=Q(is_adult=True), name="profile_unasked"
            ),
            GistIndex(
                models.Func(F("x"), F("y"), function="point", output_field=models.TextField()),
                condition=Q(x__isnull=False),
                name="profile_near",
            ),
        ]

    def __str__(self) -> str:
        return self.user.display_name

    @classmethod
    def of(cls, user: User) -> "Profile":
        """The profile of `user`, made if there is none yet. Two at the same moment give one."""
        profile, _made = cls.objects.get_or_create(user=user)
        user.profile = profile  # no second query for it
        return profile

    @property
    def area_point(self) -> tuple[float, float] | None:
        """Latitude and longitude, coarse."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    def put_in(self, place: Place | None) -> None:
        """Set the area. Nothing is saved."""
        self.area_name, self.area_zip = (place.name, place.zip_code) if place else ("", "")
        self.latitude, self.longitude = (place.latitude, place.longitude) if place else (None, None)
        self.x, self.y = (place.x, place.y) if place else (None, None)

    def is_resting(self, today: date) -> bool:
        return self.resting_until is not None and self.resting_until >= today

    @property
    def may_be_asked(self) -> Decimal:
        """Hours in four weeks that others may count on, at most."""
        return WITHIN_REASON if self.hours is None else self.hours

    def state_age(self, adult: bool, now: datetime | None = None) -> None:
        """They say whether they are 18 or older. Nothing is saved."""
        if adult != self.is_adult:
            self.is_adult, self.adult_stated_at = adult, (now or timezone.now()) if adult else None

    def say_grown_up(self) -> None:
        """They are 18 or older, and say so."""
        self.state_age(True)
        self.save(update_fields=["is_adult", "adult_stated_at"])

    def rest(self, until: date | None) -> None:
        """Rest up to and with that day: apps hand over, kindly, what is open. None: back again."""
        with transaction.atomic():
            row = Profile.objects.select_for_update().get(pk=self.pk)
            begins = until is not None and not row.is_resting(timezone.localdate())
            row.resting_until = until
            row.save(update_fields=["resting_until"])
            if begins and until is not None:
                resting.begin(row.user, until)
        self.refresh_from_db()

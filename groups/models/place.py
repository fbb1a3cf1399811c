from urllib.parse import quote

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups import towns
from groups.geometry import Point, snapped
from mindspace.site.models import validate_time_zone


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Place(models.Model):
    """Where a group meets. What leaves the desk is `public_point`, `public_address`, `public_name` and `area` only."""

    class Precision(models.TextChoices):
        """How exact the coordinates are."""

        ADDRESS = "address", _("The door")
        STREET = "street", _("The street")
        POSTAL = "postal", _("The ZIP code")
        TOWN = "town", _("The town")

    class Publicity(models.TextChoices):
        """How much of it everybody may see, from all of it down."""

        EXACT = "exact", _("The address")
        AREA = "area", _("Only the area")
        ON_REQUEST = "on_request", _("Only the town, the rest on request")

    name = models.CharField(_("name of the place"), max_length=120, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    city = models.CharField(_("town"), max_length=80)
    state = models.CharField(_("state"), max_length=2)
    postal_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    hint = models.CharField(_("how to find the room"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    precision = models.CharField(_("how exact"), max_length=10, choices=Precision.choices, default=Precision.ADDRESS)
    publicity = models.CharField(_("what is public"), max_length=10, choices=Publicity.choices, default=Publicity.EXACT)
    zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-85.05, 85.05), longitude__range=(-180, 180)), name="place_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return self.area

    def tell(self) -> None:
        """Say that it changed to whoever has a copy: exports by the groups' date, calendars by SEQUENCE, the search."""
        from groups.models.group import Group  # noqa: PLC0415 - it has places
        from groups.models.keeping import reindex  # noqa: PLC0415 - it reads the models

        groups = set(self.schedules.values_list("group_id", flat=True))
        self.schedules.update(sequence=models.F("sequence") + 1)
        Group.objects.filter(pk__in=groups).update(updated_at=timezone.now())
        reindex(groups)

    @property
    def staff_label(self) -> str:
        """All of it in one line, for staff to know it by. On no page but the admin's."""
        known = [self.name, self.street, f"{self.area} {self.postal_code}".strip()]
        return ", ".join(filter(None, known))

    @property
    def point(self) -> Point:
        return Point(self.latitude, self.longitude)

    @property
    def is_exact(self) -> bool:
        """Whether everybody may see the address."""
        return self.publicity == self.Publicity.EXACT

    @property
    def is_pin(self) -> bool:
        """Whether the public point is the place itself, and not somewhere near it."""
        return self.is_exact and self.precision in (self.Precision.ADDRESS, self.Precision.STREET)

    @property
    def public_point(self) -> Point:
        """What maps, distances and feeds go by: the cell of an area, and the middle of the town where only that is
        public, so that "near me" still finds the group."""
        if self.is_exact:
            return self.point
        only_town = self.publicity == self.Publicity.ON_REQUEST
        town = (towns.exactly(self.city, self.state) or towns.nearest(self.point)) if only_town else None
        return town.point if town else snapped(self.point)

    @property
    def is_on_maps(self) -> bool:
        """The middle of a town is not where a group meets, nor near it: a map would say so."""
        return self.publicity != self.Publicity.ON_REQUEST

    @property
    def area(self) -> str:
        return f"{self.city}, {self.state}"

    @property
    def public_name(self) -> str:
        return self.name if self.is_exact else ""

    @property
    def public_address(self) -> str:
        """One line: the whole of it where it is public, else the town."""
        if not self.is_exact:
            return self.area
        return ", ".join(filter(None, [self.street, f"{self.area} {self.postal_code}".strip()]))

    @property
    def geo_link(self) -> str:
        """For the map program on the visitor's own device: `geo:` with the address as what to look for (RFC 5870, and
        `q` as Android reads it). "" where the address is not public. An inexact point is no more exact here."""
        if not self.is_exact:
            return ""
        digits = 5 if self.is_pin else 2
        latitude, longitude = (f"{degrees:.{digits}f}" for degrees in self.public_point)
        return f"geo:{latitude},{longitude}?q={quote(self.public_address)}"

    @property
    def what_is_public(self) -> str:
        """Why there is no address, in words for the page; "" where there is one."""
        return {
            self.Publicity.EXACT: "",
            self.Publicity.AREA: gettext("The group shows only its area. You get the address when you get in touch."),
            self.Publicity.ON_REQUEST: gettext("The group gives the address only to people who get in touch."),
        }[self.Publicity(self.publicity)]

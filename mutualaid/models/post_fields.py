"""What a post has: every column, and what may stand in it."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.group import SPOKEN
from mindspace.site.models import validate_time_zone
from mutualaid.categories import Category

MOST_SLOTS = 20
QUARTER = Decimal("0.25")  # of an hour


class PostFields(models.Model):
    """`area_*` is public and coarse: the middle of a ZIP area or a town, moved to the middle of its cell."""

    class Kind(models.TextChoices):
        REQUEST = "request", _("Request")
        OFFER = "offer", _("Offer")

    class Reckoning(models.TextChoices):
        GIFT = "gift", _("A gift")
        TIMEBANK = "timebank", _("An hour for an hour")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everybody: visitors see it without a name")
        MEMBERS = "members", _("Members who are signed in")
        VOUCHED = "vouched", _("Members whom others have vouched for")
        CIRCLE = "circle", _("One circle")

    class When(models.TextChoices):
        ANY = "any", _("We find a time together")
        WINDOW = "window", _("On a day, or between two days")
        RECURRING = "recurring", _("Again and again")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        HELD = "held", _("Waits for a look")
        OPEN = "open", _("On the board")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed")

    class ClosedAs(models.TextChoices):
        FULFILLED = "fulfilled", _("Help was found")
        WITHDRAWN = "withdrawn", _("Taken back")
        EXPIRED = "expired", _("Its time was over")
        REMOVED = "removed", _("Taken down by a moderator")

    LIVE = (State.OPEN, State.PAUSED)
    UNFINISHED = (State.DRAFT, State.HELD)
    COMES_BACK = (ClosedAs.EXPIRED, ClosedAs.FULFILLED)  # for a while

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="posts")
    written_by = models.ForeignKey(  # a moderator, for somebody who asked by phone
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.REQUEST)
    category = models.CharField(_("about"), max_length=16, choices=Category.choices, blank=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    words = models.TextField(_("in your words"), max_length=2000, blank=True)
    helps = models.TextField(_("what helps"), max_length=400, blank=True)
    helps_not = models.TextField(_("what does not"), max_length=400, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12, choices=SPOKEN), verbose_name=_("languages"), default=list, blank=True
    )
    # Where
    remote = models.BooleanField(_("by phone or online"), default=False)
    area_name = models.CharField(_("area"), max_length=80, blank=True)
    area_zip = models.CharField(_("ZIP code"), max_length=5, blank=True)
    latitude = models.FloatField(null=True, editable=False)  # degrees, of the cell's middle
    longitude = models.FloatField(null=True, editable=False)
    x = models.FloatField(null=True, editable=False)  # the same in meters of Web Mercator
    y = models.FloatField(null=True, editable=False)
    # When: local wall time in its `zone`; `rule` is an RFC 5545 RRULE in the writing of groups.recurrence
    when = models.CharField(_("when"), max_length=9, choices=When.choices, default=When.ANY)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    start = models.TimeField(_("from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("how many minutes"), null=True, blank=True)
    rule = models.CharField(_("how often"), max_length=120, blank=True)
    # How many, how long, and for what
    slots = models.PositiveSmallIntegerField(
        _("how many people"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SLOTS)]
    )
    hours = models.DecimalField(
        _("hours each"), max_digits=4, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    bookable = models.BooleanField(_("each time is booked on its own"), default=False)
    reckoning = models.CharField(_("in return"), max_length=8, choices=Reckoning.choices, default=Reckoning.GIFT)
    # Who sees it, and until when
    audience = models.CharField(_("who sees it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS)
    # A circle closes, and is not deleted while a post names it: with CASCADE, what two people agreed on would go with
    # it; with SET_NULL, an open post would be for nobody.
    circle = models.ForeignKey(
        "circles.Circle", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ends_on = models.DateField(_("ends on"), null=True, blank=True)  # its last day; null: an offer that stands
    true_at = models.DateTimeField(null=True, editable=False)  # when its author last said that it still is true
    zone = models.CharField(_("time zone"), max_length=64, default="America/Chicago", validators=[validate_time_zone])
    # Where it stands: see post_states.py
    state = models.CharField(max_length=6, choices=State.choices, default="draft", editable=False)
    closed_as = models.CharField(max_length=9, choices=ClosedAs.choices, blank=True, editable=False)
    back_to = models.CharField(max_length=9, blank=True, editable=False)  # where it stood before it was held or removed
    paused_for_rest = models.BooleanField(default=False, editable=False)  # not by its author's own hand
    held_reasons: "ArrayField[Any, Any]" = ArrayField(models.CharField(max_length=12), default=list, editable=False)
    urgent = models.BooleanField(default=False, editable=False)  # words of crisis: first in the queue, and never shown
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    redacted_at = models.DateTimeField(null=True, editable=False)
    # What the board finds it by, made from what is public when it opens or changes: see mutualaid/board.py
    facets: "ArrayField[Any, Any]" = ArrayField(models.IntegerField(), default=list, editable=False)
    search = SearchVectorField(null=True, editable=False)

    # What points at it.
    responses: Any
    seats: Any
    reports: Any
    helds: Any

    class Meta:
        abstract = True

"""A request or an offer on the board."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Mod
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from groups.geometry import Point
from groups.models.group import SPOKEN
from groups.models.search import point
from mindspace.site.models import validate_time_zone
from mutualaid.categories import SENSITIVE, Category
from mutualaid.models.post_queries import PostQuerySet
from mutualaid.models.post_states import PostStates
from mutualaid.models.post_when import PostWhen

MOST_SLOTS = 20
QUARTER = Decimal("0.25")  # of an hour
ENDS = Coalesce("ends_on", Value(date(9999, 12, 31)))  # what stands comes after what ends


class Post(PostStates, PostWhen):
    """`area_*` is public and coarse: the middle of a ZIP area or a town, moved to the middle of its cell."""

    class Kind(models.TextChoices):
        REQUEST = "request", _("Request")
        OFFER = "offer", _("Offer")

    class Reckoning(models.TextChoices):
        GIFT = "gift", _("A gift")
        TIMEBANK = "timebank", _("An hour for an hour")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everybody: visitors see it without your name")
        MEMBERS = "members", _("Members who are signed in")
        VOUCHED = "vouched", _("Members whom others have vouched for")
        CIRCLE = "circle", _("One circle")

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
    state = models.CharField(max_length=6, choices=PostStates.State.choices, default="draft", editable=False)
    closed_as = models.CharField(max_length=9, choices=PostStates.ClosedAs.choices, blank=True, editable=False)
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

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-made_at"]
        permissions = [("moderate_post", "Can moderate the board")]
        constraints = [
            *PostWhen.Meta.constraints,
            models.CheckConstraint(condition=Q(slots__gte=1, slots__lte=MOST_SLOTS), name="post_slots"),
            models.CheckConstraint(condition=Q(hours=None) | Q(hours__gt=0, hours__lte=24), name="post_hours"),
            # The time bank counts in quarters of an hour.
            models.CheckConstraint(
                condition=Q(reckoning="gift")
                | Q(reckoning="timebank", hours__isnull=False) & Q(Exact(Mod("hours", Value(QUARTER)), 0)),
                name="post_timebank_hours",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(closed_as="")
                | ~Q(state="closed") & Q(closed_at=None, closed_as=""),
                name="post_closed_somehow",
            ),
            models.CheckConstraint(
                condition=Q(back_to__in=("", "open", "paused", "fulfilled", "withdrawn", "expired")),
                name="post_back_to",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("open", "paused"))
                | Q(opened_at__isnull=False) & ~Q(title="") & ~Q(category=""),
                name="post_open_is_whole",
            ),
            # A request ends; only an offer may stand until it is taken back.
            models.CheckConstraint(
                condition=~Q(state__in=("open", "paused")) | Q(ends_on__isnull=False) | Q(kind="offer"),
                name="post_request_ends",
            ),
            # What has ended may lose its circle; nothing else is for one circle without saying for which.
            models.CheckConstraint(
                condition=Q(state="closed")
                | Q(audience="circle", circle__isnull=False)
                | ~Q(audience="circle") & Q(circle=None),
                name="post_for_which_circle",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, x=None, y=None)
                | Q(latitude__isnull=False, longitude__isnull=False, x__isnull=False, y__isnull=False),
                name="post_point",
            ),
        ]
        indexes = [
            # All of the board is in these: closed posts, most of the table, are in none of them.
            models.Index(fields=["-opened_at", "id"], condition=Q(state="open"), name="post_newest"),
            models.Index(ENDS, "id", condition=Q(state="open"), name="post_ending"),
            GinIndex(fields=["facets", "search"], condition=Q(state="open"), fastupdate=False, name="post_found_by"),
            GistIndex(point(F("x"), F("y")), condition=Q(state="open", x__isnull=False), name="post_near"),
            models.Index(
                fields=["ends_on"], condition=Q(state__in=("open", "paused"), ends_on__isnull=False), name="post_ends"
            ),
            models.Index(fields=["circle"], condition=Q(circle__isnull=False), name="post_of_circle"),
            models.Index(fields=["true_at"], condition=Q(state="open", ends_on=None), name="post_stands"),
            models.Index(fields=["closed_at"], condition=Q(state="closed", redacted_at=None), name="post_to_redact"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mutualaid:post_detail", args=[self.pk])

    @property
    def public_url(self) -> str:
        return settings.SITE_URL + self.get_absolute_url()

    @property
    def public_words(self) -> str:
        """All that others read, as the guard does."""
        return "\n".join(filter(None, [self.title, self.words, self.helps, self.helps_not]))

    @property
    def teaser(self) -> str:
        """What a visitor reads of it."""
        return Truncator(self.words).words(30)

    @property
    def is_sensitive(self) -> bool:
        return self.category in SENSITIVE

    @property
    def is_example(self) -> bool:
        return self.author is not None and self.author.is_example

    @property
    def area_point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    def stands(self) -> bool:
        """Whether it is an offer without an end."""
        return self.ends_on is None and self.kind == self.Kind.OFFER

    def days_left(self, now: datetime | None = None) -> int | None:
        """Days until its last one, 0 on that day; None where it stands."""
        if self.ends_on is None:
            return None
        today: date = timezone.localdate(now)
        return (self.ends_on - today).days

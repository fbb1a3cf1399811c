"""A request or an offer on the board."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Mod
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from groups.geometry import Point
from groups.models.search import point
from mutualaid.categories import SENSITIVE
from mutualaid.models.post_fields import MOST_SLOTS, QUARTER
from mutualaid.models.post_queries import PostQuerySet
from mutualaid.models.post_states import PostStates
from mutualaid.models.post_when import PostWhen

ENDS = Coalesce("ends_on", Value(date(9999, 12, 31)))  # what stands comes after what ends


class Post(PostStates, PostWhen):
    """Its columns are in post_fields.py, what may be done with it in post_states.py."""

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-made_at"]
        permissions = [("moderate_post", "Can moderate the board")]
        constraints = [
            *PostWhen.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=["draft", "held", "open", "paused", "closed"]), name="post_state"
            ),
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
                fields=["opened_at", "id"],
                condition=Q(state="open", kind="request", remote=True),
                name="post_waits_by_phone",
            ),
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

    def frees_chairs(self) -> bool:
        """Whether a chair that somebody sat on to the end is free for the next one: while it stands, or recurs.

        Of a request whose times are booked, each chair is one time.
        """
        each_once = self.bookable and self.kind == self.Kind.REQUEST
        recurs = self.when == self.When.RECURRING and not each_once and self.next_time is not None
        return self.stands() or recurs

    def days_left(self, now: datetime | None = None) -> int | None:
        """Days until its last one, 0 on that day; None where it stands."""
        if self.ends_on is None:
            return None
        today: date = timezone.localdate(now)
        return (self.ends_on - today).days

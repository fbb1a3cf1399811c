"""What a card and a page say about a post to one person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.circles.models import Membership
from groups.models.group import SPOKEN
from groups.wording import city_word
from mindspace.moderation.models import Sanction
from mindspace.site.hours import clock
from mutualaid import guard, looking
from mutualaid.models import HeldPost, Post
from mutualaid.moments import length, stamp


@dataclass(frozen=True)
class Chair:
    """One of the people needed: free, or taken by `name`. `day` and `stamp` are set where each has its own time."""

    number: int
    is_free: bool = True
    name: str = ""
    day: str = ""
    stamp: str = ""

    @property
    def drawing(self) -> str:
        return "seat-free" if self.is_free else f"seat-{self.number % 4 + 1}"


@dataclass(frozen=True)
class Shown:
    post: Post
    user: Any
    miles: float | None = None
    away: Collection[Any] = ()  # whose names are not for this person: kept apart from them, or taking no part now
    as_moderator: bool = False  # on a page of moderators, where they have no chair themselves

    @property
    def with_name(self) -> bool:
        """Names are for members. Visitors see a teaser."""
        return bool(self.user.is_authenticated)

    @property
    def for_whom(self) -> str:
        """Its audience. Only members of a circle read its name, and moderators that there is one."""
        post = self.post
        if post.circle is None or self.as_moderator:
            return str(post.get_audience_display())
        return _("Only %(circle)s") % {"circle": post.circle.name}

    @property
    def is_own(self) -> bool:
        return self.post.is_of(self.user)

    def _knows(self, seat: Any) -> bool:
        """Who meets whom, and when, is for the two of them, and for those who sit in one circle with both."""
        by = seat.response.by_id
        if by in self.away or self.as_moderator:
            return False
        return self.is_own or by == self.user.pk or by in self._in_circle

    @cached_property
    def _in_circle(self) -> Collection[Any]:
        """Whom they meet in the circle that the post is for; whoever answered before that may not sit there."""
        rows = Membership.objects.filter(circle=self.post.circle_id) if self.post.circle_id else None
        return set(rows.shown_to(self.user).values_list("user", flat=True)) if rows is not None else ()

    @cached_property
    def chairs(self) -> list[Chair]:
        """In the order of their days where each has one, else of their numbers."""
        post, times = self.post, iter(self.post.free_times())
        seats = {seat.number: seat for seat in post.seats.all()}
        chairs = []
        for number in range(max([post.slots, *(number + 1 for number in seats)])):
            seat = seats.get(number)
            if seat is None and number >= post.slots:
                continue
            at = seat.starts_at if seat else next(times, None)
            if post.bookable and seat is None and at is None:  # no time is left for it
                continue
            name = seat.response.by.display_name if seat is not None and self._knows(seat) else ""
            chairs.append(Chair(number, seat is None, name, self._day(at), stamp(at) if at else ""))
        return sorted(chairs, key=lambda chair: (chair.stamp or "9", chair.number))

    def _day(self, at: datetime | None) -> str:
        return date_format(timezone.localtime(at, ZoneInfo(self.post.zone)), "M j") if at else ""

    @property
    def taken(self) -> int:
        return sum(not chair.is_free for chair in self.chairs)

    @property
    def free(self) -> int:
        return len(self.chairs) - self.taken

    @property
    def is_filled(self) -> bool:
        return self.free == 0

    @property
    def chairs_in_words(self) -> str:
        if self.is_filled:
            return _("Every chair is taken")
        free = ngettext("%(free)d chair free", "%(free)d chairs free", self.free) % {"free": self.free}
        if not self.taken:
            return free
        return _("%(taken)d taken, %(free)s") % {"taken": self.taken, "free": free}

    @property
    def times_to_book(self) -> str:
        """How many, where each is booked on its own."""
        if not self.post.bookable:
            return ""
        said = ngettext("%(slots)d time can be booked", "%(slots)d times can be booked", self.post.slots)
        return said % {"slots": self.post.slots}

    @property
    def answer_url(self) -> str:
        """Where one answers; "" while that cannot be done."""
        if self.post.state != "open" or self.is_filled or self.is_own or self.as_moderator:
            return ""
        return reverse("mutualaid:response_new", args=[self.post.pk])

    @property
    def where(self) -> str:
        if self.post.remote:
            return _("By phone or online")
        if self.miles is None:
            return self.post.area_name
        if self.miles < 1:
            return _("%(area)s, less than a mile away") % {"area": self.post.area_name}
        return _("%(area)s, about %(miles)d miles away") % {"area": self.post.area_name, "miles": round(self.miles)}

    @property
    def when(self) -> str:
        post = self.post
        if post.when == "any" or post.first_day is None:
            return _("We find a time together")
        at = clock(post.start) if post.start else ""
        if at and post.remote:  # who reads it may be anywhere
            at = _("%(time)s, %(city)s time") % {"time": at, "city": city_word(post.zone)}
        if post.when == "recurring":
            return _("%(days)s at %(time)s") % {"days": post.rule_in_words, "time": at}
        days = date_format(post.first_day, "F j")
        if post.last_day and post.last_day != post.first_day:
            days = _("%(first)s to %(last)s") % {"first": days, "last": date_format(post.last_day, "F j")}
        return _("%(days)s at %(time)s") % {"days": days, "time": at} if at else days

    @property
    def languages(self) -> list[str]:
        return [str(SPOKEN[code]) for code in self.post.languages if code in SPOKEN]

    @property
    def length(self) -> str:
        return length(self.post.minutes) if self.post.minutes else ""

    @property
    def hours(self) -> str:
        """For each person; "" where that is how long it takes anyway."""
        hours = self.post.hours
        if hours is None or (self.post.minutes and abs(hours * 60 - self.post.minutes) < 1):
            return ""
        if hours < 1:
            return _("About %(minutes)d minutes") % {"minutes": round(hours * 60)}
        plain = f"{hours.normalize():f}"
        return ngettext("About %(hours)s hour", "About %(hours)s hours", 1 if hours == 1 else 2) % {"hours": plain}

    @property
    def in_return(self) -> str:
        """In a sentence that says who gives, and how much."""
        if not self.post.banked:
            return _("A gift: nothing is asked in return")
        hours = length(self.post.banked)
        if self.post.kind == Post.Kind.REQUEST:
            return _("An hour for an hour: whoever helps gets %(hours)s in the time bank") % {"hours": hours}
        return _("An hour for an hour: whoever is helped gives %(hours)s from the time bank") % {"hours": hours}

    @property
    def ends(self) -> str:
        left = self.post.days_left()
        if left is None:
            return _("Stays until it is taken back") if self.post.stands() else ""
        if left <= 0:
            return _("Ends today")
        return ngettext("Ends in %(days)d day", "Ends in %(days)d days", left) % {"days": left}

    @cached_property
    def is_kept_out(self) -> bool:
        """Whether its author may not take part just now, so that others do not see it."""
        sanction = Sanction.objects.now(self.post.author)
        return sanction is not None and sanction.keeps_out

    @property
    def held_reasons(self) -> list[Any]:
        """For its author, and nothing about words of crisis."""
        return [looking.REASONS[reason] for reason in self.post.held_reasons if reason in looking.REASONS]

    @property
    def found(self) -> list[str]:
        """What of it looks private, named: for its author while it is held for that."""
        return guard.named_in(self.post.public_words) if "private" in self.post.held_reasons else []

    @cached_property
    def question(self) -> str:
        """What a moderator asks, "" if nothing."""
        held = next((held for held in self.post.helds.all() if held.state == HeldPost.State.ASKED), None)
        asked = held.decisions().filter(verdict="ask").first() if held else None
        return asked.words if asked else ""

    @property
    def can(self) -> dict[str, bool]:
        """What this person may do to it."""
        names = ("changed", "paused", "resumed", "renewed", "closed")
        return {name: getattr(self.post, f"can_be_{name}_by")(self.user) for name in names}

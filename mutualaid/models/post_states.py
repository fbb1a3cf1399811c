"""Where a post stands: draft -> held -> open <-> paused -> closed. Each step is a verb, and only these change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.moderation.models.sanction import may_write
from mutualaid import board_index, looking
from mutualaid.errors import MayNotWrite, NotFinished, NotNow, NotOftener
from mutualaid.models.post_queries import MODERATE

if TYPE_CHECKING:
    from mutualaid.models.post import Post

DAYS_OPEN = 30
RENEWABLE_FOR = timedelta(days=30)  # after it ended
QUIET_FOR = timedelta(days=6)


class PostStates(models.Model):
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

    class Meta:
        abstract = True

    # -- What happens to it ----------------------------------------------------------------------------

    def submit(self) -> None:
        """Send a finished draft in: it opens, or is held for a look first.

        Raises NotFinished, NotOftener, MayNotWrite, NotNow.
        """
        with self._from(self.State.DRAFT) as post:
            if not may_write(post.author):
                raise MayNotWrite
            if post.missing:
                raise NotFinished
            if post.is_twice():
                raise NotOftener
            looking.look(post)
            if post.held_reasons:
                post._hold()
            else:
                post._open()

    def hold(self, *reasons: str) -> None:
        """Take it off the board until a moderator has looked. In the queue once, however often this is called."""
        with self._from(self.State.DRAFT, self.State.HELD, *self.LIVE) as post:
            post.held_reasons = sorted({*post.held_reasons, *reasons})
            post._hold()

    def publish(self, by: Any) -> None:
        """A moderator has looked, and it is fine."""
        with self._from(self.State.HELD) as post:
            post.held_reasons = []
            post._open()

    def change(self, **fields: Any) -> None:
        """Write other words or times. What is open is looked at as if it were new; what is held stays held."""
        with self._from(*self.UNFINISHED, *self.LIVE) as post:
            if post.state != self.State.DRAFT and not may_write(post.author):
                raise MayNotWrite
            for name, value in fields.items():
                setattr(post, name, value)
            post.updated_at = timezone.now()
            if post.state == self.State.DRAFT:
                post.save()
                return
            looking.look(post)
            if post.held_reasons or post.state == self.State.HELD:
                post._hold()
            else:
                board_index.write(post)
                post.save()

    def pause(self) -> None:
        with self._from(self.State.OPEN) as post:
            post.state = self.State.PAUSED
            post.save(update_fields=["state"])

    def resume(self) -> None:
        with self._from(self.State.PAUSED) as post:
            post.state, post.paused_for_rest = self.State.OPEN, False
            post.save(update_fields=["state", "paused_for_rest"])

    def renew(self, days: int = DAYS_OPEN) -> None:
        """Say that it still is true: it stays, or comes back, for `days` more. A standing offer goes on standing.

        Raises MayNotWrite, NotNow.
        """
        with self._from(*self.LIVE, self.State.CLOSED) as post:
            if not may_write(post.author):
                raise MayNotWrite
            if post.state == self.State.CLOSED:
                if not post.can_come_back():
                    raise NotNow
                post.closed_at, post.closed_as = None, ""
                post._open()
                return
            post.true_at = timezone.now()
            if post.ends_on is not None:
                post.ends_on = max(post.ends_on, timezone.localdate() + timedelta(days=days))
            post.save(update_fields=["true_at", "ends_on"])

    def close(self, closed_as: str) -> None:
        """End it. A draft that is taken back is nothing any more, and goes."""
        with self._from(*self.UNFINISHED, *self.LIVE) as post:
            if post.state == self.State.DRAFT:
                post.delete()
                return
            if post.state == self.State.HELD and closed_as != self.ClosedAs.REMOVED:
                post.helds.undecided().delete()  # there is nothing left to decide
            post.state, post.closed_as, post.closed_at = self.State.CLOSED, closed_as, timezone.now()
            post.save(update_fields=["state", "closed_as", "closed_at"])
            post.responses.lapse()

    def expire(self, today: date) -> bool:
        """End it because its last day is over; False where it goes on meanwhile."""
        with transaction.atomic():
            post = type(self)._base_manager.select_for_update().get(pk=self.pk)
            due = post.state in self.LIVE and post.ends_on is not None and post.ends_on < today
            if due and not post.is_busy():
                post.close(self.ClosedAs.EXPIRED)
                return True
        return False

    def redact(self, now: datetime) -> None:
        """Take the words and the place out of what ended long ago. That it was there, and how it ended, stays."""
        with self._from(self.State.CLOSED) as post:
            post.title = post.words = post.helps = post.helps_not = post.area_name = post.area_zip = ""
            post.latitude = post.longitude = post.x = post.y = post.search = None
            post.facets, post.languages, post.redacted_at = [], [], now
            post.save()

    # -- Who may do it ---------------------------------------------------------------------------------

    @staticmethod
    def can_be_written_by(user: Any) -> bool:
        """Posting is for grown-ups, who say so themselves, and for whoever may write just now."""
        return bool(user.is_authenticated and user.is_adult and may_write(user))

    def is_of(self, user: Any) -> bool:
        return user.is_authenticated and self.author_id == user.pk

    def can_be_changed_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state != self.State.CLOSED

    def can_be_paused_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state == self.State.OPEN

    def can_be_resumed_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state == self.State.PAUSED

    def can_be_renewed_by(self, user: Any) -> bool:
        return self.is_of(user) and (self.state in self.LIVE or self.can_come_back())

    def can_be_closed_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state != self.State.CLOSED

    def can_be_held_by(self, user: Any) -> bool:
        return user.has_perm(MODERATE) and self.state in self.LIVE and not self.is_of(user)

    def can_come_back(self, now: datetime | None = None) -> bool:
        """For a while after its time was over."""
        if self.state != self.State.CLOSED or self.closed_as != self.ClosedAs.EXPIRED or self.redacted_at:
            return False
        return self.closed_at is not None and self.closed_at > (now or timezone.now()) - RENEWABLE_FOR

    # -- How it is -------------------------------------------------------------------------------------

    @property
    def missing(self) -> list[str]:
        """The steps that something is missing in."""
        place = self.remote or self.latitude is not None
        steps = {"what": self.category and self.title and self.words, "when": place}
        return [step for step, done in steps.items() if not done]

    def is_busy(self, now: datetime | None = None) -> bool:
        """Whether something is agreed, or people talked in the last days: then its last day does not end it."""
        since = (now or timezone.now()) - QUIET_FOR
        live = self.responses.live()
        agreed = live.filter(arrangements__state__in=("agreed", "done")).exists()
        return bool(agreed or live.filter(messages__made_at__gt=since).exists())

    def is_twice(self) -> bool:
        """Whether its author has the same words on the board already."""
        rows: Any = type(self)._base_manager
        same = rows.filter(
            author=self.author_id, state__in=(self.State.HELD, *self.LIVE), kind=self.kind, title__iexact=self.title,
            words=self.words,
        )  # fmt: skip
        return bool(same.exclude(pk=self.pk).exists())

    def _hold(self) -> None:
        self.state = self.State.HELD
        self.save()
        self.helds.wait_for_a_look(self)

    def _open(self) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        if (self.kind == "request" and self.ends_on is None) or (self.ends_on is not None and self.ends_on < today):
            self.ends_on = today + timedelta(days=DAYS_OPEN)
        self.state, self.opened_at, self.true_at = self.State.OPEN, now, now
        board_index.write(cast("Post", self))
        self.save()

    @contextmanager
    def _from(self, *states: str) -> Iterator["Post"]:
        """The row, locked and as it is by now; afterwards this object is as the row is. Raises NotNow."""
        rows: Any = type(self)._base_manager
        with transaction.atomic():
            # In the order in which a moderator's decision locks them, so that neither waits for the other for ever.
            list(self.helds.undecided().select_for_update().values("pk"))
            post = rows.select_for_update().filter(pk=self.pk, state__in=states).first()
            if post is None:
                raise NotNow
            yield post
        fresh = rows.filter(pk=self.pk).first()
        if fresh is not None:  # a draft that was taken back is gone
            self.__dict__.update(fresh.__dict__)

    # What Post has.
    helds: Any
    responses: Any
    seats: Any
    held_reasons: Any
    author_id: Any
    author: Any
    kind: Any
    state: Any
    ends_on: Any
    opened_at: Any
    true_at: Any
    closed_as: Any
    paused_for_rest: Any
    closed_at: Any
    redacted_at: Any
    remote: Any
    latitude: Any
    longitude: Any
    x: Any
    y: Any
    search: Any
    facets: Any
    languages: Any
    helps: Any
    helps_not: Any
    area_name: Any
    area_zip: Any
    category: Any
    title: Any
    words: Any

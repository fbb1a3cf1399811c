"""Where a post stands: draft -> held -> open <-> paused -> closed. Each step is a verb, and only these change it."""

from copy import copy
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mindspace.moderation.models import Verdict, may_write
from mindspace.moderation.models.report import SELF_HARM
from mindspace.notifications.models import Notification
from mutualaid import board_index, in_return, looking
from mutualaid.errors import BelowFloor, MayNotWrite, NotFinished, NotNow, NotOftener
from mutualaid.models.post_steps import DAYS_OPEN, REPORTED, PostSteps


class PostStates(PostSteps):
    class Meta(PostSteps.Meta):
        abstract = True

    def submit(self) -> None:
        """Send a finished draft in: it opens, or is held for a look first.

        Raises NotFinished, NotOftener, MayNotWrite, CountedOnce, BelowFloor, NotNow.
        """
        with self._in_turn(), self._from(self.State.DRAFT) as post:
            if not post.can_be_written_by(post.author):
                raise MayNotWrite
            if post.missing:
                raise NotFinished
            if post.is_twice():
                raise NotOftener
            post._keep_count()
            in_return.allow_request(post)
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
        """A moderator has looked, and it is fine. What reports hide stays hidden until those are decided, too."""
        with self._from(self.State.HELD) as post:
            post.held_reasons = [REPORTED] if post.reports.hide(post) else []
            post._go_back()

    def unhide(self) -> None:
        """No report hides it any more. What else holds it, still does."""
        with self._from(self.State.HELD) as post:
            post.held_reasons = [reason for reason in post.held_reasons if reason != REPORTED]
            if post.helds.undecided().exists():
                post.save(update_fields=["held_reasons"])
            else:
                post._go_back()

    def change(self, **fields: Any) -> None:
        """Write other words or times. What is open is looked at as if it were new; what is held stays held.

        Raises MayNotWrite, TooFewChairs, Answered, CountedOnce, BelowFloor, NotNow.
        """
        with self._in_turn(), self._from(*self.UNFINISHED, *self.LIVE) as post:
            if post.state != self.State.DRAFT and not may_write(post.author):
                raise MayNotWrite
            before = copy(post)
            for name, value in fields.items():
                setattr(post, name, value)
            post.updated_at = timezone.now()
            if post.state == self.State.DRAFT:
                post.save()
                return
            post._keep_chairs()
            post._keep_terms(before)
            if post.kind == "request" and post.ends_on is None:  # only an offer stands
                post.ends_on = timezone.localdate() + timedelta(days=DAYS_OPEN)
            if post.ends_on and post.over_on and post.over_on != before.over_on:  # it does not end before its day
                post.ends_on = max(post.ends_on, post.over_on)
            hidden = REPORTED in post.held_reasons
            looking.look(post)
            post.held_reasons += [REPORTED] if hidden else []
            if post.held_reasons or post.state == self.State.HELD:
                post._hold()
            else:
                board_index.write(post)
                post.save()
                post.end_if_fulfilled()

    def pause(self) -> None:
        with self._from(self.State.OPEN) as post:
            post.state = self.State.PAUSED
            post.save(update_fields=["state"])

    def resume(self) -> None:
        """Raises MayNotWrite, NotNow."""
        with self._from(self.State.PAUSED) as post:
            if not may_write(post.author):
                raise MayNotWrite
            post.state, post.paused_for_rest = self.State.OPEN, False
            post.save(update_fields=["state", "paused_for_rest"])

    def renew(self, days: int = DAYS_OPEN) -> None:
        """Say that it still is true: it stays, or comes back, for `days` more. A standing offer goes on standing.

        Raises MayNotWrite, BelowFloor, NotNow.
        """
        with self._in_turn(), self._from(*self.LIVE, self.State.CLOSED) as post:
            if not may_write(post.author):
                raise MayNotWrite
            if post.state == self.State.CLOSED:
                if not post.can_come_back():
                    raise NotNow
                if post.closed_as == self.ClosedAs.FULFILLED:  # the same is needed once more
                    post.seats.filter(response__state="finished").delete()
                in_return.allow_request(post)
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
            post.helds.undecided().delete()  # there is nothing left to decide
            post._close(closed_as)

    def end_if_fulfilled(self) -> None:
        """A request is over once people have sat on every chair to the end, unless somebody else still waits.

        Call it under the lock.
        """
        done = self.seats.filter(response__state="finished").count()
        is_open = self.kind == self.Kind.REQUEST and self.state in self.LIVE
        if is_open and done >= self.slots and not self.responses.live().exists():
            self.close(self.ClosedAs.FULFILLED)

    def remove(self, by: Any, why: str) -> None:
        """A moderator takes it down; what else waits about it is decided with that. A call for help still waits.

        It can be put back as it was, see `restore`. Raises NotNow.
        """
        with self._from(self.State.HELD, *self.LIVE, self.State.CLOSED) as post:
            if post.closed_as == self.ClosedAs.REMOVED:
                return
            if post.state != self.State.HELD:  # of which it is said already
                post.back_to = post.closed_as or post.state
            post._close(self.ClosedAs.REMOVED)
            post.helds.undecided().settle(by, Verdict.REFUSE, why)
            post.reports.waiting().exclude(reason=SELF_HARM).settle(by, Verdict.APPROVE, why)

    def restore(self) -> None:
        """Taking it down was wrong: it stands where it stood. Raises NotNow.

        Where its author has promised as many hours elsewhere meanwhile, it is over instead, and can be renewed.
        """
        with self._in_turn(), self._from(self.State.CLOSED) as post:
            if post.closed_as != self.ClosedAs.REMOVED or post.redacted_at or post.author is None:
                raise NotNow
            if post.back_to in self.ClosedAs:
                post.closed_as, post.back_to = post.back_to, ""
                post.save(update_fields=["closed_as", "back_to"])
                return
            try:
                in_return.allow_request(post)
            except BelowFloor:
                post.closed_as, post.closed_at, post.back_to = self.ClosedAs.EXPIRED, timezone.now(), ""
                post.save(update_fields=["closed_as", "closed_at", "back_to"])
                return
            post.closed_at, post.closed_as, post.held_reasons = None, "", []
            post._go_back()

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
            post.latitude = post.longitude = post.x = post.y = post.search = post.circle = None
            post.facets, post.languages, post.redacted_at = [], [], now
            post.held_reasons, post.urgent = [], False
            post.save()
            answers = post.responses.all()
            paths = [post.get_absolute_url(), *(row.get_absolute_url() for row in answers)]
            told = Notification.objects.filter(user__in=[post.author_id, *(row.by_id for row in answers)])
            told.filter(path__in=paths).update(about="")  # of late news, which stay longer than the post

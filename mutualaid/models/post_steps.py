"""The parts that the verbs of post_states.py are put together from: each of them saves, none asks who may."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone

from mindspace.accounts.models import Profile
from mutualaid import board_index, in_return
from mutualaid.errors import Answered, CountedOnce, NotNow, TooFewChairs
from mutualaid.models.pair import lock_pair
from mutualaid.models.post_rights import PostRights

if TYPE_CHECKING:
    from mutualaid.models.post import Post

DAYS_OPEN = 30
REPORTED = "reported"
TERMS = ("kind", "category", "hours", "reckoning", "bookable", "is_series")
TIMES = ("when", "rule", "start", "first_day", "zone")  # of what has an hour: it moves for nobody by one side alone


class PostSteps(PostRights):
    class Meta(PostRights.Meta):
        abstract = True

    def _hold(self) -> None:
        """What only reports hold needs no look of its own: they are decided, one by one."""
        if self.state in self.LIVE:
            self.back_to = self.state
        self.state = self.State.HELD
        self.save()
        if self.held_reasons != [REPORTED] or self.helds.undecided().exists():
            self.helds.wait_for_a_look(self)

    def _go_back(self) -> None:
        """Where it stood before, if nothing holds it; on the board, if nobody has seen it yet."""
        if self.held_reasons:
            cast("Post", self).save(update_fields=["held_reasons"])
        elif self.back_to:
            self.state, self.back_to = self.back_to, ""
            self._rest()
            self._put_up()
        else:
            self._open(by_others=True)

    def _open(self, *, by_others: bool = False) -> None:
        now = timezone.now()
        self.state, self.back_to, self.opened_at, self.true_at = self.State.OPEN, "", now, now
        if by_others:
            self._rest()
        self._put_up()

    def _rest(self) -> None:
        """An offer that others put up while its author rests waits for them, as those do that were up before."""
        if self.state != self.State.OPEN or self.kind != self.Kind.OFFER:
            return
        profile = Profile.objects.filter(user=self.author_id).first()
        if profile is not None and profile.is_resting(timezone.localdate()):
            self.state, self.paused_for_rest = self.State.PAUSED, True

    def _put_up(self) -> None:
        today = timezone.localdate()
        if (self.kind == "request" and self.ends_on is None) or (self.ends_on is not None and self.ends_on < today):
            self.ends_on = today + timedelta(days=DAYS_OPEN)
        board_index.write(cast("Post", self))
        self.save()

    def _close(self, closed_as: str) -> None:
        self.state, self.closed_as, self.closed_at = self.State.CLOSED, closed_as, timezone.now()
        cast("Post", self).save(update_fields=["state", "closed_as", "closed_at", "back_to"])
        (self.responses.end if closed_as == self.ClosedAs.REMOVED else self.responses.lapse)()

    def _keep_chairs(self) -> None:
        last = self.seats.order_by("number").last()
        if last is not None and last.number >= self.slots:
            raise TooFewChairs(last.number + 1)

    def _keep_terms(self, before: PostRights) -> None:
        """Those who answered said yes to this: what it is about, how often, how long, and what for."""
        stays = (*TERMS, *TIMES) if before.start is not None else TERMS
        otherwise = any(getattr(self, name) != getattr(before, name) for name in stays)
        if otherwise and self.responses.live().exists():
            raise Answered
        self._keep_count()
        if self.asks_more_than(before):
            in_return.allow_request(self)

    def _keep_count(self) -> None:
        if self.banked and cast("Post", self).is_series:
            raise CountedOnce

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """What one person promises in return is counted one by one; before the lock on the post, as everywhere."""
        with transaction.atomic():
            lock_pair(self.author_id, self.author_id)
            yield

    @contextmanager
    def _from(self, *states: str) -> Iterator["Post"]:
        """The row, locked and as it is by now; afterwards this object is as the row is. Raises NotNow."""
        rows: Any = type(self)._base_manager
        with transaction.atomic():
            post = rows.select_for_update().filter(pk=self.pk, state__in=states).first()
            if post is None:
                raise NotNow
            yield post
        fresh = rows.filter(pk=self.pk).first()
        if fresh is not None:  # a draft that was taken back is gone
            self.__dict__.update(fresh.__dict__)

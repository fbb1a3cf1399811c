"""Whose answers one may see, sending one in, and ending them together."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid5

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from mindspace.accounts.models import Block
from mindspace.once import once
from mutualaid import in_return, kinds
from mutualaid.errors import NotNow, TimeTaken
from mutualaid.models.pair import lock_pair
from mutualaid.models.post import Post

if TYPE_CHECKING:
    from mutualaid.models.response import Response

MANY = 8  # new conversations of one person
WITHIN = timedelta(hours=48)


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, user: Any) -> Self:
        """Those of this person, and those to their posts; none with anybody they are kept apart from.

        What a moderator has not let through yet is there for its writer only.
        """
        if not user.is_authenticated:
            return self.none()
        others = Block.objects.others_of(user)
        mine = Q(by=user) | Q(post__author=user, is_held=False)
        return self.filter(mine).exclude(by__in=others).exclude(post__author__in=others)

    def live(self) -> Self:
        return self.filter(state__in=("proposed", "accepted"))

    def standing(self) -> Self:
        """Those after which the same person sends no other: they are open, or were answered with a no."""
        return self.filter(state__in=("proposed", "accepted", "declined"))

    def for_the_time(self, at: datetime | None) -> Self:
        """Those that chose it; none where there is none to choose."""
        return self.filter(chosen_at=at, chosen_at__isnull=False)

    def lapse(self) -> None:
        """Answer all that still wait, kindly, because there is no chair, or not that time, for them any more."""
        for row in self.filter(state="proposed").select_for_update().order_by("pk"):
            row.finish()

    def end(self) -> None:
        """End all of them, what is agreed, too: the post was taken down."""
        for row in self.live().select_for_update().order_by("pk"):
            row.finish()

    def part(self, one: Any, other: Any) -> None:
        """End what is open between two people who are kept apart from now on. Nobody is told why.

        Whoever locks several posts takes them by their ids: two who block one author do not wait for each other.
        """
        between = Q(by=one, post__author=other) | Q(by=other, post__author=one)
        for row in self.live().filter(between).order_by("post_id", "pk"):
            try:
                with row.locked("proposed", "accepted") as locked:
                    locked.finish(quietly=True)
            except NotNow:  # it ended a moment ago
                continue

    def begun_by(self, user: Any, since: datetime) -> int:
        return self.filter(by=user, made_at__gt=since).count()

    def send_in(
        self, key: UUID | None, post: Post, by: Any, words: str, chosen_at: datetime | None = None
    ) -> "Response":
        """Answer a post, once. `chosen_at` is the time of the chair, where each has one.

        Raises NotNow, TimeTaken, BelowFloor.
        """
        key = key and uuid5(key, f"{post.pk} {by.pk}")  # to another post, or by somebody else, it is another answer

        def make() -> "Response":
            with apart_is_not_now(), transaction.atomic():
                lock_pair(by.pk, by.pk)  # so that many at once are counted one by one
                lock_pair(by.pk, post.author_id)
                locked = Post.objects.select_for_update().get(pk=post.pk)
                same: Response | None = self.filter(key=key).first() if key else None
                if same is not None:  # the other click was faster, and the lock kept us waiting for it
                    return same
                if not self.model.can_be_sent_by(by, locked):
                    raise NotNow
                if locked.bookable and chosen_at not in locked.free_times():
                    raise TimeTaken
                in_return.allow_answer(locked, by)
                often = self.begun_by(by, timezone.now() - WITHIN) >= MANY
                made = self.create(key=key, post=locked, by=by, chosen_at=chosen_at if locked.bookable else None)
                locked.asked.read_by(by)
                made.messages.write(made, by, words, held_for="often" if often else "")
                if not made.is_held:
                    made.tell(locked.author, kinds.ANSWERED, "answered")
            return made

        return once(self, key, make)


@contextmanager
def apart_is_not_now() -> Iterator[None]:
    """The database refuses what is between two who are kept apart, also if that was said a moment ago."""
    try:
        yield
    except IntegrityError as error:
        if "kept apart" not in str(error):
            raise
        raise NotNow from error

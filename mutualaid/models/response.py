"""An answer to a post: proposed, and then a yes or a no of the author. Nothing is agreed by one side."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mindspace.moderation.models.sanction import may_take_part, may_write
from mindspace.notifications.telling import notify
from mutualaid import kinds
from mutualaid.errors import MayNotWrite, NobodyVouches, NoChairLeft, NotNow, TimeTaken
from mutualaid.models.pair import lock_pair
from mutualaid.models.post import Post
from mutualaid.models.response_queries import ResponseQuerySet, apart_is_not_now
from mutualaid.models.response_rights import ResponseRights


class Response(ResponseRights):
    """Its rights are in response_rights.py, the talk in conversation.py."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a yes or a no")
        ACCEPTED = "accepted", _("Both said yes")
        DECLINED = "declined", _("Not this time")
        WITHDRAWN = "withdrawn", _("Taken back")
        LAPSED = "lapsed", _("There is no chair any more")
        FINISHED = "finished", _("It is over")  # what was agreed has ended, one way or the other

    LIVE = (State.PROPOSED, State.ACCEPTED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="responses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="responses")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED, editable=False)
    chosen_at = models.DateTimeField(null=True, editable=False)  # the time of the chair, where each has one
    passed_at = models.DateTimeField(null=True, editable=False)  # a moderator stands in for a vouch, this once
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = ResponseQuerySet.as_manager()
    arrangements: Any
    messages: Any
    pass_requests: Any
    reports: Any
    acted: Any

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(state__in=("proposed", "accepted")), name="response_live_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "accepted", "declined", "withdrawn", "lapsed", "finished"]),
                name="response_state",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None) | ~Q(state="proposed") & Q(decided_at__isnull=False),
                name="response_decided_when",
            ),
        ]
        indexes = [
            models.Index(fields=["post"], condition=Q(state="proposed"), name="response_waits"),
            models.Index(fields=["by", "-made_at"], name="response_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("mutualaid:response_detail", args=[self.pk])

    # -- What happens to it ----------------------------------------------------------------------------

    def accept(self) -> None:
        """The author's yes. It takes a chair and makes an arrangement.

        Raises NotNow, MayNotWrite, NoChairLeft, TimeTaken, NobodyVouches.
        """
        with self.locked(self.State.PROPOSED) as row:
            post = row.post
            if post.state not in Post.LIVE or row.is_held or row.is_kept_apart:
                raise NotNow
            if not may_write(post.author):
                raise MayNotWrite
            if not may_take_part(row.by):
                raise NotNow
            if row.needs_a_word:
                raise NobodyVouches
            taken = set(post.seats.values_list("number", flat=True))
            free = [number for number in range(post.slots) if number not in taken]
            if len(taken) >= post.slots:
                raise NoChairLeft
            row.decide(self.State.ACCEPTED)
            row.seat_set_on(free[0])
            row.tell(row.by, kinds.ACCEPTED, "accepted")
            waiting = post.responses if len(taken) + 1 == post.slots else post.responses.for_the_time(row.chosen_at)
            waiting.lapse()

    def decline(self) -> None:
        """The author's no. It gives no reason, and asks for none."""
        with self.locked(self.State.PROPOSED) as row:
            if row.is_held:
                raise NotNow
            row.decide(self.State.DECLINED)
            row.tell(row.by, kinds.DECLINED, "declined")

    def withdraw(self) -> None:
        """Whoever answered takes it back, while nothing is agreed."""
        with self.locked(self.State.PROPOSED) as row:
            row.decide(self.State.WITHDRAWN)

    def let_pass(self) -> None:
        """A moderator stands in for the word of others, for this answer only."""
        with self.locked(self.State.PROPOSED) as row:
            row.passed_at = timezone.now()
            row.save(update_fields=["passed_at"])
            row.tell(row.post.author, kinds.PASSED, "passed")

    # -- How it is -------------------------------------------------------------------------------------

    def other_than(self, user: Any) -> Any:
        return self.post.author if user.pk == self.by_id else self.by

    def name_of_other(self, user: Any) -> str:
        """How the other one of the two is called to this person: without their name while they may not take part."""
        other = self.other_than(user)
        if other is None:
            return gettext("a former member")
        return str(other.display_name) if may_take_part(other) else gettext("a member who cannot take part now")

    def tell(self, user: Any, kind: Any, event: str, when: datetime | None = None) -> None:
        if user is not None:
            key = f"response:{self.pk}:{event}"
            notify(user, kind.name, key, self.get_absolute_url(), self.post.title, when)

    def seat_set_on(self, number: int) -> None:
        """Raises TimeTaken where the time that was chosen is somebody else's, or past."""
        chosen = self.chosen_at
        if chosen is not None and (chosen <= timezone.now() or self.post.seats.filter(starts_at=chosen).exists()):
            raise TimeTaken
        self.post.seats.create(number=number, response=self, starts_at=chosen)
        at = self.meets_at
        self.arrangements.create(starts_at=at, minutes=self.post.minutes if at else None)

    def finish(self, *, quietly: bool = False) -> None:
        """End it; what is agreed is called off. Call it under the lock."""
        quietly = quietly or self.is_kept_apart
        arrangement = self.arrangements.filter(ended_at=None).first()
        if arrangement is not None:
            arrangement.response = self
            arrangement.end_as("cancelled", quietly=quietly)
            return
        self.decide(self.State.LAPSED)
        if not quietly:
            self.tell(self.by, kinds.LAPSED, "lapsed")

    def decide(self, state: str) -> None:
        self.state, self.decided_at = state, timezone.now()
        self.save(update_fields=["state", "decided_at"])

    @contextmanager
    def locked(self, *states: str) -> Iterator["Response"]:
        """The row and its post, locked in this order everywhere: the pair, the post, the row. Raises NotNow."""
        with apart_is_not_now(), transaction.atomic():
            lock_pair(self.by_id, self.post.author_id)
            post = Post.objects.select_for_update().get(pk=self.post_id)
            rows = Response.objects.select_for_update().filter(pk=self.pk)
            row = (rows.filter(state__in=states) if states else rows).first()
            if row is None or post.author_id is None:
                raise NotNow
            row.post = post
            yield row
        self.refresh_from_db()

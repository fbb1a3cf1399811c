"""An answer to a post: proposed, and then a yes or a no of the author. Nothing is agreed by one side."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import Block
from mindspace.moderation.models.sanction import may_write
from mindspace.notifications.telling import notify
from mindspace.once import once
from mutualaid import kinds
from mutualaid.errors import NobodyVouches, NoChairLeft, NotNow
from mutualaid.models.post import Post


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, user: Any) -> Self:
        """Those of this person, and those to their posts; none with anybody they are kept apart from."""
        if not user.is_authenticated:
            return self.none()
        others = Block.objects.others_of(user)
        return self.filter(Q(by=user) | Q(post__author=user)).exclude(by__in=others).exclude(post__author__in=others)

    def live(self) -> Self:
        return self.filter(state__in=Response.LIVE)

    def lapse(self) -> None:
        """Answer all that still wait, kindly, because there is no chair for them any more."""
        for row in self.filter(state=Response.State.PROPOSED).select_for_update().order_by("pk"):
            row._decide(Response.State.LAPSED)
            if not row.is_kept_apart:
                row.tell(row.by, kinds.LAPSED, "lapsed")

    def part(self, one: Any, other: Any) -> None:
        """End what is open between two people who are kept apart from now on. Nobody is told why."""
        between = Q(by=one, post__author=other) | Q(by=other, post__author=one)
        for row in self.live().filter(between):
            with row._from(*Response.LIVE) as locked:
                locked._decide(Response.State.FINISHED)
                locked.post.seats.filter(response=locked).delete()
                going_on = locked.arrangements.filter(ended_at=None)
                going_on.update(state="cancelled", ended_at=locked.decided_at)

    def send_in(self, key: UUID | None, post: Post, by: Any, words: str) -> "Response":
        """Answer a post, once. Raises NotNow."""
        key = key and uuid5(key, str(post.pk))  # the same words to another post are another answer

        def make() -> Response:
            with apart_is_not_now(), transaction.atomic():
                lock_pair(by.pk, post.author_id)
                locked = Post.objects.select_for_update().get(pk=post.pk)
                same: Response | None = self.filter(key=key).first() if key else None
                if same is not None:  # the other click was faster, and the lock kept us waiting for it
                    return same
                if not Response.can_be_sent_by(by, locked):
                    raise NotNow
                made = self.create(key=key, post=locked, by=by)
                made.messages.create(by=by, words=words)
                made.tell(locked.author, kinds.ANSWERED, "answered")
            return made

        return once(self, key, make)


def lock_pair(one: Any, other: Any) -> None:
    """Let what happens between two people happen one after the other, as a block of one by the other does.

    It comes before the lock on the post, here and in a block, so that neither waits for the other for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT mutualaid_lock_pair(%s, %s)", [one, other])


@contextmanager
def apart_is_not_now() -> Iterator[None]:
    """The database refuses what is between two who are kept apart, also if that was said a moment ago."""
    try:
        yield
    except IntegrityError as error:
        if "kept apart" not in str(error):
            raise
        raise NotNow from error


class Response(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a yes or a no")
        ACCEPTED = "accepted", _("Both said yes")
        DECLINED = "declined", _("Not this time")
        WITHDRAWN = "withdrawn", _("Taken back")
        LAPSED = "lapsed", _("The last chair was taken")
        FINISHED = "finished", _("It is over")  # what was agreed has ended, one way or the other

    LIVE = (State.PROPOSED, State.ACCEPTED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="responses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="responses")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = ResponseQuerySet.as_manager()
    arrangements: Any
    messages: Any
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
                condition=Q(state="proposed", decided_at=None) | ~Q(state="proposed") & Q(decided_at__isnull=False),
                name="response_decided_when",
            ),
        ]
        indexes = [models.Index(fields=["post"], condition=Q(state="proposed"), name="response_waits")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("mutualaid:response_detail", args=[self.pk])

    # -- What happens to it ----------------------------------------------------------------------------

    def accept(self) -> None:
        """The author's yes. It takes a chair and makes an arrangement. Raises NotNow, NoChairLeft, NobodyVouches."""
        with self._from(self.State.PROPOSED) as row:
            post = row.post
            if post.state not in Post.LIVE or row.is_kept_apart or not may_write(post.author):
                raise NotNow
            if post.is_sensitive and not row.helper.is_vouched:
                raise NobodyVouches
            taken = set(post.seats.values_list("number", flat=True))
            free = [number for number in range(post.slots) if number not in taken]
            if not free:
                raise NoChairLeft
            row._decide(self.State.ACCEPTED)
            row.seat_set_on(free[0])
            row.tell(row.by, kinds.ACCEPTED, "accepted")
            if len(free) == 1:
                post.responses.lapse()

    def decline(self) -> None:
        """The author's no. It gives no reason, and asks for none."""
        with self._from(self.State.PROPOSED) as row:
            row._decide(self.State.DECLINED)
            row.tell(row.by, kinds.DECLINED, "declined")

    def withdraw(self) -> None:
        """Whoever answered takes it back, while nothing is agreed."""
        with self._from(self.State.PROPOSED) as row:
            row._decide(self.State.WITHDRAWN)

    def say(self, by: Any, words: str, key: UUID | None = None) -> Any:
        """Write into the conversation, once. Raises NotNow."""
        key = key and uuid5(key, str(self.pk))

        def make() -> Any:
            with self._from(*self.LIVE, self.State.FINISHED) as row:
                same = row.messages.filter(key=key).first() if key else None
                if same is not None:
                    return same
                if not row.can_be_spoken_in_by(by):
                    raise NotNow
                message = row.messages.create(by=by, words=words, key=key)
                row.tell(row.other_than(by), kinds.MESSAGE, f"message:{message.pk}")
            return message

        return once(self.messages, key, make)

    # -- Who may do it ---------------------------------------------------------------------------------

    @staticmethod
    def can_be_sent_by(user: Any, post: Post) -> bool:
        """Answering is for grown-ups who may write, to what they can see, and never to a post of their own."""
        return (
            Post.can_be_written_by(user)
            and post.state == Post.State.OPEN
            and not post.is_of(user)
            and Post.objects.on_the_board_for(user).filter(pk=post.pk).exists()
            and post.seats.count() < post.slots
            and not post.responses.live().filter(by=user).exists()
        )

    def can_be_decided_by(self, user: Any) -> bool:
        return self.state == self.State.PROPOSED and self.post.is_of(user)

    def can_be_withdrawn_by(self, user: Any) -> bool:
        return self.state == self.State.PROPOSED and self.by_id == user.pk

    def can_be_spoken_in_by(self, user: Any) -> bool:
        """While it goes on; and after it went well, for a thank-you."""
        return (
            (self.state in self.LIVE or self.arrangements.filter(state="confirmed").exists())
            and user.pk in (self.by_id, self.post.author_id)
            and may_write(user)
            and not self.is_kept_apart
        )

    # -- How it is -------------------------------------------------------------------------------------

    @property
    def helper(self) -> Any:
        """Who gives: the one who answers a request, or whose offer it is."""
        return self.by if self.post.kind == Post.Kind.REQUEST else self.post.author

    @property
    def is_kept_apart(self) -> bool:
        return bool(Block.objects.between(self.by, self.post.author).exists())

    def other_than(self, user: Any) -> Any:
        return self.post.author if user.pk == self.by_id else self.by

    def tell(self, user: Any, kind: Any, event: str) -> None:
        if user is not None:
            notify(user, kind.name, f"response:{self.pk}:{event}", self.get_absolute_url(), self.post.title)

    def seat_set_on(self, number: int) -> None:
        self.post.seats.create(number=number, response=self)
        self.arrangements.create()

    def _decide(self, state: str) -> None:
        self.state, self.decided_at = state, timezone.now()
        self.save(update_fields=["state", "decided_at"])

    @contextmanager
    def _from(self, *states: str) -> Iterator["Response"]:
        """The row and its post, locked in this order everywhere: the pair, the post, the row. Raises NotNow."""
        with apart_is_not_now(), transaction.atomic():
            lock_pair(self.by_id, self.post.author_id)
            post = Post.objects.select_for_update().get(pk=self.post_id)
            row = Response.objects.select_for_update().filter(pk=self.pk, state__in=states).first()
            if row is None or post.author_id is None:
                raise NotNow
            row.post = post
            yield row
        self.refresh_from_db()

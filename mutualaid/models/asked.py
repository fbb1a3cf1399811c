"""Somebody is asked whether they could help with a request. It is a question and no more: a no needs no reason."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import Profile, User
from mindspace.moderation.models.sanction import may_write
from mindspace.notifications.models import Notification
from mindspace.notifications.telling import notify
from mutualaid import kinds
from mutualaid.errors import AskedEnough, NotNow
from mutualaid.models.post import Post
from mutualaid.models.post_queries import MODERATE
from mutualaid.models.response import Response, apart_is_not_now, lock_pair

WAITS = timedelta(days=7)  # after that, no answer is an answer too
MOST_WAITING = 2  # questions that one person has before them at a time
MOST_A_DAY = 3  # people asked about one post in a day


class AskedQuerySet(models.QuerySet["Asked"]):
    def waiting(self, now: datetime) -> Self:
        """Those that the person may still say something to: not answered, no no, and not long ago."""
        answers = Response.objects.filter(post=OuterRef("post"), by=OuterRef("person"))
        fresh = self.filter(declined_at=None, at__gt=now - WAITS, post__state=Post.State.OPEN)
        return fresh.exclude(Exists(answers))

    def waiting_for(self, user: Any) -> Self:
        """What this person is asked, about posts that they may see."""
        seen = Post.objects.on_the_board_for(user).values("pk")
        return self.waiting(timezone.now()).filter(person=user, post__in=seen)

    def ask(self, post: Post, person: User, by: User) -> "Asked":
        """Ask once; again changes nothing. Raises NotNow, AskedEnough."""
        with apart_is_not_now(), transaction.atomic():
            lock_pair(person.pk, post.author_id)
            locked = Post.objects.select_for_update().get(pk=post.pk)
            made: Asked | None = self.filter(post=locked, person=person).first()
            if made is not None:
                return made
            now = timezone.now()
            if not Asked.can_be_sent_by(by, locked):
                raise NotNow
            if self.filter(post=locked, at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
                raise AskedEnough
            # Whoever asks them at the same moment waits here, and then sees that they have enough before them.
            Profile.objects.select_for_update(no_key=True).filter(pk=person.pk).update(asked_at=now)
            if self.waiting(now).filter(person=person).count() >= MOST_WAITING:
                raise NotNow
            made = self.create(post=locked, person=person, at=now)
            notify(person, kinds.ASKED.name, f"asked:{made.pk}", reverse("mutualaid:could_help"), locked.title)
        return made

    def read_by(self, person: User) -> None:
        """They have said something to these, so they are news no more. Who is helped by phone hears them in a call."""
        if person.can_be_mailed:
            keys = [f"asked:{pk}" for pk in self.filter(person=person).values_list("pk", flat=True)]
            Notification.objects.filter(user=person, key__in=keys).mark_read()

    def part(self, one: Any, other: Any) -> None:
        """Nothing is asked of each other by two people who are kept apart from now on."""
        self.filter(person=one, post__author=other).delete()
        self.filter(person=other, post__author=one).delete()

    def rest(self, person: Any) -> None:
        """Whoever rests has nothing before them."""
        self.waiting(timezone.now()).filter(person=person).update(declined_at=timezone.now())


class Asked(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="asked")
    at = models.DateTimeField(default=timezone.now, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

    @staticmethod
    def can_be_sent_by(user: Any, post: Post) -> bool:
        """The author of an open request asks, or a moderator who looks after those that wait longest."""
        if post.kind != Post.Kind.REQUEST or post.state != Post.State.OPEN or post.author is None:
            return False
        if post.seats.count() >= post.slots:  # there is nothing left to help with
            return False
        return bool((post.is_of(user) and may_write(user)) or user.has_perm(MODERATE))

    def decline(self) -> None:
        """They cannot. No reason, and nobody is told more than that it is a no."""
        Asked.objects.filter(pk=self.pk, declined_at=None).update(declined_at=timezone.now())
        Asked.objects.filter(pk=self.pk).read_by(self.person)
        self.refresh_from_db()

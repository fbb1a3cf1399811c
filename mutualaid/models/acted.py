"""That a moderator did something for a member helped by phone: who, what and when."""

from collections.abc import Callable
from typing import Any, ClassVar, cast
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import PhoneMember
from mindspace.once import once
from mutualaid.errors import NotNow
from mutualaid.models.post import Post
from mutualaid.models.response import Response


def key_of(key: UUID, member: Any, by: Any, did: str, about: Any) -> UUID:
    """Of another one, about something else, or by a colleague, it is another act."""
    return uuid5(key, f"{member} {about and about.pk} {by.pk} {did}")


class ActedQuerySet(models.QuerySet["Acted"]):
    def is_done(self, member: Any, by: Any, did: str, key: UUID | None, about: Any) -> bool:
        """Whether the form with this key did it already. By now it may be possible no more."""
        return key is not None and self.filter(key=key_of(key, member, by, did, about)).exists()

    def write(
        self, member: Any, by: Any, did: str, verb: Callable[[], Any], key: UUID | None, about: Any = None
    ) -> "Acted":
        """Do it and write it down, once and together, for the member of that id.

        `about` is the post or the answer that it is done to; without, what `verb` returns.

        The row of the member is held meanwhile, so that nothing is done for somebody who takes it back at the same
        moment. Raises NotNow, and what the verb raises.
        """
        key = key and key_of(key, member, by, did, about)

        def make() -> "Acted":
            with transaction.atomic():
                helped = PhoneMember.objects.turn(by, member)
                if helped is None:
                    raise NotNow
                same = self.filter(key=key).first() if key else None  # by the other click, which was faster
                if same is not None:
                    return same
                done = verb()
                what = done if about is None else about
                where = {"response": what} if isinstance(what, Response) else {"post": what}
                return self.create(member=helped, by=by, did=did, key=key, **where)

        return once(self, key, make)


class Acted(models.Model):
    """A line of the record. It goes with the post or the answer; a moderator who leaves is taken out of it."""

    class Did(models.TextChoices):
        ANSWER = "answer", _("Answered")
        SAY = "say", _("Wrote")
        THANK = "thank", _("Said thank you")
        ACCEPT = "accept", _("Said yes")
        DECLINE = "decline", _("Said no")
        WITHDRAW = "withdraw", _("Stepped back")
        PASS = "pass", _("Asked a moderator to let the helper pass")
        DONE = "done", _("Said that it is done")
        CANCEL = "cancel", _("Called it off")
        MISSED = "missed", _("Said that it did not happen")
        DISPUTE = "dispute", _("Saw it differently")
        SUGGEST = "suggest", _("Suggested a time")
        AGREE = "agree", _("Said yes to the time")
        KEEP = "keep", _("Said no to the time")
        PUBLISH = "publish", _("Sent the post in")
        EDIT = "edit", _("Changed the post")
        PAUSE = "pause", _("Paused the post")
        RESUME = "resume", _("Put the post on the board again")
        RENEW = "renew", _("Said that the post still is true")
        CLOSE = "close", _("Took the post off the board")

    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    member = models.ForeignKey(PhoneMember, on_delete=models.CASCADE, related_name="+")  # for whom
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, related_name="acted")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="acted")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    did = models.CharField(max_length=8, choices=Did.choices)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = ActedQuerySet.as_manager()

    class Meta:
        verbose_name = _("act for somebody")
        verbose_name_plural = _("acts for somebody")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(did=""), name="acted_somehow"),
            models.CheckConstraint(
                condition=Q(response=None, post__isnull=False) | Q(response__isnull=False, post=None),
                name="acted_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.did}, {self.at:%Y-%m-%d}"

    @property
    def about(self) -> Post:
        found: Any = self.response.post if self.response is not None else self.post
        return cast(Post, found)

"""A post that waits for a moderator."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.limits.models import hit
from mindspace.mail.templates import send
from mindspace.moderation import conflicts, notes
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models import Decision, Held, HeldQuerySet, Verdict
from mindspace.notifications.telling import notify
from mutualaid import guard, kinds, looking
from mutualaid.errors import NotPossible
from mutualaid.models.post_queries import MODERATE

if TYPE_CHECKING:
    from mutualaid.models.post import Post


MOST_RISK = max(looking.RISKS.values())
READERS = {
    "public": _("everybody, visitors too"),
    "members": _("members who are signed in"),
    "vouched": _("members whom others have vouched for"),
    "circle": _("the members of one circle"),
}


class HeldPostQuerySet(HeldQuerySet):
    def undecided(self) -> "HeldPostQuerySet":
        return self.filter(state__in=(Held.State.WAITING, Held.State.ASKED))

    def wait_for_a_look(self, post: "Post") -> "HeldPost":
        """Put a held post into the queue; if it is there, it waits anew with what is seen in it now. It is locked."""
        row: HeldPost = self.undecided().filter(post=post).first() or HeldPost(post=post, made_by=post.author)
        calm = row._state.adding or row.risk < MOST_RISK
        row.state, row.risk, row.reasons = Held.State.WAITING, looking.risk(post.held_reasons), post.held_reasons
        row.waits_since = row.waits_since or timezone.now()
        row.email = post.author.email if post.author else ""
        row.save()
        if calm and row.risk == MOST_RISK:
            alert_staff(str(post.pk))
        return row


def alert_staff(about: str) -> None:
    """Mail everybody who moderates the board that something should be looked at soon; the mail says no more.

    Once a day for each `about`, an id.
    """
    if not hit("urgent-mail", about, limit=1, per=timedelta(days=1)):
        return
    codename = MODERATE.partition(".")[2]
    may = Q(groups__permissions__codename=codename) | Q(user_permissions__codename=codename) | Q(is_superuser=True)
    staff = User.objects.filter(may, is_staff=True, is_active=True)
    for email in staff.values_list("email", flat=True).distinct():
        send("mutualaid/mail/urgent", email, {"link": settings.SITE_URL + reverse("moderation:queue_next")})


class HeldPost(Held):
    queue = "post"
    mails = "mutualaid/mail/post"
    mails_words = False
    second_for = Verdict.REFUSE
    forgotten: ClassVar[Mapping[str, Any]] = {"answer": "", "reasons": [], "risk": 0}

    post = models.ForeignKey("mutualaid.Post", on_delete=models.CASCADE, related_name="helds")
    reasons: "models.JSONField[Any, Any]" = models.JSONField(default=list)

    objects: ClassVar[Any] = HeldPostQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("held post")
        verbose_name_plural = _("held posts")
        ordering = ["-made_at"]
        constraints = [
            *Held.Meta.constraints,
            models.UniqueConstraint(
                fields=["post"], condition=Q(state__in=("waiting", "asked")), name="post_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def approved(self, by: User) -> None:
        try:
            self.post.publish(by)
        except NotPossible as error:
            raise CannotBeDone(str(error)) from error

    def refused(self, by: User) -> None:
        try:
            self.post.remove(by, self.said)
        except NotPossible as error:
            raise CannotBeDone(str(error)) from error

    def _carry_out(self, verdict: Verdict, by: User, words: str) -> None:
        """It is among their news, too; by mail they have heard of it by then, where there is a mailbox."""
        super()._carry_out(verdict, by, words)
        author = self.post.author
        if author is not None:
            key, path = f"looked_at:{self.pk}:{timezone.now().isoformat()}", self.post.get_absolute_url()
            notify(author, kinds.LOOKED_AT.name, key, path, self.post.title, is_mailed=bool(self.sealed_email))

    @property
    def needs_second(self) -> bool:
        """Taking away what was on the board already is a removal; what nobody has seen, one moderator refuses."""
        return self.post.opened_at is not None

    def is_from(self, user: User) -> bool:
        """Whoever wrote it for somebody on the phone has written it, and near its author are no strangers either."""
        wrote = user.pk == self.post.written_by_id or self.post.acted.filter(by=user).exists()
        return wrote or super().is_from(user) or conflicts.is_near(user, self.post.author_id)

    def lock_about(self) -> None:
        type(self.post)._base_manager.select_for_update().filter(pk=self.post_id).first()

    def changed_at(self) -> datetime:
        return self.post.updated_at

    def needs_words(self, verdict: str) -> bool:
        """Its author reads why, also where no mail can say it."""
        return verdict == Verdict.REFUSE or super().needs_words(verdict)

    def at_stake(self) -> Any:
        return [
            self.post.public_words,
            self.post.kind,
            self.post.category,
            self.post.audience,
            str(self.post.circle_id or ""),
        ]

    def mail_context(self) -> dict[str, Any]:
        is_up = self.post.state in self.post.LIVE
        return {"page": settings.SITE_URL + self.post.get_absolute_url(), "is_up": is_up}

    def answer_path(self) -> str:
        return self.post.get_absolute_url()

    @property
    def reasons_in_words(self) -> list[Any]:
        return [looking.REASONS[reason] for reason in self.reasons if reason in looking.REASONS]

    @property
    def found(self) -> list[str]:
        """What the guard found, named."""
        return guard.named_in(self.post.public_words)

    @property
    def warning(self) -> str:
        """For whoever approves it: that this is read by others, too."""
        found = ", ".join(guard.kinds_in(self.post.public_words))
        if not found:
            return ""
        who = READERS[self.post.audience]
        return _("Others will read what is private in it (%(found)s): %(who)s.") % {"found": found, "who": who}

    @property
    def can_be_written_to(self) -> bool:
        return self.post.urgent and self.post.author is not None

    def written_to(self, note: Decision) -> None:
        assert self.post.author is not None  # noqa: S101 - see can_be_written_to
        notes.tell(self.post.author, note, self.post.get_absolute_url(), self.post.title)

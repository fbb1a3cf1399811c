"""What is held until a moderator has looked at it, and the decisions that were made."""

import hashlib
import json
import uuid
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.encryption import decrypt, encrypt
from mindspace.mail.templates import send
from mindspace.moderation import errors, tokens
from mindspace.site.models import SiteDetails

ADDRESS_KEPT = timedelta(days=30)  # after the decision
UNCONFIRMED_KEPT = timedelta(days=7)


class Verdict(models.TextChoices):
    APPROVE = "approve", _("Approve")
    ASK = "ask", _("Ask")
    REFUSE = "refuse", _("Refuse")


class Decision(models.Model):
    """One verdict of one moderator. `queue` and `item` name the row, whichever app it belongs to."""

    queue = models.CharField(_("kind"), max_length=40)
    item = models.UUIDField()
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    words = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    alone = models.BooleanField(_("decided on their own submission, as staff of one"), default=False)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "item"], condition=~models.Q(verdict="ask"), name="decision_is_made_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.verdict}"


class HeldQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """What waits for a moderator: the greatest risk first, then who waited longest."""
        return self.filter(state=Held.State.WAITING).order_by("-risk", "waits_since", "pk")

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=tokens.hashed(token))

    def forget(self, now: Any) -> int:
        """Drop what nobody confirmed, and the addresses of what was decided a month ago. Returns how many."""
        dropped, _rows = self.filter(state=Held.State.UNCONFIRMED, made_at__lte=now - UNCONFIRMED_KEPT).delete()
        old = self.filter(decided_at__lte=now - ADDRESS_KEPT).exclude(sealed_email="", token_hash=None)
        return dropped + old.update(sealed_email="", token_hash=None)


class Held(models.Model):
    """Something that waits for a moderator. An app makes it whole with what it is about, `approved` and `refused`.

    `sealed_email` is where the answer goes; it is on no page, and gone 30 days after the decision.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Not confirmed by mail yet")
        WAITING = "waiting", _("Waits for a moderator")
        ASKED = "asked", _("Waits for an answer")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    queue: ClassVar[str] = ""  # its name in addresses and in decisions
    mails: ClassVar[str] = ""  # where its mails are: "<mails>_asked_subject.txt" and so on

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    risk = models.PositiveSmallIntegerField(_("risk"), default=0)  # 0 is calm, 3 somebody may come to harm
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    sealed_email = models.TextField(editable=False, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - unique
    answer = models.TextField(_("answer to a question"), blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    waits_since = models.DateTimeField(_("waits since"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    objects: ClassVar[Any] = HeldQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=("approved", "refused"), decided_at__isnull=False)
                | models.Q(state__in=("unconfirmed", "waiting", "asked"), decided_at=None),
                name="%(app_label)s_%(class)s_decided_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "-risk", "waits_since"], name="%(class)s_queue")]

    # -- What an app says ------------------------------------------------------------------------------

    def approved(self, by: User) -> None:
        """Carry it out. Runs in the transaction of the decision. Raises CannotBeDone."""
        raise NotImplementedError

    def refused(self, by: User) -> None:
        """Undo what was made for it meanwhile."""

    def at_stake(self) -> Any:
        """What a moderator is shown, as plain values: they approve this and nothing else."""
        return None

    def mail_context(self) -> dict[str, Any]:
        return {}

    # -- Addresses and links ---------------------------------------------------------------------------

    @property
    def email(self) -> str:
        return decrypt(self.sealed_email) if self.sealed_email else ""

    @email.setter
    def email(self, email: str) -> None:
        self.sealed_email = encrypt(email.strip().lower()) if email else ""

    def new_token(self) -> str:
        """A token for a mail. The link of an earlier mail ends."""
        token = tokens.new()
        self.token_hash = tokens.hashed(token)
        return token

    @property
    def fingerprint(self) -> str:
        said = json.dumps([self.state, self.answer, self.at_stake()], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    # -- Who decides -----------------------------------------------------------------------------------

    def is_from(self, user: User) -> bool:
        return self.made_by_id == user.pk or bool(self.sealed_email and self.email == user.email)

    def can_be_decided_by(self, user: User) -> bool:
        """Never by whoever it comes from, unless there is nobody else on the staff."""
        return not self.is_from(user) or SiteDetails.objects.filter(staff_of_one=True).exists()

    def decide(self, by: User, verdict: str, words: str = "", seen: str = "") -> None:
        """Approve, ask or refuse. `seen` is the fingerprint of what the moderator looked at.

        Raises a NotDecided: somebody was faster, it is their own, or it changed meanwhile.
        """
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.state != self.State.WAITING:
                raise errors.AlreadyDecided
            if not row.can_be_decided_by(by):
                raise errors.YourOwn
            if seen and seen != row.fingerprint:
                raise errors.ChangedMeanwhile
            Decision.objects.create(
                queue=self.queue, item=self.pk, verdict=verdict, words=words, by=by, alone=row.is_from(by)
            )
            row._carry_out(Verdict(verdict), by, words)
            row.save()
        self.refresh_from_db()

    def _carry_out(self, verdict: Verdict, by: User, words: str) -> None:
        if verdict == Verdict.ASK:
            if not self.sealed_email:
                raise errors.NobodyToAsk
            self.state = self.State.ASKED
        else:
            yes = verdict == Verdict.APPROVE
            self.state, self.decided_at = (self.State.APPROVED if yes else self.State.REFUSED), timezone.now()
            (self.approved if yes else self.refused)(by)
        if self.sealed_email:
            link = settings.SITE_URL + self.answer_path() if verdict == Verdict.ASK else ""
            context = {"words": words, "link": link, **self.mail_context()}
            send(f"{self.mails}_{self.state}", self.email, context)

    def answer_path(self) -> str:
        """A path with a new token, where the question can be answered."""
        raise NotImplementedError

    def reply(self, words: str) -> None:
        """Take the answer to a question, and wait again. An answer sent twice counts once."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.state == self.State.ASKED:
                row.answer, row.state, row.waits_since = words, self.State.WAITING, timezone.now()
                row.save(update_fields=["answer", "state", "waits_since"])
        self.refresh_from_db()

    def decisions(self) -> models.QuerySet[Decision]:
        return Decision.objects.filter(queue=self.queue, item=self.pk).select_related("by")


class Report(Held):
    """Somebody says that something is wrong. An app adds the foreign key to what it is about."""

    reason = models.CharField(_("what is wrong"), max_length=20)
    note = models.TextField(_("in your words"), max_length=1000, blank=True)

    class Meta(Held.Meta):
        abstract = True

    def at_stake(self) -> Any:
        return [self.reason, self.note]


from mindspace.moderation import vouching  # noqa: E402, F401 - a model of this app that builds on those above

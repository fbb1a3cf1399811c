"""What is held until a moderator has looked at it."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.encryption import decrypt, encrypt
from mindspace.mail.templates import send
from mindspace.moderation import errors, tokens
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.moderation.models.held_queries import HeldQuerySet, staff_of_one


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
    second_for: ClassVar[str] = ""  # the verdict that takes two: one proposes it, another says so, too
    forgotten: ClassVar[Mapping[str, Any]] = {"answer": ""}  # what goes in time, and what stands there then
    mails: ClassVar[str] = ""  # where its mails are: "<mails>_asked_subject.txt" and so on
    mails_words: ClassVar[bool] = True  # whoever has no page here reads a moderator's words in the mail
    takes_away: ClassVar[bool] = False  # a yes takes something from people: its button comes last

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

    def proposed(self, by: User) -> None:
        """The first of two moderators has said what takes two. Runs in the transaction of that."""

    def lock_about(self) -> None:
        """Lock what it is about, before its own row: all that happens to one thing happens one after the other."""

    def changed_at(self) -> datetime:
        """When what it is about was changed last: a proposal from before that counts no more."""
        return self.made_at

    def needs_words(self, verdict: str) -> bool:
        """Whether a moderator has to say why."""
        return verdict in (Verdict.ASK, Verdict.REFUSE) and bool(self.sealed_email)

    @property
    def who_reads(self) -> Any:
        """Who reads the words of the decision, said under their field."""
        if self.sealed_email and self.mails_words:
            return _("They go into the mail, after the ready ones.")
        return _("Whoever it is about reads them, after the ready ones.")

    @property
    def verbs(self) -> Mapping[str, Any]:
        """What the buttons say about this one, where it is not what they say about its kind."""
        return {}

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
        """Never by whoever it comes from or has proposed it, unless there is nobody else on the staff."""
        return not (self.is_from(user) or self.was_proposed_by(user)) or staff_of_one()

    @property
    def needs_second(self) -> bool:
        return bool(self.second_for)

    def proposals(self) -> models.QuerySet[Decision]:
        return self.decisions().filter(verdict=Verdict.PROPOSE, at__gte=self.changed_at())

    def was_proposed_by(self, user: User) -> bool:
        return self.needs_second and self.proposals().filter(by=user).exists()

    @property
    def is_proposed(self) -> bool:
        return self.needs_second and self.proposals().exists()

    def _verdict_that_counts(self, verdict: str) -> Verdict:
        """The first of two is a proposal. Staff of one is both, and the decision says so."""
        takes_two = self.needs_second and verdict == self.second_for
        return Verdict.PROPOSE if takes_two and not self.is_proposed and not staff_of_one() else Verdict(verdict)

    def decide(self, by: User, verdict: str, words: str = "", seen: str = "") -> None:
        """Approve, ask or refuse. `seen` is the fingerprint of what the moderator looked at.

        Raises a NotDecided: somebody was faster, it is their own, or it changed meanwhile.
        """
        with transaction.atomic():
            self.lock_about()
            row = type(self).objects.select_for_update().filter(pk=self.pk).first()
            if row is None or row.state != self.State.WAITING:
                raise errors.AlreadyDecided
            if not row.can_be_decided_by(by):
                raise errors.YourOwn
            if seen and seen != row.fingerprint:
                raise errors.ChangedMeanwhile
            counts = row._verdict_that_counts(verdict)
            alone = row.is_from(by) or row.was_proposed_by(by) or (row.needs_second and not row.is_proposed)
            Decision.objects.create(
                queue=self.queue, item=self.pk, verdict=counts, words=words, by=by,
                alone=row.is_from(by) or (alone and counts == row.second_for),
            )  # fmt: skip
            if counts == Verdict.PROPOSE:
                row.proposed(by)
            else:
                row._carry_out(counts, by, words)
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
            self.save(update_fields=["state", "decided_at"])  # from here on it is not among what waits
            (self.approved if yes else self.refused)(by)
        if self.sealed_email:
            link = settings.SITE_URL + self.answer_path() if verdict == Verdict.ASK else ""
            context = {"words": words if self.mails_words else "", "link": link, **self.mail_context()}
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

    @property
    def said(self) -> str:
        """The words of the decision that was made last."""
        last = self.decisions().first()
        return last.words if last else ""

    def decisions(self) -> models.QuerySet[Decision]:
        return Decision.objects.filter(queue=self.queue, item=self.pk).select_related("by")

"""What is held until a moderator has looked at it. What they do with it then is in deciding.py."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.encryption import decrypt, encrypt
from mindspace.moderation import tokens
from mindspace.moderation.models.deciding import Deciding
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.moderation.models.held_queries import HeldQuerySet


class Held(Deciding):
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

    @property
    def is_from_now(self) -> bool:
        return timezone.now() - self.waits_since < timedelta(minutes=1)

    # -- What an app says ------------------------------------------------------------------------------

    def approved(self, by: User) -> None:
        """Carry it out. Runs in the transaction of the decision. Raises CannotBeDone."""
        raise NotImplementedError

    def refused(self, by: User) -> None:
        """Undo what was made for it meanwhile."""

    def proposed(self, by: User) -> None:
        """The first of two moderators has said what takes two. Runs in the transaction of that."""

    def written_to(self, note: Decision) -> None:
        """A moderator wrote `note` to whoever it is from: tell them, in the same transaction, where they read it."""
        raise NotImplementedError

    @property
    def can_be_written_to(self) -> bool:
        """Whether whoever it is from may need a kind word before anything is decided, and can read one here."""
        return False

    def lock_about(self) -> None:
        """Lock what it is about, before its own row: all that happens to one thing happens one after the other."""

    def changed_at(self) -> datetime:
        """When what it is about was changed last: a proposal from before that counts no more."""
        return self.made_at

    def needs_words(self, verdict: str) -> bool:
        """Whether a moderator has to say why."""
        return verdict in (Verdict.ASK, Verdict.REFUSE) and bool(self.sealed_email)

    @property
    def warning(self) -> str:
        """What a yes brings about that may not be meant: they say that they have seen it. "" if nothing."""
        return ""

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

    def answer_path(self) -> str:
        """A path with a new token, where the question can be answered."""
        raise NotImplementedError

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

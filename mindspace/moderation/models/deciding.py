"""What moderators do with what is held: decide about it, ask, or write to whoever it is from. Each is a verb."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from mindspace.accounts.models import User
from mindspace.mail.templates import send
from mindspace.moderation import errors
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.moderation.models.held_queries import staff_of_one

DECIDED: list[Any] = ["state", "decided_at"]  # fields that Held has


class Deciding(models.Model):
    """The part of a held thing that moderators act on; Held says what it is."""

    class Meta:
        abstract = True

    # -- Who decides -----------------------------------------------------------------------------------

    def is_from(self, user: User) -> bool:
        return self.made_by_id == user.pk or bool(self.sealed_email and self.email == user.email)

    def is_party(self, user: User) -> bool:
        """Whether it comes from them or is about them: neither do they look again at what was decided about it."""
        return self.is_from(user)

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
        with self._waiting_for(by) as row:
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

    def write(self, by: User, words: str) -> None:
        """Say something kind to whoever it is from. Nothing is decided: it stays, and waits on. Said twice, it is once.

        Raises a NotDecided: somebody was faster, it is their own, or there is nobody to write to.
        """
        with self._waiting_for(by) as row:
            if not row.can_be_written_to:
                raise errors.NobodyToAsk
            said: dict[str, Any] = {"verdict": Verdict.WRITE, "words": words, "by": by}
            if not row.decisions().filter(**said).exists():
                row.written_to(Decision.objects.create(queue=self.queue, item=self.pk, **said))

    @contextmanager
    def _waiting_for(self, by: User) -> Iterator[Self]:
        """The row, locked and as it is by now; afterwards this object is as the row is."""
        with transaction.atomic():
            self.lock_about()
            row = type(self).objects.select_for_update().filter(pk=self.pk).first()
            if row is None or row.state != self.State.WAITING:
                raise errors.AlreadyDecided
            if not row.can_be_decided_by(by):
                raise errors.YourOwn
            yield row
        self.refresh_from_db()

    def _carry_out(self, verdict: Verdict, by: User, words: str) -> None:
        if verdict == Verdict.ASK:
            if not self.sealed_email:
                raise errors.NobodyToAsk
            self.state = self.State.ASKED
        else:
            yes = {Verdict.APPROVE: True, Verdict.REFUSE: False}[verdict]
            self.state, self.decided_at = (self.State.APPROVED if yes else self.State.REFUSED), timezone.now()
            self.save(update_fields=DECIDED)  # from here on it is not among what waits
            (self.approved if yes else self.refused)(by)
        self._mail(words)

    def _mail(self, words: str) -> None:
        """Tell whoever it is from how it stands now."""
        if self.sealed_email:
            link = settings.SITE_URL + self.answer_path() if self.state == self.State.ASKED else ""
            context = {"words": words if self.mails_words else "", "link": link, **self.mail_context()}
            send(f"{self.mails}_{self.state}", self.email, context)

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

    # What Held has.
    if TYPE_CHECKING:
        objects: ClassVar[Any]
        queue: ClassVar[str]
        second_for: ClassVar[str]
        mails: ClassVar[str]
        mails_words: ClassVar[bool]
        State: Any
        state: Any
        made_by_id: Any
        sealed_email: Any
        email: Any
        answer: Any
        waits_since: Any
        decided_at: Any
        fingerprint: Any
        can_be_written_to: Any

        def lock_about(self) -> None: ...
        def changed_at(self) -> Any: ...
        def approved(self, by: User) -> None: ...
        def refused(self, by: User) -> None: ...
        def proposed(self, by: User) -> None: ...
        def written_to(self, note: Decision) -> None: ...
        def mail_context(self) -> dict[str, Any]: ...
        def answer_path(self) -> str: ...

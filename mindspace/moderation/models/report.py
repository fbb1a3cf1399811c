"""Somebody says that something is wrong. Apps add what it is about."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation import conflicts
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.moderation.models.held import Held
from mindspace.moderation.models.held_queries import WORDS_KEPT, HeldQuerySet
from mindspace.moderation.models.sanction import may_write
from mindspace.once import once

NEW_FOR = timedelta(days=7)  # reports of an account this young hide nothing by themselves
HIDE_AT = 3


class Report(Held):
    """Somebody says that something is wrong. An app adds the foreign key to what it is about."""

    reason = models.CharField(_("what is wrong"), max_length=20)
    note = models.TextField(_("in your words"), max_length=1000, blank=True)

    class Meta(Held.Meta):
        abstract = True

    def at_stake(self) -> Any:
        return [self.reason, self.note]


def weight_of(user: Any) -> int:
    """How much a report of theirs counts toward hiding something: not at all, or once."""
    if user is None or not may_write(user):
        return 0
    return int(user.date_joined <= timezone.now() - NEW_FOR)


class MemberReportQuerySet(HeldQuerySet):
    def send_in(self, key: UUID | None, target: Any, reason: str, note: str = "", by: Any = None) -> Any:
        """Keep a report; who has an open one about the same thing gets that one. Three that count hide it."""
        by = by if by is not None and by.is_authenticated else None
        key = key and uuid5(key, f"{target.pk} {by.pk if by else ''}")

        def make() -> Any:
            with transaction.atomic():
                type(target).objects.select_for_update().get(pk=target.pk)  # so that two thirds are counted one by one
                made = self.create(
                    key=key, target=target, reason=reason, note=note, made_by=by,
                    weight=weight_of(by), risk=RISKS.get(reason, 0), state=Held.State.WAITING,
                )  # fmt: skip
                if reason != SELF_HARM and self.weighing_on(target) == HIDE_AT:
                    made.hide_target()
            return made

        try:
            return once(self.model.objects, key, make)
        except IntegrityError:
            return self.waiting().get(target=target, made_by=by)

    def forget_words(self, now: datetime) -> None:
        """Of a call for help nothing stays, not even that there was one."""
        super().forget_words(now)
        self.decided_by(now - WORDS_KEPT).filter(reason=SELF_HARM).delete()

    def hide(self, target: Any) -> bool:
        """Whether it stays out of sight: three that count wait, or one moderator of two has said that it should go."""
        if self.weighing_on(target) >= HIDE_AT:
            return True
        waiting = self.filter(state=Held.State.WAITING, target=target).values("pk")
        proposals = Decision.objects.filter(queue=self.model.queue, verdict=Verdict.PROPOSE)
        return proposals.filter(item__in=waiting).exists()

    def weighing_on(self, target: Any) -> int:
        """How many waiting reports count against it. Words about hurting oneself are a call for help, and never do."""
        waiting = self.filter(state=Held.State.WAITING, target=target, weight__gt=0)
        return waiting.exclude(reason=SELF_HARM).count()


SELF_HARM = "self_harm"
RISKS = {SELF_HARM: 4, "unsafe": 3, "harassment": 2, "private": 2, "scam": 2, "spam": 1, "other": 0}


class MemberReport(Report):
    """A report of something a member wrote. The app adds `target`, a foreign key, and says how it is hidden.

    Approving needs two moderators, but for self-harm: there it means that somebody has taken care of the person, and
    nothing is taken down.
    """

    second_for: ClassVar[str] = Verdict.APPROVE
    forgotten: ClassVar[Mapping[str, Any]] = {"answer": "", "note": "", "risk": 0}
    target: Any

    class Reason(models.TextChoices):
        SELF_HARM = "self_harm", _("Somebody may hurt themselves")
        UNSAFE = "unsafe", _("Somebody is hurt, pressed or threatened")
        HARASSMENT = "harassment", _("It is unkind to a person or a group")
        PRIVATE = "private", _("It tells something private")
        SCAM = "scam", _("It asks for money, or is not what it says")
        SPAM = "spam", _("It is advertising")
        OTHER = "other", _("Something else")

    weight = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(Report.Meta):
        abstract = True
        constraints = [
            *Held.Meta.constraints,
            models.UniqueConstraint(
                fields=["target", "made_by"],
                condition=models.Q(state="waiting", made_by__isnull=False),
                name="%(app_label)s_%(class)s_one_open",
            ),
        ]

    def hide_target(self) -> None:
        """Nobody but its author and moderators sees it until somebody has looked. Called in a transaction."""
        raise NotImplementedError

    def show_target(self) -> None:
        raise NotImplementedError

    def remove_target(self, by: User) -> None:
        raise NotImplementedError

    @property
    def verbs(self) -> Mapping[str, Any]:
        if not self.is_of_self_harm:
            return {}
        return {"approve": _("Somebody has looked after the person"), "refuse": _("There is nothing to do")}

    def is_about(self, user: User) -> bool:
        """Whether this moderator wrote it, or is the other party: then somebody else decides, always."""
        raise NotImplementedError

    def is_party(self, user: User) -> bool:
        return self.is_about(user) or super().is_party(user)

    def people(self) -> Collection[Any]:
        """The ids of those whom it is about: whoever is near to one of them leaves it to others, if there are any."""
        raise NotImplementedError

    def is_from(self, user: User) -> bool:
        return super().is_from(user) or conflicts.is_near(user, *self.people())

    @property
    def reason_in_words(self) -> str:
        return str(dict(self.Reason.choices).get(self.reason, self.reason))

    @property
    def is_of_self_harm(self) -> bool:
        return self.reason == SELF_HARM

    @property
    def needs_second(self) -> bool:
        return super().needs_second and not self.is_of_self_harm

    def lock_about(self) -> None:
        type(self.target)._base_manager.select_for_update().filter(pk=self.target.pk).first()

    def needs_words(self, verdict: str) -> bool:
        """Whoever takes something down says why: its author reads it."""
        return super().needs_words(verdict) or (self.needs_second and verdict == self.second_for)

    def can_be_decided_by(self, user: User) -> bool:
        return not self.is_about(user) and super().can_be_decided_by(user)

    def proposed(self, by: User) -> None:
        self.hide_target()

    def approved(self, by: User) -> None:
        if not self.is_of_self_harm:
            self.remove_target(by)

    def refused(self, by: User) -> None:
        self.show_target()

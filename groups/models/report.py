"""Somebody says that something is wrong with a listing."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from groups.errors import AlreadyClosed
from groups.models.group import Group
from mindspace.accounts.models import User
from mindspace.mail.templates import send
from mindspace.moderation.models import HeldQuerySet, Report, Verdict
from mindspace.once import once

RISKS = {"unsafe": 3, "not_what_it_says": 2, "gone": 1, "not_held": 1, "wrong": 1, "other": 0}
GRAVE = 2  # from this risk on, leaving it up takes a reason, too


class GroupReportQuerySet(HeldQuerySet):
    def send_in(self, key: UUID | None, group: Group, reason: str, note: str, by: Any = None) -> "GroupReport":
        def make() -> "GroupReport":
            made: GroupReport = self.create(
                key=key,
                group=group,
                reason=reason,
                note=note,
                made_by=by if by and by.is_authenticated else None,
                state=GroupReport.State.WAITING,
                risk=RISKS.get(reason, 0),
            )
            return made

        return once(GroupReport.objects, key, make)

    def by_visitors(self, group: Group) -> None:
        """Three visitors found nobody there. While that waits, a fourth changes nothing. The group is locked."""
        with transaction.atomic():
            if not self.filter(group=group, reason="not_held", state=GroupReport.State.WAITING).exists():
                self.send_in(None, group, "not_held", "")


class GroupReport(Report):
    queue = "report"
    mails = "groups/mail/report"
    takes_away = True

    class Reason(models.TextChoices):
        GONE = "gone", _("It does not meet any more")
        WRONG = "wrong", _("Something here is not right")
        NOT_WHAT_IT_SAYS = "not_what_it_says", _("It is not what it says it is")
        UNSAFE = "unsafe", _("Somebody was hurt, pressed or asked for money")
        OTHER = "other", _("Something else")

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="reports")

    objects: ClassVar[Any] = GroupReportQuerySet.as_manager()

    class Meta(Report.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.reason}, {self.made_at:%Y-%m-%d}"

    @property
    def reason_in_words(self) -> str:
        if self.reason == "not_held":
            return str(_("Three visitors or more came, and the meeting was not held"))
        return str(dict(self.Reason.choices).get(self.reason, self.reason))

    def is_from(self, user: User) -> bool:
        """Whoever keeps the listing is a party, too, and does not decide about it."""
        return super().is_from(user) or self.group.organizers.with_email(user.email).exists()

    @property
    def is_grave(self) -> bool:
        return self.risk >= GRAVE

    @property
    def can_be_mended(self) -> bool:
        """Whether what was said calls for other words on the page, before anything else."""
        return self.reason in (self.Reason.WRONG, self.Reason.OTHER)

    @property
    def who_reads(self) -> Any:
        return _("If you take it down, they are mailed to whoever keeps the page. Else they stay here, for our staff.")

    def needs_words(self, verdict: str) -> bool:
        """Closing is told to those who keep it; leaving up what may hurt somebody is never done without a word."""
        return verdict == Verdict.APPROVE or (verdict == Verdict.REFUSE and self.is_grave)

    def approved(self, by: User) -> None:
        """It is so: the listing comes down, and those who keep it are told why."""
        try:
            self.group.close("staff", by)
        except AlreadyClosed:
            return
        for organizer in self.group.organizers.select_related("user"):
            send("groups/mail/report_closed", organizer.email, {"words": self.said})

    def refused(self, by: User) -> None:
        """Nothing to mend, or it is mended: the listing stays, and somebody of ours has looked at it."""
        if self.reason == "not_held":
            self.group.confirm("staff", by)

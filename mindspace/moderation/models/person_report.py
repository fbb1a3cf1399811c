"""Somebody says that a member does harm, whatever they wrote."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mindspace.accounts.models import User
from mindspace.moderation import notes
from mindspace.moderation.models.decision import Decision
from mindspace.moderation.models.report import MemberReport, MemberReportQuerySet
from mindspace.moderation.models.sanction import Sanction

QUIET_FOR = timedelta(days=3)  # at most, while nobody has looked


class PersonReport(MemberReport):
    """Three that count keep the person from writing until somebody has looked. Agreeing to one decides nothing yet:

    what follows from it is a sanction, which has a page, a reason and, for a ban, a second moderator of its own.
    """

    queue = "person"
    second_for = ""

    target = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = MemberReportQuerySet.as_manager()

    class Meta(MemberReport.Meta):
        verbose_name = gettext_lazy("report of a person")
        verbose_name_plural = gettext_lazy("reports of people")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.reason}, {self.made_at:%Y-%m-%d}"

    def is_about(self, user: User) -> bool:
        return self.target_id == user.pk

    def people(self) -> Collection[Any]:
        return [self.target_id]

    @property
    def can_be_written_to(self) -> bool:
        return self.is_of_self_harm

    def written_to(self, note: Decision) -> None:
        notes.tell(self.target, note, reverse("standing:standing_show"))

    def hide_target(self) -> None:
        words = _("Several people asked us to look at something.")
        Sanction.objects.quiet_for_now(self.target, timezone.now() + QUIET_FOR, words)

    def show_target(self) -> None:
        """Nothing was wrong. What nobody decided ends, unless others still wait to be looked at."""
        if not type(self).objects.weighing_on(self.target):
            for sanction in Sanction.objects.filter(user=self.target, from_reports=True, lifted_at=None):
                sanction.lift()

    def remove_target(self, by: User) -> None:
        """What follows is a sanction, and somebody's decision of its own."""

"""One of two says that something is wrong in what they write to each other. Nobody else reads it till then."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation.models import MemberReport, MemberReportQuerySet


class ResponseReportQuerySet(MemberReportQuerySet):
    def stopping(self) -> Self:
        """Those for which nobody writes into the conversation: until they are decided, or for good."""
        return self.filter(stops=True)


class ResponseReport(MemberReport):
    """A report alone stops nothing, as the other would know at once who made it. A moderator who proposes to close the
    conversation does; another closes it, or lets it go on.
    """

    queue = "thread_report"

    target = models.ForeignKey("mutualaid.Response", on_delete=models.CASCADE, related_name="reports")
    stops = models.BooleanField(default=False, editable=False)

    objects: ClassVar[Any] = ResponseReportQuerySet.as_manager()

    class Meta(MemberReport.Meta):
        verbose_name = _("report of a conversation")
        verbose_name_plural = _("reports of conversations")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def is_about(self, user: User) -> bool:
        """Neither of the two decides, whichever of them reported it."""
        return user.pk in self.people()

    def people(self) -> Collection[Any]:
        return [self.target.by_id, self.target.post.author_id]

    def is_from(self, user: User) -> bool:
        """So has whoever spoke in it for somebody on the phone."""
        return super().is_from(user) or self.target.acted.filter(by=user).exists()

    def hide_target(self) -> None:
        self._stop(True)

    def show_target(self) -> None:
        self._stop(False)

    def remove_target(self, by: User) -> None:
        self._stop(True)

    def _stop(self, stops: bool) -> None:
        self.stops = stops
        self.save(update_fields=["stops"])

"""Somebody says that something is wrong with a post."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models import MemberReport, MemberReportQuerySet
from mutualaid.errors import NotPossible


class PostReport(MemberReport):
    queue = "post_report"
    mails = "mutualaid/mail/post"

    target = models.ForeignKey("mutualaid.Post", on_delete=models.CASCADE, related_name="reports")

    objects: ClassVar[Any] = MemberReportQuerySet.as_manager()

    class Meta(MemberReport.Meta):
        verbose_name = _("report of a post")
        verbose_name_plural = _("reports of posts")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def hide_target(self) -> None:
        """Only what is up can be hidden, and once is enough."""
        if self.target.state in self.target.LIVE:
            self.target.hold("reported")

    def show_target(self) -> None:
        """Up again, if nothing but reports held it."""
        self.target.refresh_from_db()
        if self.target.state == self.target.State.HELD and self.target.held_reasons == ["reported"]:
            self.target.publish(None)
            self.target.helds.undecided().delete()

    def remove_target(self, by: User) -> None:
        try:
            self.target.close(self.target.ClosedAs.REMOVED)
        except NotPossible as error:
            raise CannotBeDone(str(error)) from error

    def is_about(self, user: User) -> bool:
        return self.target.is_of(user)

    def at_stake(self) -> Any:
        return [self.reason, self.note, self.target.public_words, self.target.state]

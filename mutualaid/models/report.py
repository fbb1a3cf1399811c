"""Somebody says that something is wrong with a post."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation import notes
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models import Decision, MemberReport, MemberReportQuerySet
from mindspace.moderation.models.sanction import TOLD_AS
from mindspace.notifications.telling import notify
from mutualaid.errors import NotPossible
from mutualaid.models.post_steps import REPORTED


class PostReport(MemberReport):
    queue = "post_report"

    target = models.ForeignKey("mutualaid.Post", on_delete=models.CASCADE, related_name="reports")

    objects: ClassVar[Any] = MemberReportQuerySet.as_manager()

    class Meta(MemberReport.Meta):
        verbose_name = _("report of a post")
        verbose_name_plural = _("reports of posts")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def hide_target(self) -> None:
        """Once is enough; what is over is hidden from nobody."""
        self.target.refresh_from_db()
        if self.target.state in (self.target.State.HELD, *self.target.LIVE):
            self.target.hold(REPORTED)

    def show_target(self) -> None:
        """Up again, unless something else holds it: other reports, or what waits for another look."""
        self.target.refresh_from_db()
        if self.target.state == self.target.State.HELD and not type(self).objects.hide(self.target):
            self.target.unhide()

    def remove_target(self, by: User) -> None:
        """Also where its author was faster: then others do not see its title any more."""
        try:
            self.target.remove(by, self.said)
        except NotPossible as error:
            raise CannotBeDone(str(error)) from error
        if self.target.author is not None:
            path = self.target.get_absolute_url()
            notify(self.target.author, TOLD_AS, f"removed:{self.pk}", path, self.target.title)

    def changed_at(self) -> datetime:
        return self.target.updated_at

    def is_about(self, user: User) -> bool:
        """Also whoever wrote it down for its author, or has answered it."""
        mine = user.pk in (self.target.author_id, self.target.written_by_id)
        return mine or self.target.responses.filter(by=user).exists()

    def is_from(self, user: User) -> bool:
        """So is whoever did something to it for its author, on the phone."""
        return super().is_from(user) or self.target.acted.filter(by=user).exists()

    def people(self) -> Collection[Any]:
        return [self.target.author_id]

    @property
    def can_be_written_to(self) -> bool:
        return self.is_of_self_harm and self.target.author is not None

    def written_to(self, note: Decision) -> None:
        assert self.target.author is not None  # noqa: S101 - see can_be_written_to
        notes.tell(self.target.author, note, self.target.get_absolute_url(), self.target.title)

    def at_stake(self) -> Any:
        return [self.reason, self.note, self.target.public_words, self.target.state]

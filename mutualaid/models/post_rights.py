"""What one may do with a post, and how it stands, without changing anything."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from groups.circles.models import Membership
from mindspace.moderation.models.sanction import may_write
from mutualaid.models.post_fields import PostFields

RENEWABLE_FOR = timedelta(days=30)  # after it ended
QUIET_FOR = timedelta(days=6)


class PostRights(PostFields):
    class Meta(PostFields.Meta):
        abstract = True

    # -- Who may do it ---------------------------------------------------------------------------------

    @staticmethod
    def can_be_written_by(user: Any) -> bool:
        """Posting is for grown-ups, who say so themselves, and for whoever may write just now."""
        return bool(user is not None and user.is_authenticated and user.is_adult and may_write(user))

    def is_of(self, user: Any) -> bool:
        return user.is_authenticated and self.author_id == user.pk

    def can_be_changed_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state != self.State.CLOSED

    def can_be_paused_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state == self.State.OPEN

    def can_be_resumed_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state == self.State.PAUSED

    def can_be_renewed_by(self, user: Any) -> bool:
        return self.is_of(user) and (self.state in self.LIVE or self.can_come_back())

    def can_be_closed_by(self, user: Any) -> bool:
        return self.is_of(user) and self.state != self.State.CLOSED

    def can_come_back(self, now: datetime | None = None) -> bool:
        """For a while after its time was over, or help was found; not into a circle that its author has left."""
        ended = self.closed_as in self.COMES_BACK and not self.redacted_at
        if self.state != self.State.CLOSED or not ended or self.closed_at is None:
            return False
        return self.closed_at > (now or timezone.now()) - RENEWABLE_FOR and self.is_for_somebody

    # -- How it is -------------------------------------------------------------------------------------

    @property
    def missing(self) -> list[str]:
        """The steps that something is missing in."""
        place = self.remote or self.latitude is not None
        steps = {"what": self.category and self.title and self.words, "when": place, "who": self.is_for_somebody}
        return [step for step, done in steps.items() if not done]

    @property
    def is_for_somebody(self) -> bool:
        """False for a draft for a circle that its author has left meanwhile."""
        if self.audience != "circle":
            return True
        return Membership.objects.filter(circle=self.circle_id, user=self.author_id).exists()

    def is_busy(self, now: datetime | None = None) -> bool:
        """Whether something is agreed, or people talked in the last days: then its last day does not end it."""
        since = (now or timezone.now()) - QUIET_FOR
        live = self.responses.live()
        agreed = live.filter(arrangements__state__in=("agreed", "done")).exists()
        return bool(agreed or live.filter(messages__made_at__gt=since).exists())

    def is_twice(self) -> bool:
        """Whether its author has the same words on the board already."""
        rows: Any = type(self)._base_manager
        same = rows.filter(
            author=self.author_id, state__in=(self.State.HELD, *self.LIVE), kind=self.kind, title__iexact=self.title,
            words=self.words,
        )  # fmt: skip
        return bool(same.exclude(pk=self.pk).exists())

    # -- What comes in return --------------------------------------------------------------------------

    @property
    def banked(self) -> int:
        """Minutes that each chair of it moves in the time bank; 0 for a gift."""
        return round(self.hours * 60) if self.reckoning == "timebank" and self.hours else 0

    def asks_more_than(self, other: "PostRights") -> bool:
        asks = [post.banked * post.slots if post.kind == "request" else 0 for post in (self, other)]
        return asks[0] > asks[1] or (other.state == self.State.DRAFT and asks[0] > 0)

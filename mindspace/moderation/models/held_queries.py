"""What is held, many at once: what waits, what is settled along with something else, what goes in time."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from mindspace.accounts.models import User
from mindspace.moderation import tokens
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.site.models import SiteDetails

ADDRESS_KEPT = timedelta(days=30)  # after the decision
UNCONFIRMED_KEPT = timedelta(days=7)
WORDS_KEPT = timedelta(days=90)  # after the decision


def staff_of_one() -> bool:
    """One person keeps this site: nothing waits for a second one."""
    return SiteDetails.objects.filter(staff_of_one=True).exists()


class HeldQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """What waits for a moderator: the greatest risk first, then who waited longest."""
        return self.filter(state=self.model.State.WAITING).order_by("-risk", "waits_since", "pk")

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=tokens.hashed(token))

    def settle(self, by: User, verdict: str, words: str) -> None:
        """Decide rows along with what was decided just now about the same thing. Their own waits for somebody else."""
        for row in self.select_for_update().order_by("pk"):
            if row.is_from(by) and not staff_of_one():
                continue
            Decision.objects.create(
                queue=row.queue, item=row.pk, verdict=verdict, words=words, by=by, alone=row.is_from(by)
            )
            row.state = self.model.State.APPROVED if verdict == Verdict.APPROVE else self.model.State.REFUSED
            row.decided_at = timezone.now()
            row.save(update_fields=["state", "decided_at"])

    def forget(self, now: Any) -> int:
        """Drop what nobody confirmed, and the addresses of what was decided a month ago. Returns how many."""
        dropped, _rows = self.filter(state=self.model.State.UNCONFIRMED, made_at__lte=now - UNCONFIRMED_KEPT).delete()
        old = self.filter(decided_at__lte=now - ADDRESS_KEPT).exclude(sealed_email="", token_hash=None)
        return dropped + old.update(sealed_email="", token_hash=None)

    def forget_words(self, now: datetime) -> None:
        """Empty what people told us, 90 days after the decision. That it was decided, and how, stays."""
        self.decided_by(now - WORDS_KEPT).exclude(**self.model.forgotten).update(**self.model.forgotten)

    def decided_by(self, then: datetime) -> Self:
        return self.filter(decided_at__lte=then)

"""Which groups one may see, and how fresh what is said about them is."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from groups.models.group import Group  # noqa: F401 - named in a string below

# Days since somebody last said that the listing is right.
ASK_AFTER = 120
ASK_AGAIN = (14, 28)  # days after the first question
STALE_AFTER = 180
HIDDEN_AFTER = 365


class GroupQuerySet(models.QuerySet["Group"]):
    def listed(self, now: datetime | None = None) -> Self:
        """What everybody may see: open for visitors, and confirmed within a year."""
        oldest = (now or timezone.now()) - timedelta(days=HIDDEN_AFTER)
        return self.filter(status="listed", confirmed_at__gt=oldest)

    def visible_to(self, user: Any, now: datetime | None = None) -> Self:
        """What everybody sees; and moderators see all that is there."""
        if user.has_perm("groups.moderate_group"):
            return self.all()
        return self.listed(now)

    def paused(self, now: datetime | None = None) -> Self:
        now = now or timezone.now()
        ends = models.Q(paused_until=None) | models.Q(paused_until__gt=now)
        return self.filter(ends, paused_from__isnull=False, paused_from__lte=now)

    def active(self, now: datetime | None = None) -> Self:
        """Listed, and not on a pause."""
        now = now or timezone.now()
        return self.listed(now).exclude(pk__in=self.model.objects.paused(now).values("pk"))

    def named_like(self, name: str) -> Self:
        """Those of this name, however its words are set: "Grief, With Coffee" is "Grief with coffee"."""
        letters = "".join(each for each in name.lower() if each.isalnum())
        bare = models.Func(
            Lower("name"), models.Value(r"[^[:alnum:]]+"), models.Value(""), models.Value("g"),
            function="regexp_replace", output_field=models.TextField(),
        )  # fmt: skip
        return self.alias(bare_name=bare).filter(bare_name=letters)

    def with_everything(self) -> Self:
        """All that a page about the group says, in a fixed number of queries."""
        schedules = apps.get_model("groups", "MeetingSchedule").objects.select_related("place")
        return self.select_related("organization").prefetch_related(
            "topics", models.Prefetch("schedules", schedules), "schedules__exceptions"
        )

"""A kind word of a moderator to one member, which decides nothing: told as news, and read where the news leads.

It is found by the news and not by what waited: who takes a post back takes that along, and should read the word still.
It is there for as long as news is kept.
"""

from typing import Any

from django.db.models import QuerySet

from mindspace.accounts.models import User
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.moderation.models.sanction import TOLD_AS
from mindspace.notifications.models import Notification
from mindspace.notifications.telling import notify

EVENT = "written:"


def tell(user: User, note: Decision, path: str, about: str = "") -> None:
    """Call it in the transaction in which `note` was written."""
    notify(user, TOLD_AS, f"{EVENT}{note.pk}", path, about)


def read_at(path: str, user: Any) -> QuerySet[Decision]:
    """What was written to this person and is read on that page, the oldest first."""
    return _of(Notification.objects.filter(user=user, path=path))


def all_to(user: User) -> QuerySet[Decision]:
    return _of(Notification.objects.filter(user=user))


def _of(news: Any) -> QuerySet[Decision]:
    told = news.filter(kind=TOLD_AS, key__startswith=EVENT)
    notes = [int(key.removeprefix(EVENT)) for key in told.values_list("key", flat=True)]
    return Decision.objects.filter(pk__in=notes, verdict=Verdict.WRITE).order_by("at", "pk")

"""That a moderator did something for a member helped by phone: who, what and when."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.once import once
from mutualaid.models.response import Response


class ActedQuerySet(models.QuerySet["Acted"]):
    def write(
        self, response: Response, by: Any, did: str, key: UUID | None, verb: Callable[[], object] | None = None
    ) -> "Acted":
        """Do it and write it down, once and together."""
        key = key and uuid5(key, f"{response.pk} {by.pk} {did}")  # somewhere else, or by a colleague, it is another act

        def make() -> "Acted":
            with transaction.atomic():
                if verb is not None:
                    verb()
                return self.create(response=response, by=by, did=did, key=key)

        return once(self, key, make)


class Acted(models.Model):
    """A line of the record. It goes with the answer; a moderator who leaves is taken out of it."""

    class Did(models.TextChoices):
        ANSWER = "answer", _("Answered")
        SAY = "say", _("Wrote")
        ACCEPT = "accept", _("Said yes")
        DECLINE = "decline", _("Said no")
        WITHDRAW = "withdraw", _("Stepped back")
        DONE = "done", _("Said that it is done")
        CANCEL = "cancel", _("Called it off")
        MISSED = "missed", _("Said that it did not happen")
        DISPUTE = "dispute", _("Saw it differently")
        SUGGEST = "suggest", _("Suggested a time")
        AGREE = "agree", _("Said yes to the time")
        KEEP = "keep", _("Said no to the time")

    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="acted")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    did = models.CharField(max_length=8, choices=Did.choices)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = ActedQuerySet.as_manager()

    class Meta:
        verbose_name = _("act for somebody")
        verbose_name_plural = _("acts for somebody")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(did=""), name="acted_somehow")]

    def __str__(self) -> str:
        return f"{self.did}, {self.at:%Y-%m-%d}"

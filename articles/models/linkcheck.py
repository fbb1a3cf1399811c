"""What the link checker last heard from an address that we send people to."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# One silent night is no news; two silent weeks are.
FAILURES_TO_REPORT = 2
RECORD = """
    INSERT INTO articles_linkcheck AS old (url, status, detail, failures, found_in, checked_at)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (url) DO UPDATE SET
        status = excluded.status,
        detail = excluded.detail,
        failures = CASE WHEN excluded.failures = 0 THEN 0 ELSE old.failures + 1 END,
        found_in = excluded.found_in,
        checked_at = excluded.checked_at
"""


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def needing_a_look(self) -> Self:
        """Links that staff should see to: gone, never to be called, or silent twice in a row."""
        silent = models.Q(status=LinkCheck.Status.SILENT, failures__gte=FAILURES_TO_REPORT)
        return self.filter(silent | models.Q(status__in=[LinkCheck.Status.GONE, LinkCheck.Status.UNSAFE]))

    def record(self, url: str, status: str, detail: str, found_in: Sequence[str]) -> None:
        """Keep the latest word on `url`; `failures` counts the checks in a row that were not OK.

        One statement, so that the command and the worker, both at it, lose no count.
        """
        failures = int(status != LinkCheck.Status.OK)
        with connection.cursor() as cursor:
            cursor.execute(RECORD, [url, status, detail, failures, list(found_in), timezone.now()])


class LinkCheck(models.Model):
    """The last check of one web address."""

    class Status(models.TextChoices):
        OK = "ok", _("Works")
        UNSURE = "unsure", _("Answers, but not to a robot: please open it yourself")
        SILENT = "silent", _("Does not answer")
        GONE = "gone", _("Is gone")
        UNSAFE = "unsafe", _("May not be checked")

    url = models.TextField(_("web address"), unique=True)
    status = models.CharField(_("result"), max_length=10, choices=Status.choices)
    detail = models.CharField(_("details"), max_length=200, blank=True)
    failures = models.PositiveIntegerField(_("failed checks in a row"), default=0)
    found_in = ArrayField(models.CharField(max_length=250), verbose_name=_("found in"), default=list)
    checked_at = models.DateTimeField(_("checked at"))

    objects: ClassVar[models.Manager["LinkCheck"]] = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url

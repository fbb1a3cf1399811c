"""What an import found and did. A run is checked first, which writes nothing into the directory, and then applied."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups import errors


class ImportRun(models.Model):
    """One file of a source. Counts are of the file's rows; `missing` and `paused` are of listings."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits to be checked")
        CHECKED = "checked", _("Checked: nothing is changed yet")
        HELD = "held", _("Held: it would change very much")
        APPLYING = "applying", _("Is being done now")
        APPLIED = "applied", _("Done")
        FAILED = "failed", _("Could not be read: nothing is changed")
        OUTDATED = "outdated", _("Taken back, or overtaken by a later one: nothing was changed")

    source = models.ForeignKey("groups.Source", on_delete=models.PROTECT, related_name="runs", verbose_name=_("source"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.CHECKED)
    message = models.CharField(_("why"), max_length=300, blank=True)
    reason = models.CharField(_("why it was done although it was held"), max_length=300, blank=True)
    came_from = models.CharField(_("file or address"), max_length=500, blank=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    aside = models.PositiveIntegerField(_("set aside"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    missing = models.PositiveIntegerField(_("no longer there"), default=0)
    paused = models.PositiveIntegerField(_("paused for that"), default=0)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["source", "status"], name="run_by_source")]
        constraints = [
            # Of those that were held, `message` says why; of those that are done, no others have one.
            models.CheckConstraint(
                condition=~models.Q(status__in=["applying", "applied"]) | models.Q(message="") | ~models.Q(reason=""),
                name="run_held_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def can_be_applied(self) -> bool:
        return self.status in (self.Status.CHECKED, self.Status.HELD, self.Status.APPLYING)

    @property
    def rows_read(self) -> int:
        return self.added + self.changed + self.unchanged + self.aside + self.refused

    @property
    def is_on_its_way(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.APPLYING)

    def queue(self, by: Any, reason: str = "") -> None:
        """Have the worker apply it; one that is held, with the reason why only. Raises RunNotReady, RunIsHeld."""
        from groups import tasks  # noqa: PLC0415 - they read the models

        with transaction.atomic():
            row = ImportRun.objects.select_for_update().get(pk=self.pk)
            if not row.can_be_applied:
                raise errors.RunNotReady
            row.release(reason)
            row.status = self.Status.APPLYING
            row.save(update_fields=["status", "reason"])
            tasks.apply_import.defer(run_id=row.pk, by_id=str(by.pk))

    def release(self, reason: str) -> None:
        """Let a held run go on, for a reason that it keeps. Raises RunIsHeld without one."""
        if self.status == self.Status.HELD:
            if not reason.strip():
                raise errors.RunIsHeld
            self.reason = reason.strip()

    def drop(self) -> None:
        """Take back a run that was never applied, with all that it would have written. Raises RunNotReady."""
        with transaction.atomic():
            row = ImportRun.objects.select_for_update().get(pk=self.pk)
            if not row.can_be_applied:
                raise errors.RunNotReady
            row.rows.exclude(said=None).update(said=None)
            row.status = self.Status.OUTDATED
            row.save(update_fields=["status"])

    def apply(self, by: Any = None, reason: str = "") -> None:
        """Do in the directory what was found, all or nothing; what is held, for a reason only.

        Raises RunNotReady, RunIsHeld, RunOutdated.
        """
        from groups.imports import applying  # noqa: PLC0415 - it writes the models

        applying.apply(self, by, reason)


class ImportRow(models.Model):
    """What became of one listing, or of one row that is none. `rows` is how many rows of the file it stands for.

    `said` is what would be written, until that is done. `raw` is what to look at of a row that was set aside: chosen
    columns, without contacts.
    """

    class Outcome(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        ASIDE = "aside", _("Set aside for a look")
        REFUSED = "refused", _("Refused")

    run = models.ForeignKey("groups.ImportRun", on_delete=models.CASCADE, related_name="rows", verbose_name=_("import"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    external_id = models.CharField(_("known there as"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=1)
    digest = models.CharField(max_length=40, blank=True)
    said: Any = models.JSONField(null=True, editable=False)
    raw: Any = models.JSONField(_("what it says"), null=True, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run", "outcome"], name="row_by_outcome"),
            models.Index(fields=["run", "external_id"], name="row_by_external_id"),
        ]

    def __str__(self) -> str:
        return self.name or self.external_id or f"{self.pk}"

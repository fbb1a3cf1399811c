"""Other directories that ours takes from, and which listing came from where."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models.group import Group

GONE_AFTER = 2  # runs without a listing, and it is paused


class Source(models.Model):
    """A feed, or somebody who sends files. Its groups are of `kind` and about `topics` unless a row says otherwise."""

    class Format(models.TextChoices):
        MEETING_GUIDE = "meeting_guide", _("Meeting Guide (JSON)")
        BMLT = "bmlt", _("BMLT (JSON)")
        ICALENDAR = "icalendar", _("iCalendar (.ics)")
        HSDS = "hsds", _("HSDS (3.x as JSON, 1.x as a ZIP of CSV files)")
        CSV = "csv", _("A table (CSV): ours, or that of 12 Step Meeting List")

    name = models.CharField(_("name"), max_length=80, unique=True)
    format = models.CharField(_("format"), max_length=16, choices=Format.choices)
    url = models.URLField(_("web address of the feed"), max_length=500, blank=True)
    vouches_for = models.CharField(
        _("what it vouches for"), max_length=200, blank=True,
        help_text=_("Such as: the meetings of AA in Dallas County, checked by its office every month."),
    )  # fmt: skip
    kind = models.CharField(_("kind of its groups"), max_length=12, choices=Group.Kind.choices, default=Group.Kind.PEER)
    topics = models.ManyToManyField(
        "groups.Topic", blank=True, related_name="sources", verbose_name=_("topics of its groups")
    )
    applied_at = models.DateTimeField(_("last taken over"), null=True, blank=True, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Origin(models.Model):
    """That a group came from a source, which knows it as `external_id`.

    `digest` is of what the source said last, `written_at` the group's `updated_at` of then. `missed` counts the runs
    in a row that did not have it; `paused` says that it is on a pause for that.
    """

    group = models.OneToOneField("groups.Group", on_delete=models.CASCADE, related_name="origin")
    source = models.ForeignKey("groups.Source", on_delete=models.PROTECT, related_name="origins")
    external_id = models.CharField(max_length=200)
    digest = models.CharField(max_length=40)
    written_at = models.DateTimeField()
    missed = models.PositiveSmallIntegerField(default=0)
    paused = models.BooleanField(default=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_origin_each")]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.external_id}"

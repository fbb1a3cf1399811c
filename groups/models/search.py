from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q


def point(x: Any, y: Any) -> Func:
    """PostgreSQL's `point(x, y)`, in meters of Web Mercator."""
    return Func(x, y, function="point", output_field=models.TextField())


class Inside(Func):
    """`point <@ box`, which the GiST index answers."""

    template = "(%(expressions)s)"
    arg_joiner = " <@ "
    output_field = models.BooleanField()
    conditional = True


class SearchRow(models.Model):
    """What finding reads: a row for each schedule of a group that may be shown, or one for a group without any.

    Made by groups.indexing in the transaction that changes the group, out of public values only.
    """

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="search_rows")
    schedule = models.OneToOneField(
        "groups.MeetingSchedule", on_delete=models.CASCADE, null=True, related_name="search_row"
    )
    x = models.FloatField(null=True)  # meters of Web Mercator; null where nobody meets in person
    y = models.FloatField(null=True)
    facets = ArrayField(models.IntegerField())  # groups.facets
    vector = SearchVectorField()
    stale_at = models.DateTimeField()
    hidden_at = models.DateTimeField()
    paused_from = models.DateTimeField(null=True)  # the group's: to look at each group took half of a search
    paused_until = models.DateTimeField(null=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        indexes = [
            GinIndex(fields=["facets", "vector"], name="search_by_facets_and_words", fastupdate=False),
            models.Index(fields=["paused_from"], condition=Q(paused_from__isnull=False), name="search_row_paused"),
            GistIndex(point(F("x"), F("y")), condition=Q(x__isnull=False), name="search_by_point"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(schedule=None), name="one_row_without_schedule"
            ),
            models.CheckConstraint(condition=Q(x=None, y=None) | Q(x__isnull=False, y__isnull=False), name="row_point"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}/{self.schedule_id}"


class NextStart(models.Model):
    """When the next meeting of a search row begins: a narrow table, because it is rewritten after each meeting."""

    row = models.OneToOneField(SearchRow, on_delete=models.CASCADE, primary_key=True, related_name="next_start")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["starts_at", "row"], name="next_start_in_order")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

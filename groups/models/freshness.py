"""What keeps a listing fresh: questions to its organizers, and what visitors saw."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.group import Group
from groups.models.group_queries import ASK_AFTER, ASK_AGAIN
from groups.models.organizer import ASK_LINK, Organizer, OrganizerLink, own_address
from groups.models.report import GroupReport
from mindspace.once import once

STEPS = (ASK_AFTER, *(ASK_AFTER + days for days in ASK_AGAIN))  # days after the last confirmation
ENOUGH = 3
WITHIN = timedelta(days=30)


class QuestionQuerySet(models.QuerySet["Question"]):
    def due(self, now: datetime) -> models.QuerySet[Group]:
        """The groups that may have to be asked now."""
        return (
            Group.objects.listed(now)
            .filter(confirmed_at__lte=now - timedelta(days=ASK_AFTER), is_example=False)  # nobody is behind those
            .order_by("pk")
        )

    def ask(self, group: Group, now: datetime) -> bool:
        """Ask "still right?" if it is time; the same question is never asked twice. Returns whether it was asked."""
        with transaction.atomic():
            row = Group.objects.select_for_update().filter(pk=group.pk).listed(now).first()
            if row is None or row.confirmed_at is None or row.confirmed_at > now - timedelta(days=ASK_AFTER):
                return False
            age = (now - row.confirmed_at) // timedelta(days=1)
            step = sum(age >= days for days in STEPS)
            people: list[tuple[str, Organizer | None]] = [
                (each.email, each) for each in row.organizers.select_related("user")
            ]
            if not people and row.confirmed_by != "source" and own_address(row):
                people = [(own_address(row), None)]  # what another directory keeps, that directory is asked about
            if not people or not self.get_or_create(group=row, since=row.confirmed_at, step=step)[1]:
                return False
            for email, organizer in people:
                OrganizerLink.objects.mail(
                    "groups/mail/still_right", row, email, organizer, purpose="ask", valid=ASK_LINK
                )
        return True


class Question(models.Model):
    """ "Is it still right?", asked for the first, second or third time since the listing was last confirmed."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="questions")
    since = models.DateTimeField()  # the confirmation that had grown old
    step = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question whether it is still right")
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["group", "since", "step"], name="question_asked_once")]

    def __str__(self) -> str:
        return f"{self.group}, {self.step}"


class SightingQuerySet(models.QuerySet["Sighting"]):
    def say(self, group: Group, *, was_on: bool, key: UUID | None) -> "Sighting":
        """Keep what a visitor saw. The third "it was not" within 30 days puts the listing into the queue."""

        def make() -> "Sighting":
            with transaction.atomic():
                Group.objects.select_for_update().get(pk=group.pk)
                made = self.create(group=group, was_on=was_on, key=key)
                if not was_on and self.not_held(group) >= ENOUGH:
                    GroupReport.objects.by_visitors(group)
            return made

        return once(Sighting.objects, key, make)

    def not_held(self, group: Group) -> int:
        """How often "it was not" was said lately, since somebody last confirmed the listing.

        A directory that says the same every month has seen nothing: its word does not count here.
        """
        history: Any = Group.pgh_event_model  # type: ignore[attr-defined]
        by_people = history.objects.filter(pgh_obj_id=group.pk).exclude(confirmed_by="source")
        confirmed = by_people.aggregate(last=models.Max("confirmed_at"))["last"]
        since = max(filter(None, [timezone.now() - WITHIN, confirmed]))
        return self.filter(group=group, was_on=False, at__gt=since).count()


class Sighting(models.Model):
    """A visitor says that a meeting was on, or was not. Nothing is kept about the visitor."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="sightings")
    was_on = models.BooleanField(_("it was on"))
    at = models.DateTimeField(_("said"), default=timezone.now)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once

    objects: ClassVar[Any] = SightingQuerySet.as_manager()

    class Meta:
        verbose_name = _("what a visitor saw")
        ordering = ["-at"]
        indexes = [models.Index(fields=["group", "at"], name="sighting_by_group")]

    def __str__(self) -> str:
        return f"{self.group}, {self.at:%Y-%m-%d}"

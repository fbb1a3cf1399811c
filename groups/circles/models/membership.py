"""Who is in a circle, and who looks after it."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_MEMBERS = 12  # small allows depth


class MembershipQuerySet(models.QuerySet["Membership"]):
    def facilitating(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.FACILITATOR)


class Membership(models.Model):
    """One chair of a circle. It has twelve, and on each sits one person.

    Where nobody facilitates any more, the database lets whoever has been there longest do it: see migration 0001.
    """

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("Facilitates")
        MEMBER = "member", _("Member")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey("circles.Circle", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    chair = models.PositiveSmallIntegerField(editable=False)  # from 0
    role = models.CharField(max_length=11, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "user"], name="membership_once"),
            models.UniqueConstraint(fields=["circle", "chair"], name="membership_one_to_a_chair"),
            models.CheckConstraint(condition=Q(chair__gte=0, chair__lt=MOST_MEMBERS), name="membership_chair"),
            models.CheckConstraint(condition=Q(role__in=("facilitator", "member")), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.joined_at:%Y-%m-%d}"

    @property
    def facilitates(self) -> bool:
        return self.role == self.Role.FACILITATOR

    @property
    def drawing(self) -> str:
        return f"seat-{self.chair % 4 + 1}"

"""Who is in a circle, and who looks after it."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import keeping_out
from mindspace.accounts.models import Block

MOST_MEMBERS = 12  # small allows depth


def away_from(user: Any, via: str = "") -> Q:
    """Whom this person does not meet in a circle; `via` leads to the memberships, such as "memberships__"."""
    apart = Q(**{f"{via}user__in": Block.objects.others_of(user)})
    kept_out = Q(**{f"{via}user__in": keeping_out.hidden()}) & ~Q(**{f"{via}user": user})
    return apart | kept_out


class MembershipQuerySet(models.QuerySet["Membership"]):
    def shown_to(self, user: Any) -> "MembershipQuerySet":
        """Those this person meets there: nobody they keep apart from, and nobody else who may not take part just now.

        The chair of such a one stays theirs; a suspension ends, and a ban may be lifted.
        """
        return self.exclude(away_from(user))

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

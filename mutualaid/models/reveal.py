"""Showing one contact detail to one person, for one arrangement."""

from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import keeping_out
from mindspace.accounts.models import ContactDetail
from mindspace.moderation.models.sanction import may_take_part, may_write
from mutualaid.errors import MayNotWrite, NotNow
from mutualaid.models.arrangement import Arrangement

if TYPE_CHECKING:
    from mindspace.accounts.models import User


class RevealQuerySet(models.QuerySet["Reveal"]):
    def open(self) -> Self:
        """What is shown now. All of it closes with the arrangement, whoever ends it and however."""
        return self.filter(arrangement__state__in=Arrangement.GOING_ON)

    def to(self, user: "User", arrangement: Arrangement) -> Self:
        """What the other side shows to this person; nothing while one of the two may not take part."""
        rows = self.open().filter(arrangement=arrangement).exclude(detail__user=user).select_related("detail")
        away = keeping_out.hidden()
        apart = Q(arrangement__response__by__in=away) | Q(arrangement__response__post__author__in=away)
        return rows.exclude(apart)

    def show(self, detail: ContactDetail, arrangement: Arrangement) -> "Reveal":
        """Once is as good as twice.

        Raises NotNow: it is over, not confirmed, not of one of the two, or the other may not take part; MayNotWrite.
        """
        with transaction.atomic():
            rows = Arrangement.objects.select_for_update(of=("self",)).select_related(
                "response__post__author", "response__by"
            )
            row = rows.get(pk=arrangement.pk)
            two = (row.response.by_id, row.response.post.author_id)
            if row.state not in Arrangement.GOING_ON or not detail.is_verified or detail.user_id not in two:
                raise NotNow
            if not may_write(detail.user):
                raise MayNotWrite
            if not may_take_part(row.response.other_than(detail.user)):
                raise NotNow
            made, _new = self.get_or_create(arrangement=row, detail=detail)
        return made


class Reveal(models.Model):
    """A row is the yes of its owner; taking it back deletes the row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="reveals")
    detail = models.ForeignKey(ContactDetail, on_delete=models.CASCADE, related_name="reveals")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = _("shown contact detail")
        verbose_name_plural = _("shown contact details")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["arrangement", "detail"], name="reveal_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

import uuid
from typing import Any, ClassVar, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import parting
from mindspace.accounts.models.user import User


class BlockQuerySet(models.QuerySet["Block"]):
    def between(self, one: Any, other: Any) -> Self:
        """Blocks in either direction. Empty where one of them is not signed in."""
        if one is None or other is None or one.pk is None or other.pk is None:
            return self.none()
        return self.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one))

    def others_of(self, user: Any) -> Any:
        """The ids of all whom `user` blocked, or who blocked them: a query, to filter others with."""
        if user is None or user.pk is None:
            return self.none().values_list("blocked_id", flat=True)
        other = Case(When(blocker=user.pk, then=F("blocked_id")), default=F("blocker_id"))
        rows = self.filter(Q(blocker=user.pk) | Q(blocked=user.pk)).order_by()
        return rows.annotate(other=other).values_list("other", flat=True)

    def hides_from(self, user: Any) -> Any:
        """The ids of those who blocked `user`, but for those whom `user` blocked, too, and knows of."""
        mine = self.filter(blocker=user).values("blocked")
        return self.filter(blocked=user).exclude(blocker__in=mine).values("blocker")

    def put(self, blocker: User, blocked: User) -> "Block":
        """Keep `blocked` away from `blocker`, and the other way around. Once is as good as twice.

        Raises User.DoesNotExist where one of them leaves at the same moment.
        """
        if blocker == blocked:
            raise CannotBlockYourself
        try:
            with transaction.atomic():
                block, _made = self.get_or_create(blocker=blocker, blocked=blocked)
                parting.part(blocker, blocked)
        except IntegrityError as error:
            if User.objects.filter(pk__in=[blocker.pk, blocked.pk]).count() < 2:
                raise User.DoesNotExist from error
            raise
        return block


class CannotBlockYourself(Exception):
    """Nobody can be kept away from themselves."""


class Block(models.Model):
    """Two people are hidden from each other everywhere. Whom it is about is never told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blocker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocked_by")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_not_yourself"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

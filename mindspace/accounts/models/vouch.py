from collections.abc import Callable
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import keeping_out
from mindspace.accounts.models.user import User


class CannotVouch(Exception):
    """Only vouched members and moderators vouch, while they may write; never for themselves, or across a block."""


Hook = Callable[[User, User], None]
_hooks: list[Hook] = []


def when_vouched(hook: Hook) -> None:
    """Register in AppConfig.ready what follows once enough people vouch for somebody: `hook(voucher, vouched)`.

    It runs in the transaction of the vouch, with the row of the vouched locked, and may run again for the same person.
    """
    _hooks[:] = [*(each for each in _hooks if each != hook), hook]


class VouchQuerySet(models.QuerySet["Vouch"]):
    def counting(self) -> Self:
        """All but those that a banned member gave.

        Whoever is banned is not trusted any more, and what they vouched for rested on that trust: two who come to do
        harm together begin by vouching for each other. It counts again if the ban is lifted, which says that it was
        wrong. A suspension or a mute ends by itself, and takes nothing from the people somebody once vouched for.
        """
        return self.exclude(voucher__in=keeping_out.banned())

    def give(self, voucher: User, vouched: User) -> "Vouch":
        """`voucher` knows `vouched` and trusts them. Once is as good as twice. Raises CannotVouch."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=vouched.pk)
            if not voucher.can_vouch_for(vouched):
                raise CannotVouch
            vouch, _made = self.get_or_create(voucher=voucher, vouched=vouched)
            if voucher.can_vouch_alone and not vouch.by_moderator:  # also where they had given it as a member
                vouch.by_moderator = True
                vouch.save(update_fields=["by_moderator"])
            for hook in _hooks if vouched.is_vouched else ():
                hook(voucher, vouched)
        return vouch

    def take_back(self, voucher: User, vouched: User) -> None:
        self.filter(voucher=voucher, vouched=vouched).delete()


class Vouch(models.Model):
    """One member's word for another. It outlives, nameless, the account of whoever gave it, if they were not banned."""

    voucher = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="vouches_given")
    vouched = models.ForeignKey(User, on_delete=models.CASCADE, related_name="vouches")
    at = models.DateTimeField(default=timezone.now)
    by_moderator = models.BooleanField(_("by a moderator"), default=False)

    objects: ClassVar[Any] = VouchQuerySet.as_manager()

    class Meta:
        verbose_name = _("vouch")
        verbose_name_plural = _("vouches")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["voucher", "vouched"], name="vouch_once"),
            models.CheckConstraint(condition=Q(voucher=None) | ~Q(voucher=F("vouched")), name="vouch_not_yourself"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

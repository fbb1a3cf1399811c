from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def digest_of(address: str) -> str:
    """What can be compared and not be read: a hash under the site's key. What follows a + names the same mailbox."""
    name, _at, host = address.strip().lower().rpartition("@")
    plain = f"{name.partition('+')[0]}@{host}"
    return salted_hmac("mindspace.accounts.KeptOut", plain, algorithm="sha256").hexdigest()


class KeptOutQuerySet(models.QuerySet["KeptOut"]):
    def keep(self, addresses: Iterable[str], until: datetime | None) -> None:
        for address in addresses:
            self.update_or_create(digest=digest_of(address), defaults={"until": until})

    def now(self) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()))

    def covers(self, address: str) -> bool:
        return self.now().filter(digest=digest_of(address)).exists()

    def forget(self, now: datetime) -> None:
        self.filter(until__lte=now).delete()


class KeptOut(models.Model):
    """An address that makes no account while a ban holds, although the account it belonged to is gone.

    Nobody can read the address from it, and nothing else of the person is here.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True)  # null: a ban for good

    objects: ClassVar[Any] = KeptOutQuerySet.as_manager()

    class Meta:
        verbose_name = _("address kept out")
        verbose_name_plural = _("addresses kept out")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"

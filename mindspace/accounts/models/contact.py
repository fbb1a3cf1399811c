import hashlib
import hmac
import re
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, cast
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models.user import User
from mindspace.encryption import decrypt, encrypt
from mindspace.mail.templates import send
from mindspace.once import once
from mindspace.site import phones

CODE_COUNTS = timedelta(minutes=30)
MOST_TRIES = 5
MOST_DETAILS = 6  # of one member


class NotConfirmed(Exception):
    """The code is wrong, too old, or was tried too often."""


class TooManyDetails(Exception):
    """Six are enough for one member."""


class ContactDetailQuerySet(models.QuerySet["ContactDetail"]):
    def of(self, user: Any) -> Self:
        """Their own, and nobody else's: there is no other way to them but a reveal."""
        return self.filter(user=user)

    def verified(self) -> Self:
        return self.filter(verified_at__isnull=False)

    def add(self, user: User, kind: str, value: str, key: UUID | None = None) -> "ContactDetail":
        """Keep one more. Raises TooManyDetails."""
        return once(self.filter(user=user), key, lambda: self._add(user, kind, value, key))

    def _add(self, user: User, kind: str, value: str, key: UUID | None) -> "ContactDetail":
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            theirs = list(self.filter(user=user))
            same = [each for each in theirs if each.kind == kind and each.value == value]
            if same:
                return cast(ContactDetail, same[0])
            if len(theirs) >= MOST_DETAILS:
                raise TooManyDetails
            detail = ContactDetail(user=user, kind=kind, key=key)
            detail.value = value
            detail.save()
        return detail

    def confirm_call(self, number: str, code: str) -> "ContactDetail":
        """Confirm the phone that calls, by the code that its owner says. Raises NotConfirmed.

        What is sealed cannot be searched for: those that wait for a call are few, and each is opened.
        """
        waiting = self.filter(
            kind=ContactDetail.Kind.PHONE, verified_at=None, code_made_at__gt=timezone.now() - CODE_COUNTS
        )
        for detail in waiting.iterator():
            if hmac.compare_digest(detail.value.encode(), number.encode()) and detail._tried(code):
                detail.refresh_from_db()
                return cast(ContactDetail, detail)
        raise NotConfirmed


class ContactDetail(models.Model):
    """A phone number or e-mail address a member may show to one person, for one arrangement.

    It is encrypted, on no page but its owner's and that person's, and in no list. `verified_at` says that it answers:
    an e-mail address by a code mailed to it, a phone by a call from it in which its owner said the code.
    """

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="contact_details")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    sealed_value = models.TextField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    verified_at = models.DateTimeField(null=True, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_made_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = ContactDetailQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact detail")
        verbose_name_plural = _("contact details")
        ordering = ["made_at"]
        constraints = [models.CheckConstraint(condition=~Q(sealed_value=""), name="contact_detail_is_there")]

    def __str__(self) -> str:
        return self.kind  # never the value: this may end up in a log

    @property
    def value(self) -> str:
        return decrypt(self.sealed_value)

    @value.setter
    def value(self, value: str) -> None:
        self.sealed_value = encrypt(value)

    @property
    def shown(self) -> str:
        """As people write it."""
        return phones.spaced(self.value)

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    def new_code(self) -> str:
        """Make a code that counts for half an hour; the one before ends. For a phone it is shown to its owner, who
        says it in a call; for e-mail, `mail_code` sends it."""
        code = f"{secrets.randbelow(10**6):06d}"
        self.code_hash, self.code_made_at, self.tries = self._hash(code), timezone.now(), 0
        self.save(update_fields=["code_hash", "code_made_at", "tries"])
        return code

    def mail_code(self) -> None:
        with transaction.atomic():
            send("accounts/mail/contact_code", self.value, {"code": self.new_code()})

    def confirm(self, code: str) -> None:
        """Raises NotConfirmed. A wrong code counts as a try, whatever becomes of the page."""
        if not self._tried(code):
            raise NotConfirmed
        self.refresh_from_db()

    def _tried(self, code: str) -> bool:
        with transaction.atomic():
            row = ContactDetail.objects.select_for_update().get(pk=self.pk)
            right = row.code_counts(timezone.now()) and hmac.compare_digest(row.code_hash, self._hash(code))
            row.tries += 1
            if right:
                row.verified_at, row.code_hash, row.code_made_at = timezone.now(), "", None
            row.save(update_fields=["tries", "verified_at", "code_hash", "code_made_at"])
        return right

    def code_counts(self, now: datetime) -> bool:
        return bool(self.code_made_at and now - self.code_made_at < CODE_COUNTS and self.tries < MOST_TRIES)

    def _hash(self, code: str) -> str:
        digits = re.sub(r"\D", "", code)
        return hmac.new(settings.SECRET_KEY.encode(), f"{self.pk}:{digits}".encode(), hashlib.sha256).hexdigest()

"""A link into a circle. Whoever facilitates it hands it on by themselves; the site mails it to nobody."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from groups.circles.errors import CannotBeUsed, CircleFull, NotTheirs
from groups.circles.models.circle import Circle
from mindspace.accounts.models import User
from mindspace.moderation import tokens
from mindspace.moderation.models.sanction import may_write

VALID_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        return self.filter(ended_at=None, expires_at__gt=timezone.now(), circle__closed_at=None)

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=tokens.hashed(token))

    def make(self, circle: Circle, by: User, key: uuid.UUID | None) -> str:
        """Return the link of a new invitation. Only its holder has it: the database keeps a hash.

        The same form sent again gives the same link. Raises CircleFull, NotTheirs.
        """
        token = salted_hmac("circles.invitation", f"{circle.pk}:{by.pk}:{key}", algorithm="sha256").hexdigest()
        with circle.locked() as locked:
            if not locked.can_be_looked_after_by(by):
                raise NotTheirs
            if not locked.has_room:
                raise CircleFull
            self.filter(circle=locked, expires_at__lt=timezone.now()).delete()
            self.get_or_create(
                token_hash=tokens.hashed(token if key else (token := tokens.new())),
                defaults={"circle": locked, "made_by": by, "expires_at": timezone.now() + VALID_FOR},
            )
        return settings.SITE_URL + reverse("circles:invitation_open", args=[token])


class Invitation(models.Model):
    """For one person, for seven days, until somebody who facilitates takes it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, editable=False)  # used or taken back; by whom is not kept

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a circle")
        verbose_name_plural = _("invitations to circles")
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    def accept(self, user: User) -> Circle:
        """Take the chair, once. Raises CannotBeUsed, CircleFull."""
        try:
            with self.circle.locked() as circle:
                row = Invitation.objects.open().filter(pk=self.pk).first()
                if row is None or not row.can_be_used_by(user):
                    raise CannotBeUsed
                if not circle.memberships.filter(user=user).exists():
                    circle.seat(user)
                    row.end()
        except NotTheirs as error:
            raise CannotBeUsed from error
        return self.circle

    def end(self) -> None:
        Invitation.objects.filter(pk=self.pk, ended_at=None).update(ended_at=timezone.now())

    def can_be_used_by(self, user: Any) -> bool:
        """By a grown-up who may write and whom no facilitator keeps apart from. Who may not is told no more."""
        return self.stands and Circle.can_be_started_by(user) and not self.circle.is_kept_from(user)

    @property
    def stands(self) -> bool:
        """The link of somebody who may not write just now opens nothing, as one that has ended."""
        return may_write(self.made_by)

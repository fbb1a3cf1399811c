"""What a member is told, and how they want to be told."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.notifications import kinds, quiet
from mindspace.notifications.kinds import Choice


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: User) -> Self:
        """What this member sees by now, the newest first."""
        return self.filter(user=user, at__lte=timezone.now()).order_by("-at", "-pk")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self, now: datetime) -> Self:
        return self.filter(mail_at__lte=now)

    def mark_read(self) -> int:
        return self.unread().update(read_at=timezone.now())

    def tell(self, by: User) -> int:
        """`by` told it on the phone. It is on record from then on: whoever tells it again changes nothing."""
        return self.unread().update(read_at=timezone.now(), told_by=by)


class Notification(models.Model):
    """One thing that happened, told to one member. `key` names the event: told twice, it is one row and one mail.

    `about` is shown on the site only, to this member. `mail_at` is when a mail of it is due: null when there is none to
    come. The mail and the null are written in one transaction, so no mail is lost and none goes out twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=160)
    path = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )  # the moderator who read it out, at `read_at`, to a member without e-mail
    mail_at = models.DateTimeField(null=True)
    is_daily = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notification_told_once"),
            models.CheckConstraint(
                condition=models.Q(path="") | (models.Q(path__startswith="/") & ~models.Q(path__startswith="//")),
                name="notification_leads_to_our_site",
            ),
            models.CheckConstraint(
                condition=models.Q(mail_at=None) | models.Q(mailed_at=None), name="notification_mailed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(told_by=None) | models.Q(read_at__isnull=False), name="notification_told_when"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notification_of_member"),
            models.Index(fields=["mail_at"], condition=models.Q(mail_at__isnull=False), name="notification_to_mail"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_from_now(self) -> bool:
        return timezone.now() - self.at < timedelta(minutes=1)

    @property
    def sentence(self) -> str:
        kind = kinds.find(self.kind)
        return str(kind.sentence) if kind else ""


class Preference(models.Model):
    """How a member wants one kind to be told by mail, where that is not the kind's default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    choice = models.CharField(max_length=8, choices=Choice.choices)

    objects: ClassVar[models.Manager["Preference"]] = models.Manager()

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once"),
            models.CheckConstraint(condition=models.Q(choice__in=Choice.values), name="preference_is_a_choice"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.choice}"

    @classmethod
    def choice_of(cls, user: User, kind: str) -> str:
        row = cls.objects.filter(user=user, kind=kind).first()
        return row.choice if row else kinds.get(kind).default

    @classmethod
    def choose(cls, user: User, kind: str, choice: str) -> None:
        cls.objects.update_or_create(user=user, kind=kind, defaults={"choice": choice})


class QuietHours(models.Model):
    """No mail from `starts` to `ends`, in the member's own zone."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    objects: ClassVar[models.Manager["QuietHours"]] = models.Manager()

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")
        constraints = [
            models.CheckConstraint(condition=~models.Q(starts=models.F("ends")), name="quiet_hours_have_a_length")
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"

    @classmethod
    def end_for(cls, user: User, now: datetime) -> datetime:
        """`now`, or the end of the quiet hours in which it lies."""
        row = cls.objects.filter(user=user).first()
        return quiet.after_quiet(now, row.starts, row.ends, quiet.zone_of(user)) if row else now

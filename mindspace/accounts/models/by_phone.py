import uuid
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import calls, leaving
from mindspace.accounts.models.profile import Profile
from mindspace.accounts.models.user import NO_MAILBOX, User
from mindspace.once import once

MAY = "accounts.add_phonemember"


class PhoneMemberQuerySet(models.QuerySet["PhoneMember"]):
    def helped_by(self, user: Any) -> Self:
        """Those whom a moderator may post and answer for: they agreed on the phone, and did not take it back."""
        may = user.is_authenticated and user.is_active and user.is_staff and user.has_perm(MAY)
        return self.filter(ended_at=None).select_related("user") if may else self.none()

    def with_news(self) -> Self:
        """Each with `to_hear`, how much they have not been told yet, and `since`; those who wait longest come first."""
        unread = Q(user__notifications__read_at=None, user__notifications__at__lte=timezone.now())
        rows = self.annotate(
            to_hear=Count("user__notifications", filter=unread), since=Min("user__notifications__at", filter=unread)
        )
        return rows.order_by(F("since").asc(nulls_last=True), "-consented_at")

    def turn(self, by: Any, pk: UUID) -> "PhoneMember | None":
        """Hold the row while `by` does something for them; None where they took it back a moment ago."""
        return self.helped_by(by).select_for_update(of=("self",)).filter(pk=pk).first()

    def hear_age(self, by: User, pk: UUID) -> bool:
        """They say that they are grown up, to `by`, which is written down; False where nobody acts for them now."""
        with transaction.atomic():
            row = self.turn(by, pk)
            if row is not None and not row.user.is_adult:
                Profile.of(row.user).say_grown_up()
                row.age_heard_at, row.age_heard_by = timezone.now(), by
                row.save(update_fields=["age_heard_at", "age_heard_by"])
        return row is not None

    def welcome(
        self, by: User, display_name: str, consent: str, *, adult: bool = False, key: UUID | None = None
    ) -> "PhoneMember":
        """Make a member without e-mail. `consent` is what they agreed to, in the moderator's words."""
        return once(self, key, lambda: self._welcome(by, display_name, consent, adult, key))

    def _welcome(self, by: User, display_name: str, consent: str, adult: bool, key: UUID | None) -> "PhoneMember":
        with transaction.atomic():
            address = f"{uuid.uuid4()}{NO_MAILBOX}"
            user = User.objects.create_user(address, None, **({"display_name": display_name} if display_name else {}))
            profile = Profile.of(user)
            profile.state_age(adult)
            profile.save()
            return self.create(user=user, made_by=by, consent=consent, key=key)


class PhoneMember(models.Model):
    """Somebody without e-mail, who asked on the phone to be helped: moderators post and answer for them.

    Their account has no way in. What they agreed to is written down, with who heard it and when.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="phone_member")
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    consent = models.TextField(_("what they agreed to"), max_length=500)
    consented_at = models.DateTimeField(_("when"), default=timezone.now)
    ended_at = models.DateTimeField(_("taken back"), null=True)
    # When they said on a later call that they are grown up, and who heard it; on the first, `made_by` did.
    age_heard_at = models.DateTimeField(null=True, editable=False)
    age_heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects: ClassVar[Any] = PhoneMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member helped by phone")
        verbose_name_plural = _("members helped by phone")
        ordering = ["-consented_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(consent=""), name="phone_member_agreed"),
            models.CheckConstraint(
                condition=Q(age_heard_by=None) | Q(age_heard_at__isnull=False), name="phone_member_age_heard_when"
            ),
        ]

    def __str__(self) -> str:
        return self.user.display_name

    @property
    def page(self) -> str:
        """Where a call with them goes on."""
        return calls.page_of(self.pk)

    def end(self, *, entirely: bool = False) -> None:
        """They take it back: what is open ends, and nobody acts for them from now on. Again, nothing happens.

        What they agreed to stays on record. With `entirely`, the account goes, and this row with it.
        """
        with transaction.atomic():
            row = PhoneMember.objects.select_for_update().filter(pk=self.pk, ended_at=None).first()
            if row is None:
                return
            if entirely:
                leaving.leave(row.user, keep_posts=False)
                return
            leaving.stop(row.user)
            self.ended_at = row.ended_at = timezone.now()
            row.save(update_fields=["ended_at"])

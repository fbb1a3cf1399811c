"""When somebody may not write for a while, or not at all any more."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import User
from mindspace.moderation import conflicts, errors
from mindspace.moderation.models.decision import Decision, Verdict
from mindspace.moderation.models.held import Held
from mindspace.moderation.models.held_queries import HeldQuerySet, staff_of_one
from mindspace.notifications.telling import notify
from mindspace.once import once

TOLD_AS = "moderation.standing"
UNTIL_SECOND = timedelta(days=7)  # how long one moderator's ban holds while it waits for the other


def _in_force(now: datetime) -> Q:
    return Q(lifted_at=None) & (
        Q(state=Held.State.APPROVED, until=None)
        | Q(state=Held.State.APPROVED, until__gt=now)
        | Q(state=Held.State.WAITING, made_at__gt=now - UNTIL_SECOND)
    )


class SanctionQuerySet(HeldQuerySet):
    def in_force(self, now: datetime) -> Self:
        return self.filter(_in_force(now))

    def with_force(self, now: datetime) -> Self:
        """Each with whether it `holds` now."""
        return self.annotate(holds=_in_force(now))

    def keeping_out(self, now: datetime) -> Self:
        """Those under which nothing of a person is shown to others."""
        return self.in_force(now).filter(kind__in=(Sanction.Kind.SUSPENSION, Sanction.Kind.BAN))

    def now(self, user: Any) -> "Sanction | None":
        """The weightiest one that this person is under now."""
        rows = self.filter(user=user).in_force(timezone.now())
        return max(rows, key=lambda row: (WEIGHTS.index(row.kind), row.made_at), default=None)

    def impose(
        self, user: User, kind: str, *, by: User, reason: str, until: datetime | None = None, key: UUID | None = None
    ) -> "Sanction":
        """Decide it. A ban holds at once, and ends after a week unless another moderator agrees.

        Raises YourOwn for oneself, and CannotBeDone for staff.
        """
        if user == by:
            raise errors.YourOwn
        if user.is_staff:
            raise errors.CannotBeDone(_("They are on the staff. Take that from them first."))
        if conflicts.is_near(by, user.pk) and not staff_of_one():
            raise errors.YourOwn

        def make() -> "Sanction":
            waits = kind == Sanction.Kind.BAN and not staff_of_one()
            with transaction.atomic():
                trusted = set(User.objects.vouched().filter(vouches__voucher=user).values_list("pk", flat=True))
                made: Sanction = self.create(
                    key=key, user=user, kind=kind, reason=reason, until=until, made_by=by, risk=2,
                    state=Held.State.WAITING if waits else Held.State.APPROVED,
                    decided_at=None if waits else timezone.now(),
                )  # fmt: skip
                Decision.objects.create(
                    queue=Sanction.queue, item=made.pk, words=reason, by=by,
                    verdict=Verdict.PROPOSE if waits else Verdict.APPROVE,
                    alone=kind == Sanction.Kind.BAN and not waits,
                )  # fmt: skip
                made._tell("")
                made._tell_those_short_of_a_word(trusted)
            return made

        key = key and uuid5(key, f"{user.pk} {by.pk}")  # of another person, or by another moderator, it is another one
        return once(Sanction.objects, key, make)

    def quiet_for_now(self, user: User, until: datetime, reason: str) -> "Sanction":
        """What several reports bring about by themselves: no moderator has decided anything yet. They are told."""
        made: Sanction = self.create(
            user=user, kind=Sanction.Kind.MUTE, until=until, reason=reason, from_reports=True,
            state=Held.State.APPROVED, decided_at=timezone.now(),
        )  # fmt: skip
        made._tell("")
        return made


class Sanction(Held):
    """A mute (no new posts, answers or messages; what is there stays up), a suspension (and nothing of theirs is shown
    to others meanwhile), or a ban (a suspension for good).

    Whoever is under one can still read, find help, take their data out and leave.
    """

    queue = "sanction"

    class Kind(models.TextChoices):
        MUTE = "mute", _("Cannot write for a while")
        SUSPENSION = "suspension", _("Cannot take part for a while")
        BAN = "ban", _("Cannot take part any more")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"), max_length=1000)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    from_reports = models.BooleanField(default=False, editable=False)  # by itself: nobody has decided it
    lifted_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = SanctionQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["-made_at"]
        constraints = [
            *Held.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="ban", until=None) | (~Q(kind="ban") & Q(until__isnull=False)),
                name="sanction_only_a_ban_has_no_end",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sanction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(made_by=None) | ~Q(made_by=models.F("user")), name="sanction_of_another"
            ),
            models.CheckConstraint(
                condition=Q(from_reports=False) | Q(kind="mute", made_by=None), name="sanction_from_reports_is_a_mute"
            ),
        ]
        indexes = [
            *Held.Meta.indexes,
            models.Index(fields=["user"], condition=Q(lifted_at=None), name="sanction_not_lifted"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.made_at:%Y-%m-%d}"

    def is_from(self, user: User) -> bool:
        return user.pk in (self.made_by_id, self.user_id) or conflicts.is_near(user, self.user_id)

    def is_party(self, user: User) -> bool:
        """Whoever made it has decided about it, which is another thing."""
        return user.pk == self.user_id

    def at_stake(self) -> Any:
        return [self.kind, self.reason, str(self.until)]

    def approved(self, by: User) -> None:
        """The second moderator agrees: it stays. Nothing more to do, the state says it."""

    @property
    def keeps_out(self) -> bool:
        return self.kind in (Sanction.Kind.SUSPENSION, Sanction.Kind.BAN)

    def lift(self) -> None:
        """End it before its time, and tell them. Lifting it twice changes nothing."""
        with transaction.atomic():
            if Sanction.objects.filter(pk=self.pk, lifted_at=None).update(lifted_at=timezone.now()):
                self._tell(":lifted")
        self.refresh_from_db()

    def _tell_those_short_of_a_word(self, trusted: set[Any]) -> None:
        """What a banned member vouched for does not count. Whoever it leaves with too little reads what they can do."""
        enough = User.objects.vouched().filter(pk__in=trusted).values("pk")
        for person in User.objects.filter(pk__in=trusted).exclude(pk__in=enough):
            notify(person, TOLD_AS, f"sanction:{self.pk}:word", reverse("moderation:vouching_ask"))

    def _tell(self, event: str) -> None:
        notify(self.user, TOLD_AS, f"sanction:{self.pk}{event}", reverse("standing:standing_show"))


WEIGHTS = [Sanction.Kind.MUTE, Sanction.Kind.SUSPENSION, Sanction.Kind.BAN]


def may_take_part(user: Any) -> bool:
    """Whether others may agree on anything with this person now."""
    return not Sanction.objects.keeping_out(timezone.now()).filter(user=user).exists()


def may_write(user: Any) -> bool:
    """Whether this person may post, answer and send messages now."""
    return bool(user.is_authenticated and user.is_active) and Sanction.objects.now(user) is None

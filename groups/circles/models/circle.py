"""A small group of people who trust each other. Only its members know that it is there."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Count, ProtectedError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.circles import around
from groups.circles.errors import CircleFull, NotTheirs
from groups.circles.kinds import NEWS
from groups.circles.models.membership import MOST_MEMBERS, Membership, away_from
from mindspace.accounts.models import Block, User
from mindspace.moderation.models.sanction import may_write
from mindspace.notifications.telling import notify


class CircleQuerySet(models.QuerySet["Circle"]):
    def visible_to(self, user: Any) -> Self:
        """Those this person is in. To anybody else, moderators too, a circle is not there."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(closed_at=None, memberships__user=user)

    def with_people(self, user: Any) -> Self:
        """With `people`: how many of them this person meets in it."""
        seen = ~away_from(user, "memberships__")
        ours = Membership.objects.filter(user=user).order_by().values("circle")
        return self.filter(closed_at=None, pk__in=ours).annotate(people=Count("memberships", filter=seen))

    def start(self, by: User, **said: Any) -> "Circle":
        """Make a circle, with whoever starts it as its facilitator."""
        with transaction.atomic():
            circle = self.create(**said)
            circle.memberships.create(user=by, chair=0, role=Membership.Role.FACILITATOR)
        return circle

    def forget(self) -> None:
        """Delete those nobody is in. One that an ended post still names stays until that post is redacted."""
        for circle in self.filter(memberships=None):
            with suppress(ProtectedError), transaction.atomic():
                circle.delete()


class Circle(models.Model):
    """It closes when the last one leaves. An empty row stays for as long as an ended post names it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    name = models.CharField(_("name"), max_length=60)
    agreements = models.TextField(_("what you agree on"), max_length=2000, blank=True)
    area_name = models.CharField(_("area"), max_length=80, blank=True)
    is_example = models.BooleanField(_("is an example"), default=False, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = CircleQuerySet.as_manager()
    memberships: Any
    invitations: Any
    people: int  # only of `with_people`

    class Meta:
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circles:circle_detail", args=[self.pk])

    # -- What happens to it ----------------------------------------------------------------------------

    def change(self, **said: Any) -> None:
        Circle.objects.filter(pk=self.pk, closed_at=None).update(**said)
        self.refresh_from_db()

    def seat(self, user: User) -> None:
        """Let somebody sit down; who sits already stays where they are. Raises CircleFull, NotTheirs."""
        with self.locked() as circle:
            taken = dict(circle.memberships.values_list("user", "chair"))
            if user.pk in taken:
                return
            free = [chair for chair in range(MOST_MEMBERS) if chair not in taken.values()]
            if not free:
                raise CircleFull
            circle.memberships.create(user=user, chair=free[0])

    def hand_over(self, by: User, to: Membership, *, together: bool = False) -> None:
        """`to` facilitates from now on; with `together`, both do. Raises NotTheirs."""
        with self.locked() as circle:
            mine = circle.memberships.facilitating().filter(user=by).first()
            theirs = circle.memberships.filter(pk=to.pk).exclude(user=by).first()
            if mine is None or theirs is None:
                raise NotTheirs
            if not theirs.facilitates:
                circle._facilitated_by(theirs)
            if not together:
                mine.role = Membership.Role.MEMBER
                mine.save(update_fields=["role"])

    def leave(self, user: User) -> None:
        """Get up, without a word of why. The last one closes the circle. Twice is as good as once."""
        with self.locked() as circle:
            row = circle.memberships.filter(user=user).first()
            if row is not None:
                circle._free_chair_of(row)

    def remove(self, by: User, member: Membership) -> None:
        """A facilitator asks somebody to leave, and gives no reason. Raises NotTheirs."""
        with self.locked() as circle:
            row = circle.memberships.filter(pk=member.pk).select_related("user").first()
            if row is None or not circle.can_be_left_by_order_of(by, row):
                raise NotTheirs
            circle._free_chair_of(row)
            about = gettext("%(circle)s: you are no longer in it") % {"circle": circle.name}
            notify(row.user, NEWS.name, f"circle:{row.pk}:removed", reverse("circles:circle_list"), about)

    # -- Who may do it ---------------------------------------------------------------------------------

    @staticmethod
    def can_be_started_by(user: Any) -> bool:
        """Circles, as the board, are for grown-ups, and for whoever may write just now."""
        return bool(user.is_authenticated and user.is_adult and may_write(user))

    def can_be_looked_after_by(self, user: Any) -> bool:
        """Whether this person may change it, invite to it and hand it over."""
        return self.memberships.facilitating().filter(user=user).exists() and may_write(user)

    def can_be_left_by_order_of(self, user: Any, member: Membership) -> bool:
        """No facilitator can send another one away."""
        return not member.facilitates and self.can_be_looked_after_by(user)

    def is_kept_from(self, user: Any) -> bool:
        """Whether a facilitator and this person keep apart."""
        return bool(self.memberships.facilitating().filter(user__in=Block.objects.others_of(user)).exists())

    # -- How it is -------------------------------------------------------------------------------------

    def members_for(self, user: Any) -> Any:
        """Who is in it, of those this person meets there."""
        return self.memberships.shown_to(user).select_related("user")

    @property
    def has_room(self) -> bool:
        return bool(self.memberships.count() < MOST_MEMBERS)

    # -- How it is done --------------------------------------------------------------------------------

    def _facilitated_by(self, row: Membership) -> None:
        row.role = Membership.Role.FACILITATOR
        row.save(update_fields=["role"])
        self._tell(row)

    def _tell(self, row: Membership) -> None:
        """That the circle is in their hands. Each time it comes to them is an event of its own."""
        key = f"circle:{row.pk}:facilitates:{timezone.now().isoformat()}"
        about = gettext("%(circle)s: you facilitate it now") % {"circle": self.name}
        notify(row.user, NEWS.name, key, self.get_absolute_url(), about)

    def _free_chair_of(self, row: Membership) -> None:
        before = set(self.memberships.facilitating().values_list("pk", flat=True))
        row.delete()  # the database sees to it that somebody facilitates
        self.invitations.filter(made_by=row.user).delete()
        around.left(self, row.user)
        for heir in self.memberships.facilitating().exclude(pk__in=before).select_related("user"):
            self._tell(heir)
        if not self.memberships.exists():
            self.closed_at, self.agreements, self.area_name = timezone.now(), "", ""
            self.save(update_fields=["closed_at", "agreements", "area_name"])
            self.invitations.all().delete()

    @contextmanager
    def locked(self) -> Iterator["Circle"]:
        """The row, locked and as it is by now. Who comes, goes or facilitates waits here. Raises NotTheirs."""
        with transaction.atomic():
            circle = Circle.objects.select_for_update().filter(pk=self.pk, closed_at=None).first()
            if circle is None:
                raise NotTheirs
            yield circle
        self.refresh_from_db()

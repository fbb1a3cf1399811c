"""Somebody says that a listing is theirs, and shows it by the group's website or to a moderator."""

import secrets
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.group import Group
from groups.models.organizer import CLAIM_LINK, Organizer, OrganizerLink, own_address
from mindspace.accounts.models import User
from mindspace.mail.templates import send
from mindspace.moderation.models import Held, HeldQuerySet
from mindspace.once import once


def new_code() -> str:
    return f"mindspace-{secrets.token_hex(8)}"


class ClaimQuerySet(HeldQuerySet):
    def by_own_address(self, group: Group) -> bool:
        """Mail a link to the listing's own address: whoever reads its mail keeps it. False where it has none."""
        email = own_address(group)
        if email:
            OrganizerLink.objects.mail("groups/mail/claim_own", group, email, purpose="claim", valid=CLAIM_LINK)
        return bool(email)

    def send_in(self, key: UUID | None, group: Group, way: str, email: str, by: Any = None, note: str = "") -> "Claim":
        """Keep a claim, and mail the link that shows whose address it is. A second click sends nothing."""

        def make() -> "Claim":
            with transaction.atomic():
                made_by = by if by and by.is_authenticated else None
                made = Claim(key=key, group=group, way=way, made_by=made_by, note=note, risk=1)
                made.email = email
                token = made.new_token()
                made.save()
                send("groups/mail/claim_confirm", made.email, {"link": settings.SITE_URL + made.path(token)})
            return made

        return once(Claim.objects, key, make)


class Claim(Held):
    """A moderator's words about it are about a person: a mail only leads to them, on the page that its link opens.

    Those about a suggestion or a listing that is closed are about the listing, and are mailed: issue 4 says so, and
    whoever reads them may have no page here any more.
    """

    queue = "claim"
    mails = "groups/mail/claim"
    mails_words = False

    class Way(models.TextChoices):
        WEBSITE = "website", _("A code on the group's website")
        MODERATOR = "moderator", _("A person here looks at it")

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="claims")
    way = models.CharField(_("how it is shown"), max_length=10, choices=Way.choices)
    code = models.CharField(max_length=40, default=new_code, editable=False)
    note = models.TextField(_("how we can see that you run it"), max_length=1000, blank=True)
    looked_at = models.DateTimeField(_("website last looked at"), null=True, editable=False)
    found = models.BooleanField(_("the code was there"), default=False, editable=False)

    objects: ClassVar[Any] = ClaimQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.made_at:%Y-%m-%d}"

    def path(self, token: str) -> str:
        return reverse("groups:claim_open", args=[token])

    def answer_path(self) -> str:
        return self.path(self.new_token())

    def mail_context(self) -> dict[str, Any]:
        """Its page, for as long as the address is kept; where there is something to read on it."""
        return {"link": settings.SITE_URL + self.answer_path()} if self.decided_at and self.said else {}

    def confirm(self) -> None:
        """The address is theirs: from now on a moderator looks at it. A second click changes nothing."""
        with transaction.atomic():
            row = Claim.objects.select_for_update().get(pk=self.pk)
            if row.state == self.State.UNCONFIRMED:
                row.way, row.state, row.waits_since = self.Way.MODERATOR, self.State.WAITING, timezone.now()
                row.save()
        self.refresh_from_db()

    def code_seen(self, found: bool) -> None:
        """What the look at the website gave. With the code there, whoever claims keeps the listing."""
        with transaction.atomic():
            row = Claim.objects.select_for_update().select_related("group").get(pk=self.pk)
            if row.decided_at is not None:
                return
            row.looked_at, row.found = timezone.now(), found
            if found:
                row.state, row.decided_at = self.State.APPROVED, row.looked_at
                Organizer.objects.welcome(row.group, row.email)
            row.save()
        self.refresh_from_db()

    def approved(self, by: User) -> None:
        Organizer.objects.welcome(self.group, self.email)

    @property
    def keepers(self) -> list[Organizer]:
        """Those who keep the listing already."""
        return list(self.group.organizers.select_related("user"))

    def at_stake(self) -> Any:
        return [self.note, self.found]

"""Who keeps a listing right, with or without an account of ours, and the links by which they come in."""

from datetime import timedelta
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from groups.models.group import Group
from groups.models.standing import recorded
from mindspace.encryption import decrypt, encrypt
from mindspace.mail.templates import send
from mindspace.moderation import tokens

EDIT_LINK = timedelta(days=2)
CLAIM_LINK = timedelta(days=7)
ASK_LINK = timedelta(days=90)


def address_hash(email: str) -> str:
    """What an address is found again by. It cannot be turned back without the site's key."""
    return salted_hmac("groups.organizer", email.strip().lower(), algorithm="sha256").hexdigest()


class OrganizerQuerySet(models.QuerySet["Organizer"]):
    def with_email(self, email: str) -> Self:
        return self.filter(models.Q(address_hash=address_hash(email)) | models.Q(user__email=email.strip().lower()))

    def add(self, group: Group, email: str) -> "Organizer":
        """Somebody who holds this address keeps the listing from now on; said twice, it is one row."""
        row, _made = self.get_or_create(
            group=group, address_hash=address_hash(email), defaults={"sealed_email": encrypt(email.strip().lower())}
        )
        return row

    def welcome(self, group: Group, email: str, who: str = "organizer", by: Any = None) -> "Organizer":
        """Add an organizer, and mail the first link to the listing. `who` and `by` are the history's."""
        with recorded(who, by):
            row = self.add(group, email)
            OrganizerLink.objects.mail("groups/mail/organizer_link", group, row.email, row)
        return row

    def remove(self, group: Group, pk: int, who: str = "organizer", by: Any = None) -> bool:
        """Take somebody off. Every link that was mailed to them ends, those to the listing's own address, too."""
        with recorded(who, by):
            row = self.filter(group=group, pk=pk).select_related("user").select_for_update(of=("self",)).first()
            if row is not None:
                OrganizerLink.objects.filter(group=group, address_hash=address_hash(row.email)).delete()
                row.delete()
        return row is not None

    def send_links(self, email: str) -> int:
        """Mail a link for each listing that this address keeps; returns how many, which nobody is told."""
        rows = self.with_email(email).exclude(group__status=Group.Status.CLOSED).select_related("group", "user")
        for row in rows:
            OrganizerLink.objects.mail("groups/mail/organizer_link", row.group, row.email, row)
        return len(rows)


# Who it was is not kept: a row that outlives the person holds no address of theirs.
@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), exclude=["user", "sealed_email", "address_hash"])
class Organizer(models.Model):
    """A member of ours, or just an address. The address is encrypted, and never shown whole."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="organizers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="organizes"
    )
    sealed_email = models.TextField(editable=False, blank=True)
    address_hash = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - unique
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = OrganizerQuerySet.as_manager()

    class Meta:
        verbose_name = _("organizer")
        verbose_name_plural = _("organizers")
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["group", "address_hash"], name="organizer_address_once"),
            models.UniqueConstraint(fields=["group", "user"], name="organizer_user_once"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, address_hash=None, sealed_email="")
                | (models.Q(user=None, address_hash__isnull=False) & ~models.Q(sealed_email="")),
                name="organizer_user_or_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.since:%Y-%m-%d}"

    @property
    def email(self) -> str:
        return self.user.email if self.user else decrypt(self.sealed_email)

    @property
    def shown(self) -> str:
        """The name of a member, or the address so far that the others who keep the listing know whose it is."""
        if self.user:
            return str(self.user.display_name)
        name, _at, host = self.email.partition("@")
        return f"{name[:1]}…@{host}"


class OrganizerLinkQuerySet(models.QuerySet["OrganizerLink"]):
    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=tokens.hashed(token), expires_at__gt=timezone.now())

    def mail(
        self,
        template: str,
        group: Group,
        email: str,
        organizer: Organizer | None = None,
        *,
        purpose: str = "edit",
        valid: timedelta = EDIT_LINK,
    ) -> None:
        """Mail a new link. It opens this one listing, until it expires or its organizer goes."""
        token = tokens.new()
        route = "groups:freshness_answer" if purpose == OrganizerLink.Purpose.ASK else "groups:organizer_open"
        with transaction.atomic():
            self.create(
                group=group,
                organizer=organizer,
                address_hash=address_hash(email),
                purpose=purpose,
                token_hash=tokens.hashed(token),
                expires_at=timezone.now() + valid,
            )
            link = settings.SITE_URL + reverse(route, args=[token])
            send(template, email, {"link": link, "days": valid.days})


class OrganizerLink(models.Model):
    """A link that was mailed. Without an organizer it went to the listing's own address: whoever opens it claims."""

    class Purpose(models.TextChoices):
        EDIT = "edit", _("Opens the listing")
        ASK = "ask", _("Asks whether it is still right")
        CLAIM = "claim", _("Claims the listing")

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    organizer = models.ForeignKey(Organizer, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    purpose = models.CharField(max_length=5, choices=Purpose.choices)
    address_hash = models.CharField(max_length=64, blank=True, default="")  # of the address it went to
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    objects: ClassVar[Any] = OrganizerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of an organizer")

    def __str__(self) -> str:
        return f"{self.purpose} {self.expires_at:%Y-%m-%d}"

    def holder(self) -> Organizer | None:
        """The organizer who holds the link. Held at the listing's own address, it makes that address one.

        None where the listing has another address by now, or none: then the link is over.
        """
        if self.organizer is not None:
            return self.organizer
        email = own_address(self.group)
        if not email or address_hash(email) != self.address_hash:
            return None
        with transaction.atomic():
            self.organizer = Organizer.objects.add(self.group, email)
            self.save(update_fields=["organizer"])  # from now on it ends with them
        return self.organizer


def own_address(group: Group) -> str:
    """The address that the listing itself has: the one mail is relayed to, or the public one."""
    return group.contact_email or group.public_email

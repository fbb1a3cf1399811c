"""A listing in the directory."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.group_queries import HIDDEN_AFTER, STALE_AFTER, GroupQuerySet
from groups.models.keeping import Keeping
from mindspace.encryption import decrypt, encrypt
from mindspace.site import phones
from mindspace.site.languages import site_languages

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Words that are, or may become, paths of their own under /groups/.
RESERVED = frozenset({
    "all", "area", "calendar", "change", "claim", "confirm", "data", "export", "feed", "finders", "import", "map",
    "meetings", "near", "new", "organizers", "print", "report", "search", "suggest", "topics",
})  # fmt: skip
SPOKEN = {
    "en": _("English"), "es": _("Spanish"), "ase": _("American Sign Language"), "vi": _("Vietnamese"),
    "zh": _("Chinese"), "ar": _("Arabic"), "hi": _("Hindi"), "ko": _("Korean"), "fr": _("French"), "tl": _("Tagalog"),
    "ru": _("Russian"), "pt": _("Portuguese"), "de": _("German"), "fa": _("Persian"), "ur": _("Urdu"),
}  # fmt: skip


def yes_no_unknown(label: Any) -> Any:
    """A column that is yes, no, or not stated, which is never shown as no."""
    return models.BooleanField(label, null=True, blank=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Group(Keeping):
    class Kind(models.TextChoices):
        PEER = "peer", _("Peer support")
        TWELVE_STEP = "twelve_step", _("12-step and recovery")
        IDENTITY = "identity", _("Identity-based")
        ONLINE = "online", _("Online community")

    class Status(models.TextChoices):
        PENDING = "pending", _("Waits for a look")
        LISTED = "listed", _("Listed")
        CLOSED = "closed", _("Closed")

    class Leader(models.TextChoices):
        MEMBERS = "members", _("Its members")
        PEER_SPECIALIST = "peer_specialist", _("A trained peer specialist")
        CLINICIAN = "clinician", _("A clinician")

    class Access(models.TextChoices):
        OPEN = "open", _("Open: you can just come")
        CLOSED = "closed", _("Only for people the group is for")
        REQUEST = "request", _("By request: get in touch first")

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        DONATION = "donation", _("You can give what you like")
        SLIDING = "sliding", _("You pay what you can")
        FEE = "fee", _("Costs money")

    class ContactBy(models.TextChoices):
        RELAY = "relay", _("A form on this site, passed on")
        PUBLIC = "public", _("An e-mail address or phone that everybody sees")
        WEBSITE = "website", _("The group's website")
        NONE = "none", _("Nothing: just come")

    key = models.UUIDField(
        default=uuid4, unique=True, editable=False
    )  # also iCalendar's UID, and of the form that made it
    slug = models.CharField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    organization = models.ForeignKey(
        "groups.Organization", on_delete=models.SET_NULL, null=True, blank=True, related_name="groups",
        verbose_name=_("organization"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PEER)
    topics = models.ManyToManyField("groups.Topic", blank=True, related_name="groups", verbose_name=_("topics"))
    summary = models.TextField(_("who it is for"), max_length=1200, blank=True)
    first_time = models.TextField(_("what happens the first time"), max_length=1200, blank=True)
    how_to_join = models.TextField(_("how to get in"), max_length=600, blank=True)
    led_by = models.CharField(_("who leads it"), max_length=16, choices=Leader.choices, blank=True)
    is_therapy = models.BooleanField(_("is paid therapy"), default=False)
    access = models.CharField(_("who can come"), max_length=8, choices=Access.choices, blank=True)
    cost = models.CharField(_("cost"), max_length=8, choices=Cost.choices, blank=True)
    cost_note = models.CharField(_("about the cost"), max_length=200, blank=True)
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12, choices=SPOKEN), verbose_name=_("languages"), default=list, blank=True
    )
    # What to expect.
    may_listen = yes_no_unknown(_("you may just listen"))
    camera_needed = yes_no_unknown(_("the camera must be on"))
    anonymous = yes_no_unknown(_("nobody needs to know your name"))
    faith_based = yes_no_unknown(_("faith is part of it"))
    # Accessibility.
    step_free = yes_no_unknown(_("step-free"))
    hearing_loop = yes_no_unknown(_("hearing loop"))
    sign_language = yes_no_unknown(_("sign language"))
    captions = yes_no_unknown(_("captions"))
    quiet_space = yes_no_unknown(_("a quiet space"))
    childcare = yes_no_unknown(_("childcare"))
    transit = yes_no_unknown(_("near a bus or train"))
    # Online communities.
    platform = models.CharField(_("platform"), max_length=60, blank=True)
    moderated = yes_no_unknown(_("moderated"))
    always_open = models.BooleanField(_("always open"), default=False)
    join_link = models.URLField(_("link to join"), max_length=500, blank=True)
    # How to reach it. The address that mail is relayed to is encrypted and shown to nobody.
    contact_by = models.CharField(_("how to reach it"), max_length=8, choices=ContactBy.choices, default=ContactBy.NONE)
    sealed_email = models.TextField(editable=False, blank=True)
    public_email = models.EmailField(_("public e-mail"), blank=True)
    public_phone = models.CharField(_("public phone"), max_length=16, blank=True, validators=[phones.validate_phone])
    website = models.URLField(_("web address"), max_length=500, blank=True)
    # Where it stands.
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.PENDING)
    paused_from = models.DateTimeField(_("paused from"), null=True, blank=True)
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    alert = models.CharField(
        _("alert"), max_length=200, blank=True, help_text=_("A line at the top, such as “New room”.")
    )
    confirmed_at = models.DateTimeField(_("last said to be right"), null=True, blank=True)
    confirmed_by = models.CharField(_("by"), max_length=10, blank=True, choices=[
        ("organizer", _("the group")), ("staff", _("our staff")), ("source", _("the directory it comes from")),
    ])  # fmt: skip
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    language = models.CharField(_("language of this text"), max_length=12, choices=site_languages, default="en-us")
    is_example = models.BooleanField(default=False, editable=False)

    objects: ClassVar[Any] = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]
        permissions = [("moderate_group", "Can moderate the directory")]
        constraints = [
            models.CheckConstraint(condition=models.Q(slug__regex=SLUG), name="group_slug_shape"),
            models.CheckConstraint(
                condition=~models.Q(status="listed") | models.Q(confirmed_at__isnull=False),
                name="group_listed_was_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(min_age=None) | models.Q(max_age=None) | models.Q(min_age__lte=models.F("max_age")),
                name="group_ages_in_order",
                violation_error_message=_("The youngest age is above the oldest."),
            ),
            models.CheckConstraint(
                condition=models.Q(paused_until=None)
                | models.Q(paused_from__isnull=False, paused_until__gt=models.F("paused_from")),
                name="group_pause_in_order",
                violation_error_message=_("The pause ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(public_phone="") | models.Q(public_phone__regex=phones.PHONE_PATTERN),
                name="group_public_phone",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "confirmed_at"], name="group_by_freshness"),
            models.Index(fields=["paused_from"], condition=models.Q(paused_from__isnull=False), name="group_paused"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_online_community(self) -> bool:
        """Whether it is there online without a meeting time, as a forum is."""
        return self.kind == self.Kind.ONLINE or self.always_open

    def get_absolute_url(self) -> str:
        return reverse("groups:group_detail", args=[self.slug])

    @property
    def public_url(self) -> str:
        return settings.SITE_URL + self.get_absolute_url()

    @property
    def contact_email(self) -> str:
        """Where a message to the group is relayed to. On no page, in no feed, in no log."""
        return decrypt(self.sealed_email) if self.sealed_email else ""

    @contact_email.setter
    def contact_email(self, email: str) -> None:
        self.sealed_email = encrypt(email) if email else ""

    @property
    def shown_email(self) -> str:
        """The public address, while the group wants to be reached by it."""
        return self.public_email if self.contact_by == self.ContactBy.PUBLIC else ""

    @property
    def shown_phone(self) -> str:
        return self.public_phone if self.contact_by == self.ContactBy.PUBLIC else ""

    @property
    def written_phone(self) -> str:
        """The public phone as people write it."""
        return phones.spaced(self.shown_phone)

    @property
    def any_phone(self) -> str:
        """For staff: the number that we have, shown or not."""
        return phones.spaced(self.public_phone)

    # -- How it stands -----------------------------------------------------------------------------

    def is_paused(self, now: datetime | None = None) -> bool:
        now = now or timezone.now()
        begun = self.paused_from is not None and self.paused_from <= now
        return begun and (self.paused_until is None or self.paused_until > now)

    def is_stale(self, now: datetime | None = None) -> bool:
        """Whether nobody has said for half a year that the listing is right."""
        return not self._confirmed_within(STALE_AFTER, now)

    def is_hidden(self, now: datetime | None = None) -> bool:
        return not self._confirmed_within(HIDDEN_AFTER, now)

    def _confirmed_within(self, days: int, now: datetime | None) -> bool:
        return self.confirmed_at is not None and self.confirmed_at > (now or timezone.now()) - timedelta(days=days)

from django.db import models
from django.utils.translation import gettext_lazy as _

from mindspace.site import phones
from mindspace.site.languages import site_languages


class Organization(models.Model):
    """Who stands behind a group. Its phone and address are public, as it publishes them itself."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        HOSPITAL = "hospital", _("Hospital or clinic")
        COMMUNITY_CENTER = "community_center", _("Community center")
        HOUSE_OF_WORSHIP = "house_of_worship", _("House of worship")
        FELLOWSHIP = "fellowship", _("Fellowship")
        PEER = "peer", _("Peer organization")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PEER)
    summary = models.TextField(_("what it is"), max_length=600, blank=True)
    website = models.URLField(_("web address"), max_length=500, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True, validators=[phones.validate_phone])
    language = models.CharField(_("language of this text"), max_length=12, choices=site_languages, default="en-us")
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(phone="") | models.Q(phone__regex=phones.PHONE_PATTERN), name="organization_phone"
            ),
        ]

    def __str__(self) -> str:
        return self.name

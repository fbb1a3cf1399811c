from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from mindspace.site.languages import site_languages


class Topic(models.Model):
    """What a group is about ("grief"), or who it is for ("veterans"), with the other words people use for it.

    `finders` are the slugs of resources to lead to where no group of the topic is near.
    """

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        AUDIENCE = "audience", _("Audience")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TOPIC)
    slug = models.SlugField(_("name in the address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    synonyms = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("other words for it"),
        default=list,
        blank=True,
        help_text=_("What people type when they look for it, such as “bereavement”, separated by commas."),
    )
    finders = ArrayField(models.SlugField(max_length=50), verbose_name=_("finders"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=12, choices=site_languages, default="en-us")

    objects: ClassVar[models.Manager["Topic"]] = models.Manager()

    class Meta:
        verbose_name = _("topic or audience")
        verbose_name_plural = _("topics and audiences")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mindspace.site.languages import site_languages


class Topic(models.Model):
    """What an article is about. A topic such as suicide asks for a content note around the hard passage."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=12, choices=site_languages, default=settings.LANGUAGE_CODE)
    needs_content_note = models.BooleanField(
        _("needs a content note"),
        default=False,
        help_text=_("An article on this topic cannot be published without a content note around the hard part."),
    )
    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="topic_name_per_language")]

    def __str__(self) -> str:
        return self.name

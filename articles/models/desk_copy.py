import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.models.article_queries import ArticleQuerySet
from articles.models.picture import Picture
from articles.models.slug import MAX_LENGTH
from articles.models.topic import Topic
from mindspace.site.languages import site_languages

PLAIN_FIELDS = ("title", "slug", "dek", "body", "language", "drawing", "drawing_alt", "hero", "author", "reviewed_on")
LIST_FIELDS = ("topics", "related")


class BodyField(models.TextField):
    """HTML that is made safe and tidy whenever its row is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        cleaned = body.clean(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, cleaned)
        return cleaned

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class DeskCopy(models.Model):
    """What an article says, as staff write it. What becomes of it is in `Article`, which this is a part of."""

    title = models.CharField(_("title"), max_length=160)
    slug = models.CharField(_("address"), max_length=MAX_LENGTH, help_text=_("The last part of the page's address."))
    dek = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence that says what a reader gets from it.")
    )
    body = BodyField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=12, choices=site_languages, default=settings.LANGUAGE_CODE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    hero = models.ForeignKey(
        Picture,
        verbose_name=_("picture at the top"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hero_of",
    )
    drawing = models.CharField(_("drawing at the top"), max_length=40, blank=True)
    drawing_alt = models.CharField(_("alternative text of the drawing"), max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="articles")
    related = models.ManyToManyField(
        "self", verbose_name=_("read next"), blank=True, symmetrical=False, related_name="related_from"
    )
    reviewed_on = models.DateField(_("facts last reviewed on"), null=True, blank=True)

    key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that made it, see mindspace.once
    version = models.PositiveIntegerField(default=1, editable=False)
    heading_ids: "models.JSONField[Any, Any]" = models.JSONField(
        default=dict, editable=False
    )  # every id ever: its text
    created_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last edited"), default=timezone.now, editable=False)

    objects: ClassVar = ArticleQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    # -- What it says ----------------------------------------------------------------------------

    def pictures(self) -> dict[int, Picture]:
        """The pictures in the text and at the top, by id."""
        wanted = body.picture_ids(self.body) | ({self.hero_id} if self.hero_id else set())
        return Picture.objects.in_bulk(wanted) if wanted else {}

    def source(self) -> dict[str, Any]:
        """All that a reader will see or that a review depends on, as JSON can hold it."""
        return {
            **{name: getattr(self, name) for name in ("title", "slug", "dek", "body", "language")},
            **{name: getattr(self, name) for name in ("drawing", "drawing_alt")},
            "hero": self.hero_id,
            "author": str(self.author_id) if self.author_id else None,
            "reviewed_on": self.reviewed_on.isoformat() if self.reviewed_on else None,
            "topics": sorted(self.topics.values_list("pk", flat=True)),
            "related": sorted(self.related.values_list("pk", flat=True)),
            "pictures": {str(pk): picture.state() for pk, picture in sorted(self.pictures().items())},
        }

    def state_digest(self) -> str:
        """A fingerprint of `source()`: any edit, an alternative text too, changes it."""
        return digest_of(self.source())

    def changes_from(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """What `save_desk` needs to bring back an earlier `source()`. What no longer exists is left out."""
        author, reviewed_on = source.get("author"), source.get("reviewed_on")
        return {
            **{name: source[name] for name in ("title", "slug", "dek", "body", "language", "drawing", "drawing_alt")},
            "hero": Picture.objects.filter(pk=source["hero"]).first() if source.get("hero") else None,
            "author": (get_user_model().objects.filter(pk=author).first() if author else None) or self.author,
            "reviewed_on": date.fromisoformat(reviewed_on) if reviewed_on else None,
            "topics": list(Topic.objects.filter(pk__in=source.get("topics", []))),
            "related": list(type(self).objects.filter(pk__in=source.get("related", []))),
        }


def digest_of(source: Mapping[str, Any]) -> str:
    """SHA-256 of a source, the same however its keys are ordered."""
    return hashlib.sha256(json.dumps(source, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles.errors import NothingToWithdraw
from articles.models.picture import Picture
from articles.models.slug import MAX_LENGTH

if TYPE_CHECKING:
    from articles.models.article import Article
    from mindspace.accounts.models import User


class EditionQuerySet(models.QuerySet["Edition"]):
    def standing(self, at: datetime | None = None) -> Self:
        """Editions that nobody has taken down by `at` (now, unless told)."""
        taken_down = Withdrawal.objects.filter(edition=OuterRef("pk"), at__lte=at or timezone.now())
        return self.filter(~Exists(taken_down))

    def live(self, at: datetime | None = None) -> Self:
        """What readers see at `at` (now, unless told): at most one edition per article.

        It is the one with the greatest (publish_at, number) whose time has come and that no withdrawal takes down.
        """
        at = at or timezone.now()
        newest = (
            Edition.objects.filter(article=OuterRef("article"), publish_at__lte=at)
            .standing(at)
            .order_by("-publish_at", "-number")
        )
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def scheduled(self, at: datetime | None = None) -> Self:
        """Editions whose time is still to come, soonest first."""
        at = at or timezone.now()
        return self.filter(publish_at__gt=at).standing(at).order_by("publish_at", "number")

    def newest_first(self) -> Self:
        """By the day the article was first published, so that a correction does not jump to the top."""
        return self.order_by("-first_published_at", "-article_id")

    def about(self, topic_slug: str) -> Self:
        return self.filter(topics__contains=[{"slug": topic_slug}])

    def related_to(self, edition: "Edition") -> Self:
        """Live editions to read after this one: those the editor chose first, then those that share most topics."""
        chosen = edition.source.get("related", [])
        shared = [Q(topics__contains=[{"slug": topic["slug"]}]) for topic in edition.topics]
        rank: Any = models.Case(models.When(article__in=chosen, then=100), default=0)
        for topic in shared:
            rank = rank + models.Case(models.When(topic, then=1), default=0)
        return (
            self.live()
            .exclude(article=edition.article_id)
            .filter(language=edition.language)
            .annotate(nearness=rank)
            .filter(nearness__gt=0)
            .order_by("-nearness", "-first_published_at", "-article_id")
        )


class EditionManager(models.Manager.from_queryset(EditionQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> EditionQuerySet:
        # Search columns are as large as the text and no page shows them.
        return EditionQuerySet(self.model, using=self._db).defer("search_vector", "vocabulary")


class Edition(models.Model):
    """What readers see of an article: a numbered snapshot that never changes. A trigger refuses UPDATE and DELETE."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    key = models.UUIDField(
        null=True, unique=True, editable=False
    )  # of the form that made it: a second click makes none
    publish_at = models.DateTimeField(_("shown from"))
    first_published_at = models.DateTimeField(_("first published"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("published by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    single_person = models.BooleanField(_("published by a staff of one"), default=False)

    title = models.CharField(_("title"), max_length=160)
    slug = models.CharField(_("address"), max_length=MAX_LENGTH, db_index=True)
    dek = models.CharField(_("summary"), max_length=300)
    language = models.CharField(_("language"), max_length=12)
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    hero = models.ForeignKey(Picture, null=True, on_delete=models.PROTECT, related_name="+")
    hero_html = models.TextField(blank=True)
    drawing = models.CharField(max_length=40, blank=True)
    drawing_alt = models.CharField(max_length=300, blank=True)
    topics: "models.JSONField[Any, Any]" = models.JSONField(default=list)  # [{"slug": ..., "name": ...}]
    body_html = models.TextField()
    contents: "models.JSONField[Any, Any]" = models.JSONField(
        default=list
    )  # [{"id": ..., "text": ..., "level": 2 or 3}]
    words = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField(_("reading minutes"))
    listening_minutes = models.PositiveSmallIntegerField(_("listening minutes"))

    text = models.TextField(blank=True)  # the body as plain text, a line per block
    search_vector = SearchVectorField()  # title A, dek B, headings B, text C
    vocabulary = ArrayField(models.CharField(max_length=40), default=list)  # every word once, for typos
    source: "models.JSONField[Any, Any]" = models.JSONField()  # Article.source() as it was
    digest = models.CharField(max_length=64)
    desk_version = models.PositiveIntegerField()
    pictures = models.ManyToManyField(Picture, through="articles.EditionPicture", related_name="editions")

    objects: ClassVar[EditionManager] = EditionManager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["article_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="edition_number_per_article")]
        indexes = [
            models.Index(fields=["article", "-publish_at", "-number"], name="edition_newest"),
            GinIndex(fields=["search_vector"], name="edition_search"),
            GinIndex(fields=["topics"], name="edition_topics", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def body(self) -> SafeString:
        """The derived body, which articles.body made safe."""
        return mark_safe(self.body_html)  # noqa: S308 - sanitized by nh3 in articles.body.derive

    @property
    def hero_picture(self) -> SafeString:
        return mark_safe(self.hero_html)  # noqa: S308 - made by format_html in articles.pictures

    @property
    def is_withdrawn(self) -> bool:
        return Withdrawal.objects.filter(edition=self).exists()

    def withdraw(self, by: "User | None", reason: str = "") -> "Withdrawal":
        """Take this edition down, or cancel it before its time. An older edition that stands is then live again.

        Raises NotAllowed, or NothingToWithdraw if it is down already.
        """
        with transaction.atomic():
            article: Article = type(self.article).objects.select_for_update().get(pk=self.article_id)
            article.check_may_withdraw(by)
            if self.is_withdrawn:
                raise NothingToWithdraw
            return Withdrawal.objects.create(edition=self, by=by, reason=reason)

    def restore(self, by: "User | None", version: int | None = None) -> "Article":
        """Put this edition's text into the desk copy (what was there stays among its edits). Readers see no change.

        Raises EditConflict if `version` is given and the desk copy has moved on.
        """
        with transaction.atomic():
            article: Article = type(self.article).objects.select_for_update().get(pk=self.article_id)
            article.save_desk(by, article.version if version is None else version, **article.changes_from(self.source))
            return article


class EditionPicture(models.Model):
    """A picture that an edition shows, and that must therefore stay."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("picture in an edition")
        verbose_name_plural = _("pictures in editions")
        constraints = [models.UniqueConstraint(fields=["edition", "picture"], name="edition_picture_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.picture}"


class Withdrawal(models.Model):
    """Somebody took an edition down. Before its time has come, that is a cancellation. It stays for good."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("taken down"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_cancellation(self) -> bool:
        return self.at < self.edition.publish_at

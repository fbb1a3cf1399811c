import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import body, errors, gates, publishing
from articles.models.article_queries import ArticleQuerySet
from articles.models.desk import Approval, DeskEdit, ReviewRequest
from articles.models.edition import Edition, Withdrawal
from articles.models.picture import Picture
from articles.models.slug import MAX_LENGTH, SHAPE, ArticleSlug, check_shape
from articles.models.topic import Topic
from mindspace.site.languages import site_languages
from mindspace.site.models import SiteDetails

if TYPE_CHECKING:
    from mindspace.accounts.models import User

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


class Article(models.Model):
    """The desk copy that staff write on. Readers see its editions, which editing never touches."""

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
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at"]
        permissions = [
            ("publish_article", "Can publish articles"),
            ("review_article", "Can approve articles"),
            ("withdraw_article", "Can take articles down"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(slug__regex=SHAPE), name="article_desk_slug_shape")]

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
            "related": list(Article.objects.filter(pk__in=source.get("related", []))),
        }

    # -- Writing ---------------------------------------------------------------------------------

    def save_desk(self, by: "User | None", version: int, **changes: Any) -> None:
        """Save `changes` (fields of the desk copy) that were made on top of `version`.

        Raises EditConflict, with both texts, if somebody saved since; SlugRefused if the address cannot be had.
        A save that changes nothing makes no new version.
        """
        with transaction.atomic():
            current = Article.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if current.version != version:
                raise errors.EditConflict(changes, current, current.edits.select_related("by").first())
            before = current.source()
            current._write(changes)
            source = current.source()
            if source != before:
                current.version += 1
                current.updated_at = timezone.now()
                current.save()
                DeskEdit.objects.create(article=current, version=current.version, by=by, source=source)
        self.refresh_from_db()

    def _write(self, changes: Mapping[str, Any]) -> None:
        """Set and save the fields; the body is cleaned, and its headings get ids that stay theirs."""
        unknown = changes.keys() - {*PLAIN_FIELDS, *LIST_FIELDS}
        if unknown:
            raise TypeError(f"The desk copy has no {', '.join(sorted(unknown))}.")
        for name in PLAIN_FIELDS:
            if name in changes:
                setattr(self, name, changes[name])
        self.slug = self.slug or ArticleSlug.objects.free_for(self.title, self)
        check_shape(self.slug)
        self.body = body.clean(self.body, self.heading_ids)
        self.heading_ids = {**self.heading_ids, **body.heading_texts(self.body)}
        self.save()
        for name in LIST_FIELDS:
            if name in changes:
                getattr(self, name).set(changes[name])
        ArticleSlug.objects.claim(self.slug, self)
        ArticleSlug.objects.release_unpublished(self)

    # -- Review ----------------------------------------------------------------------------------

    def writer_ids(self) -> set[UUID]:
        """The author and everyone who edited since the last edition: none of them can be the second person."""
        last = self.editions.order_by("-number").values_list("desk_version", flat=True).first() or 0
        editors = self.edits.filter(version__gt=last, by__isnull=False).values_list("by", flat=True)
        return {*editors, *([self.author_id] if self.author_id else [])}

    def can_be_edited_by(self, user: "User") -> bool:
        return user.has_perm("articles.change_article")

    def can_be_approved_by(self, user: "User") -> bool:
        return user.has_perm("articles.review_article") and user.pk not in self.writer_ids()

    def can_be_published_by(self, user: "User") -> bool:
        return user.has_perm("articles.publish_article")

    def can_be_withdrawn_by(self, user: "User") -> bool:
        return user.has_perm("articles.withdraw_article")

    def approval(self) -> Approval | None:
        """The latest approval of the desk copy exactly as it stands, if there is one."""
        return self.approvals.filter(digest=self.state_digest(), by__isnull=False).select_related("by").first()

    def ask_for_review(self, by: "User") -> ReviewRequest | None:
        """Put the text up for a second person to read. None, and no request, where there is nothing to ask for:
        it waits already, it is approved as it stands, or readers see it as it stands.

        Raises NotAllowed.
        """
        with transaction.atomic():
            article = self._locked()
            if not article.can_be_edited_by(by):
                raise errors.NotAllowed
            waits = Article.objects.waiting_for_review().filter(pk=article.pk).exists()
            if waits or article.approval() or article.editions.live().filter(desk_version=article.version).exists():
                return None
            return ReviewRequest.objects.create(article=article, by=by)

    def approve(self, by: "User", seen: str | None = None) -> Approval:
        """Approve the state that was read. `seen` is the `state_digest()` of the page the reviewer read.

        Raises NotAllowed, ReviewerIsAuthor, or DeskChanged if the desk copy is no longer what was read.
        """
        with transaction.atomic():
            article = self._locked()
            article._check_seen(seen)
            if not by.has_perm("articles.review_article"):
                raise errors.NotAllowed
            if by.pk in article.writer_ids():
                raise errors.ReviewerIsAuthor
            return Approval.objects.create(article=article, digest=article.state_digest(), by=by)

    # -- Publishing ------------------------------------------------------------------------------

    def publish(
        self,
        by: "User | None",
        at: datetime | None = None,
        keep_scheduled: bool | None = None,
        *,
        seen: str | None = None,
        key: UUID | None = None,
    ) -> Edition:
        """Make an edition of the desk copy, to be shown from `at` (now, unless told).

        `keep_scheduled` answers what to do with editions that are due: True keeps them, False cancels every one, also
        those due before this one. `seen` is as in `approve`. `key` comes with the form, so that a second click gives
        the first click's edition. `by` is None only for a command of the operator, who has no second person: the
        edition is then marked so.

        Raises NotAllowed, DeskChanged, TimeHasPassed, NotReady (with its problems), NotApproved,
        ScheduledEditionExists (when `keep_scheduled` is needed).
        """
        with transaction.atomic():
            article = self._locked()
            if key and (made := article.editions.filter(key=key).first()):
                return made
            article._check_seen(seen)
            if by is not None and not article.can_be_published_by(by):
                raise errors.NotAllowed
            now = timezone.now()
            if at is not None and at <= now:
                raise errors.TimeHasPassed
            alone = by is None or SiteDetails.current().staff_of_one
            if problems := gates.text_problems(article):
                raise errors.NotReady(problems)
            approval = article.approval()
            if approval is None and not alone:
                raise errors.NotApproved
            due = list(article.editions.scheduled(now))
            later = [edition for edition in due if edition.publish_at > (at or now)]
            if later and keep_scheduled is None:
                raise errors.ScheduledEditionExists(later)
            if keep_scheduled is False:
                Withdrawal.objects.bulk_create(Withdrawal(edition=edition, by=by, at=now) for edition in due)
            return publishing.make_edition(article, by=by, publish_at=at or now, approval=approval, key=key)

    def withdraw(self, by: "User | None", reason: str = "") -> list[Withdrawal]:
        """Take the whole article down: what is live, what was before it, and what is scheduled.

        Raises NotAllowed, or NothingToWithdraw if no edition stands.
        """
        with transaction.atomic():
            article = self._locked()
            article.check_may_withdraw(by)
            now = timezone.now()
            standing = list(article.editions.standing(now))
            if not standing:
                raise errors.NothingToWithdraw
            return Withdrawal.objects.bulk_create(
                Withdrawal(edition=edition, by=by, at=now, reason=reason) for edition in standing
            )

    def check_may_withdraw(self, by: "User | None") -> None:
        if by is not None and not self.can_be_withdrawn_by(by):
            raise errors.NotAllowed

    def _locked(self) -> "Article":
        """This article as it is saved, locked until the transaction ends."""
        return Article.objects.select_for_update(of=("self",)).get(pk=self.pk)

    def _check_seen(self, seen: str | None) -> None:
        if seen is not None and seen != self.state_digest():
            raise errors.DeskChanged


def digest_of(source: Mapping[str, Any]) -> str:
    """SHA-256 of a source, the same however its keys are ordered."""
    return hashlib.sha256(json.dumps(source, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

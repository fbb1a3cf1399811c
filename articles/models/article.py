from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import body, errors, gates, publishing
from articles.models.desk import Approval, DeskEdit, ReviewRequest
from articles.models.desk_copy import LIST_FIELDS, PLAIN_FIELDS, DeskCopy
from articles.models.edition import Edition, Withdrawal
from articles.models.slug import SHAPE, ArticleSlug, check_shape
from mindspace.site.models import SiteDetails

if TYPE_CHECKING:
    from mindspace.accounts.models import User


class Article(DeskCopy):
    """The desk copy that staff write on, and its way to readers. They see its editions, which editing never touches."""

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

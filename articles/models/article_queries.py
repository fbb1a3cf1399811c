from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.errors import SlugRefused
from articles.models.desk import Approval, DeskEdit, ReviewRequest
from articles.models.edition import Edition
from mindspace.once import once

if TYPE_CHECKING:
    from articles.models.article import Article
    from mindspace.accounts.models import User


# Two articles with one title, begun at the same moment, want the same address: the second finds the next.
MAX_STARTS = 5


class ArticleQuerySet(models.QuerySet["Article"]):
    def start(self, by: "User | None", *, key: UUID | None = None, **fields: Any) -> "Article":
        """Open a new desk copy. The address is made from the title unless given; the author is `by` unless given.

        `key` comes with the form: a second click gives the first click's article. Raises SlugRefused if the address
        that was given cannot be had.
        """
        return once(self, key, lambda: self._start(by, {"author": by, **fields}, key))

    def _start(self, by: "User | None", fields: dict[str, Any], key: UUID | None) -> "Article":
        for _attempt in range(MAX_STARTS):
            try:
                with transaction.atomic():
                    article = self.model(version=1, key=key)
                    article._write(fields)
                    DeskEdit.objects.create(article=article, version=1, by=by, source=article.source())
                    return article
            except SlugRefused:
                if fields.get("slug"):
                    raise
        raise SlugRefused(_("No address could be made from the title. Please write one."))

    def with_state(self, at: datetime | None = None) -> Self:
        """Annotate `live_number`, `next_at` (of a scheduled edition) and `changed`.

        `changed`: the desk copy was edited after the newest edition was made.
        """
        at = at or timezone.now()
        of_this = Edition.objects.filter(article=OuterRef("pk"))
        return self.annotate(
            live_number=Subquery(of_this.live(at).values("number")[:1]),
            next_at=Subquery(of_this.scheduled(at).values("publish_at")[:1]),
            changed=Q(version__gt=Coalesce(Max("editions__desk_version"), 0)),
        )

    def live(self, at: datetime | None = None) -> Self:
        """Articles that readers can see."""
        return self.filter(Exists(Edition.objects.filter(article=OuterRef("pk")).live(at)))

    def scheduled(self, at: datetime | None = None) -> Self:
        """Articles with an edition whose time is still to come."""
        return self.filter(Exists(Edition.objects.filter(article=OuterRef("pk")).scheduled(at)))

    def drafts(self, at: datetime | None = None) -> Self:
        """Articles that readers cannot see and will not see by themselves."""
        at = at or timezone.now()
        shown = Edition.objects.filter(article=OuterRef("pk"))
        return self.filter(~Exists(shown.live(at)), ~Exists(shown.scheduled(at)))

    def waiting_for_review(self) -> Self:
        """Somebody asked for a review after the last approval and the last edition; longest wait first."""
        asked = ReviewRequest.objects.filter(article=OuterRef("pk")).order_by("-at").values("at")[:1]
        approved = Approval.objects.filter(article=OuterRef("pk")).order_by("-at").values("at")[:1]
        published = Edition.objects.filter(article=OuterRef("pk")).order_by("-number").values("created_at")[:1]
        return (
            self.annotate(asked_at=Subquery(asked), approved_at=Subquery(approved), made_at=Subquery(published))
            .filter(Q(asked_at__isnull=False))
            .filter(Q(approved_at__isnull=True) | Q(asked_at__gt=F("approved_at")))
            .filter(Q(made_at__isnull=True) | Q(asked_at__gt=F("made_at")))
            .order_by("asked_at")
        )

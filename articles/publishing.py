"""Turning a desk copy into an edition."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Min, Q

from articles import body, search
from articles.models.edition import Edition, EditionPicture

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.desk import Approval
    from mindspace.accounts.models import User


def make_edition(
    article: "Article", *, by: "User | None", publish_at: datetime, approval: "Approval | None", key: UUID | None = None
) -> Edition:
    """Snapshot `article`, which is locked and may be published, under the next number."""
    edition = as_edition(article, publish_at)
    edition.number = (article.editions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    edition.key = key
    edition.published_by = by
    edition.approved_by = approval.by if approval else None
    edition.single_person = approval is None
    edition.save(force_insert=True)
    pictures = article.pictures().values()
    EditionPicture.objects.bulk_create(EditionPicture(edition=edition, picture=picture) for picture in pictures)
    return edition


def as_edition(article: "Article", publish_at: datetime) -> Edition:
    """The desk copy as readers would get it. It is not saved and has no number: the preview shows it."""
    pictures = {pk: picture.html() for pk, picture in article.pictures().items()}
    derived = body.derive(article.body, article.language, pictures)
    return Edition(
        article=article,
        publish_at=publish_at,
        first_published_at=_first_published_at(article, publish_at),
        title=article.title,
        slug=article.slug,
        dek=article.dek,
        language=article.language,
        reviewed_on=article.reviewed_on,
        hero=article.hero,
        hero_html=article.hero.html(lazy=False) if article.hero else "",
        drawing=article.drawing,
        drawing_alt=article.drawing_alt,
        topics=list(article.topics.order_by("name").values("slug", "name")),
        body_html=derived.html,
        contents=derived.contents,
        words=derived.words,
        minutes=derived.minutes,
        listening_minutes=derived.listening_minutes,
        text=derived.text,
        search_vector=search.vector(article.title, article.dek, derived.headings, derived.text, article.language),
        vocabulary=search.vocabulary(f"{article.title} {article.dek} {derived.headings} {derived.text}"),
        source=article.source(),
        digest=article.state_digest(),
        desk_version=article.version,
    )


def _first_published_at(article: "Article", publish_at: datetime) -> datetime:
    """When readers first saw, or will see, this article: editions cancelled before their time do not count."""
    cancelled = Q(withdrawal__at__lt=F("publish_at"))
    earliest: datetime | None = article.editions.exclude(cancelled).aggregate(first=Min("publish_at"))["first"]
    return min(publish_at, earliest) if earliest else publish_at

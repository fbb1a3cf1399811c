import re
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.errors import SlugRefused

if TYPE_CHECKING:
    from articles.models.article import Article

MAX_LENGTH = 80
SHAPE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Words that are, or may become, paths of their own under /articles/.
RESERVED = frozenset({
    "about", "all", "archive", "articles", "atom", "edit", "edition", "editions", "feed", "feedback", "help",
    "helpful", "listen", "new", "page", "preview", "print", "resources", "rss", "search", "sitemap", "tag",
    "tags", "topic", "topics",
})  # fmt: skip


def normalize(text: str) -> str:
    """`text` as a slug: any case, accents and spaces in; a-z, 0-9 and single hyphens out; "" if nothing is left."""
    return slugify(text[:1000].replace("_", "-"))[:MAX_LENGTH].strip("-")


def check_shape(slug: str) -> None:
    """Raise SlugRefused if no article may have `slug`."""
    if not re.fullmatch(SHAPE, slug) or len(slug) > MAX_LENGTH:
        raise SlugRefused(_("Use small letters a to z, numbers and hyphens in the address."))
    if slug in RESERVED:
        raise SlugRefused(_("The site needs “%(slug)s” for itself. Choose another address.") % {"slug": slug})


class ArticleSlugQuerySet(models.QuerySet["ArticleSlug"]):
    def resolve(self, slug: str) -> "Article | None":
        """The article that has or ever had this address, however it is typed."""
        row = self.filter(slug=normalize(slug)).select_related("article").first()
        return row.article if row else None

    def free_for(self, text: str, article: "Article | None" = None) -> str:
        """The first address made of `text` that this article may have."""
        stem = normalize(text) or "article"
        others = self.exclude(article=article) if article and article.pk else self
        taken = set(others.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
        slug, count = stem, 1
        while slug in taken:
            count += 1
            slug = f"{stem[: MAX_LENGTH - len(str(count)) - 1].rstrip('-')}-{count}"
        return slug

    def claim(self, slug: str, article: "Article") -> None:
        """Keep `slug` for `article`, which is locked. Raises SlugRefused if another article has it."""
        row, _created = self.get_or_create(slug=slug, defaults={"article": article})
        if row.article_id != article.pk:
            raise SlugRefused(_("Another article has, or had, the address “%(slug)s”.") % {"slug": slug})

    def release_unpublished(self, article: "Article") -> None:
        """Give back addresses that the desk copy tried and no reader ever saw."""
        self.filter(article=article).exclude(slug=article.slug).exclude(
            slug__in=article.editions.values("slug")
        ).delete()


class ArticleSlug(models.Model):
    """An address that belongs to one article for good, so that every old link still leads to it."""

    slug = models.CharField(gettext_lazy("address"), max_length=MAX_LENGTH, unique=True)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="slugs")

    objects: ClassVar = ArticleSlugQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("address")
        verbose_name_plural = gettext_lazy("addresses")
        constraints = [models.CheckConstraint(condition=models.Q(slug__regex=SHAPE), name="article_slug_shape")]

    def __str__(self) -> str:
        return self.slug

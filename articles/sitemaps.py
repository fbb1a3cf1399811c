"""The pages of this app that search engines may list."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from articles.models import Edition
from mindspace.sitemaps import SiteMap


class ArticleSitemap(SiteMap):
    """Every live article."""

    def items(self) -> QuerySet[Edition]:
        return Edition.objects.live().newest_first()

    def location(self, item: Edition) -> str:
        return reverse("articles:article_detail", args=[item.slug])

    def lastmod(self, item: Edition) -> datetime:
        return item.publish_at


class ArticlePagesSitemap(SiteMap):
    """The lists."""

    def items(self) -> list[str]:
        return ["articles:article_list", "articles:resource_list"]

    def location(self, item: str) -> str:
        return reverse(item)

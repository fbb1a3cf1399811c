"""The Atom feed of articles: titles and first lines of what is live, with ids that never change."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.models import Edition
from mindspace.control_characters import Feed as AtomFeed
from mindspace.pagecache import public

ENTRIES = 20
# The day this site's names begin (RFC 4151). An id keeps to it, wherever the article moves.
TAG_DATE = "2025-01-01"


class ArticleFeed(Feed):
    feed_type = AtomFeed
    title = _("MindSpace articles")
    subtitle = _("Plain words about living with a hard time and with each other.")

    def link(self) -> str:
        return settings.SITE_URL + reverse("articles:article_list")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("articles:article_feed")

    def feed_guid(self) -> str:
        return f"tag:{tag_authority()},{TAG_DATE}:articles"

    def items(self) -> QuerySet[Edition]:
        return Edition.objects.live().newest_first()[:ENTRIES]

    def item_title(self, item: Edition) -> str:
        return item.title

    def item_description(self, item: Edition) -> str:
        return item.dek

    def item_link(self, item: Edition) -> str:
        return settings.SITE_URL + reverse("articles:article_detail", args=[item.slug])

    def item_guid(self, item: Edition) -> str:
        return f"tag:{tag_authority()},{TAG_DATE}:article-{item.article_id}"

    def item_pubdate(self, item: Edition) -> datetime:
        return item.first_published_at

    def item_updateddate(self, item: Edition) -> datetime:
        return item.publish_at

    def item_categories(self, item: Edition) -> list[str]:
        return [topic["name"] for topic in item.topics]


def tag_authority() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


article_feed = require_safe(public()(ArticleFeed()))

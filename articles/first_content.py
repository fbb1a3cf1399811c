"""The article and the resources that a new site opens with. From then on they belong to staff."""

import tomllib
from importlib.resources import files
from typing import Any

from django.db import transaction

from articles.models import Article, ArticleSlug, Edition, Resource, Topic

SLUG = "community-care"
TITLE = "Community Care: The Power of Coming Together"
DEK = "What community support and mutual aid can do for your well-being, and practical ways to build such networks."
DRAWING_ALT = "Friends of many kinds sit together in a circle, one chair kept free: a picture of community support."
TOPICS = {"community": "Community", "mutual-aid": "Mutual aid", "support-groups": "Support groups"}
CONTENT = files("articles") / "content"


@transaction.atomic
def load() -> Edition | None:
    """Publish the first article and list its resources; return its edition, or None if they were loaded before.

    The article's address tells: it stays taken whatever staff do with the article, and nothing of theirs is touched.
    """
    if ArticleSlug.objects.filter(slug=SLUG).exists():
        return None
    article = Article.objects.start(
        None,
        slug=SLUG,
        title=TITLE,
        dek=DEK,
        body=(CONTENT / "community-care.html").read_text(encoding="utf-8"),
        drawing="circle",
        drawing_alt=DRAWING_ALT,
        topics=[Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in TOPICS.items()],
    )
    for order, row in enumerate(resource_rows(), start=1):
        listed = row.pop("in_article", False)
        resource, _created = Resource.objects.get_or_create(slug=row.pop("slug"), defaults={**row, "order": order * 10})
        if listed:
            resource.articles.add(article)
    return article.publish(None)


def resource_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((CONTENT / "resources.toml").read_text(encoding="utf-8"))["resource"]
    return rows

"""Published articles for the tests of what readers see."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article, Edition, Topic

BODY = (
    "<h2>A first part</h2><p>It rains, and somebody brings soup.</p><h2>A second part</h2><p>Then the sun is out.</p>"
)


def published(
    title: str, *, body: str = BODY, at: datetime | None = None, topic: str = "Company", **fields: Any
) -> Edition:
    """Write an article and publish it as the operator: now, or at a time to come."""
    about, _created = Topic.objects.get_or_create(slug=topic.lower(), defaults={"name": topic})
    article = Article.objects.start(None, **{"title": title, "dek": f"{title}, in a line.", "body": body, **fields})
    article.topics.add(about)
    return article.publish(None, at)


def soon() -> datetime:
    return timezone.now() + timedelta(days=1)

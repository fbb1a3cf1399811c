"""Finding one's way among the live articles: by topic, by words, by an address that used to be right."""

from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from articles import search
from articles.models import Edition


def browse(words: str, topic: str) -> search.Found:
    """The live editions about `topic` that hold `words`, best first; without words, the newest first."""
    editions = Edition.objects.live()
    if topic:
        editions = editions.about(topic)
    if words:
        return search.find(editions, words, settings.LANGUAGE_CODE)
    return search.Found(editions.newest_first())


def live_topics() -> list[dict[str, Any]]:
    """The topics that live editions name, each once as {"slug", "name"}, in the order of the alphabet."""
    named = Edition.objects.live().order_by().values_list("topics", flat=True)
    by_slug = {topic["slug"]: topic for topics in named for topic in topics}
    return sorted(by_slug.values(), key=lambda topic: str(topic["name"]).lower())


def last_shown_at(slug: str) -> Edition | None:
    """The latest edition that readers could once see under `slug`. One cancelled before its time does not count."""
    cancelled = Edition.objects.filter(withdrawal__at__lt=F("publish_at"))
    shown = Edition.objects.filter(slug=slug, publish_at__lte=timezone.now()).exclude(pk__in=cancelled.values("pk"))
    latest: Edition | None = shown.order_by("-publish_at", "-number").first()
    return latest

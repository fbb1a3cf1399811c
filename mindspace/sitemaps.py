"""The site's own pages in sitemap.xml; each app adds its own."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse


class OwnPages(Sitemap):
    protocol = urlsplit(settings.SITE_URL).scheme

    def items(self) -> Sequence[str]:
        return ["home", "help", "safety", "privacy", "accessibility"]

    def location(self, item: str) -> str:
        return reverse(item)

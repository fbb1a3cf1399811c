"""sitemap.xml, and the site's own pages in it; each app adds its own."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mindspace.pagecache import public


class SiteMap(Sitemap):
    """Addresses under SITE_URL, whatever name a visitor called the site by."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


@require_safe
@public(query=("p",))
def sitemap(request: HttpRequest, sitemaps: dict[str, type[Sitemap] | Sitemap]) -> HttpResponse:
    return django_sitemap(request, sitemaps).render()


class OwnPages(SiteMap):
    def items(self) -> Sequence[str]:
        return ["home", "help", "safety", "privacy", "accessibility"]

    def location(self, item: str) -> str:
        return reverse(item)

"""The pages of this app that search engines may list."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from groups.models import Group
from mindspace.sitemaps import SiteMap


class GroupSitemap(SiteMap):
    """Every group that everybody may see, the examples aside."""

    limit = 5000

    def items(self) -> QuerySet[Group]:
        return Group.objects.listed().filter(is_example=False).order_by("pk")

    def lastmod(self, item: Group) -> datetime:
        return item.updated_at


class GroupPagesSitemap(SiteMap):
    """The list, and what a circle is."""

    def items(self) -> list[str]:
        return ["groups:group_list", "circles:circle_list"]

    def location(self, item: str) -> str:
        return reverse(item)

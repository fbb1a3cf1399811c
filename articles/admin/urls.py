"""The pages around an article in the admin. Each address begins with /admin/articles/."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from articles.admin import picture_pages, reading, steps


def desk_urls(site: AdminSite) -> list[URLPattern]:
    """Below /admin/articles/article/; each name begins with "articles_article_"."""

    def page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(f"<int:article_id>/{route}/", site.admin_view(view), name=f"articles_article_{name}")

    return [
        path("clean/", site.admin_view(steps.clean_pasted), name="articles_article_clean"),
        page("preview", reading.preview, "preview"),
        page("preview/phone", reading.preview_phone, "preview_phone"),
        page("check", reading.check, "check"),
        page("versions", reading.versions_page, "versions"),
        page("difference", reading.difference, "difference"),
        page("review", steps.review, "review"),
        page("review/ask", steps.ask_for_review, "ask"),
        page("review/approve", steps.approve, "approve"),
        page("publish", steps.publish, "publish"),
        page("withdraw", steps.withdraw, "withdraw"),
        page("withdraw/<int:number>", steps.withdraw_edition, "withdraw_edition"),
        page("restore/<slug:version>", steps.restore, "restore"),
    ]


def picture_urls(site: AdminSite) -> list[URLPattern]:
    """Below /admin/articles/picture/."""
    return [
        path("shelf/", site.admin_view(picture_pages.shelf), name="articles_picture_shelf"),
        path("upload/", site.admin_view(picture_pages.upload), name="articles_picture_upload"),
        path("<int:picture_id>/show/", site.admin_view(picture_pages.show), name="articles_picture_show"),
    ]

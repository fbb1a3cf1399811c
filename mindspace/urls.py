"""The map of the site."""

from django.contrib import admin
from django.urls import include, path

from articles.models import Resource
from articles.sitemaps import ArticlePagesSitemap, ArticleSitemap
from groups import finders
from groups.sitemaps import GroupPagesSitemap, GroupSitemap
from mindspace import errors, health, my, sitemaps, views
from mindspace.media import media

# The directory names these where it has no group of its own; it may not know of articles.
finders.hand_in(Resource.objects.finders)

SITEMAPS = {
    "pages": sitemaps.OwnPages,
    "lists": ArticlePagesSitemap,
    "articles": ArticleSitemap,
    "group_lists": GroupPagesSitemap,
    "groups": GroupSitemap,
}

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_now, name="help"),
    path("safety/", views.safety, name="safety"),
    path("leave/", views.leave, name="leave"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("display/", views.display, name="display"),
    path("search/", views.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("media/pictures/<str:file>", media, name="media"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("articles.urls")),
    path("", include("groups.urls")),
    path("", include("groups.circles.urls")),
    path("", include("mutualaid.urls")),
    path("", include("mutualaid.timebank.urls")),
    path("my/", my.my_page, name="my"),
    path("my/notifications/", include("mindspace.notifications.urls")),
    path("my/standing/", include("mindspace.moderation.own_urls")),
    path("moderation/", include("mindspace.moderation.urls")),
    path("accounts/", include("mindspace.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

"""The map of the site."""

from django.contrib import admin
from django.urls import include, path

from mindspace import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_now, name="help"),
    path("safety/", views.safety, name="safety"),
    path("leave/", views.leave, name="leave"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("display/", views.display, name="display"),
    path("search/", views.search, name="search"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

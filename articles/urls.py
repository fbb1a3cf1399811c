"""Published writing, and what it points to."""

from django.urls import path

from articles import feeds, views

app_name = "articles"

urlpatterns = [
    path("articles/", views.article_list, name="article_list"),
    path("articles/feed/", feeds.article_feed, name="article_feed"),
    path("articles/<slug:slug>/", views.article_detail, name="article_detail"),
    path("articles/<slug:slug>/helpful/", views.article_rate, name="article_rate"),
    path("articles/<slug:slug>/helpful/thanks/", views.article_thanks, name="article_thanks"),
    path("resources/", views.resource_list, name="resource_list"),
]

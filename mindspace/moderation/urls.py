"""The moderators' queue."""

from django.urls import path

from mindspace.moderation import views, vouching_views

app_name = "moderation"

urlpatterns = [
    path("", views.queue_next, name="queue_next"),
    path("vouching/", vouching_views.vouching_ask, name="vouching_ask"),
    path("<slug:name>/<uuid:pk>/", views.queue_item, name="queue_item"),
]

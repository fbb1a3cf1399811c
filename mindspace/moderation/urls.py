"""The moderators' queue."""

from django.urls import path

from mindspace.moderation import views

app_name = "moderation"

urlpatterns = [
    path("", views.queue_next, name="queue_next"),
    path("<slug:name>/<uuid:pk>/", views.queue_item, name="queue_item"),
]

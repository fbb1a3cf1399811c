"""The moderators' queue."""

from django.urls import path

from mindspace.moderation import people_views, views

app_name = "moderation"

urlpatterns = [
    path("", views.queue_next, name="queue_next"),
    path("people/<uuid:pk>/", people_views.sanction_new, name="sanction_new"),
    path("sanctions/<uuid:pk>/lift/", people_views.sanction_lift, name="sanction_lift"),
    path("<slug:name>/<uuid:pk>/", views.queue_item, name="queue_item"),
]

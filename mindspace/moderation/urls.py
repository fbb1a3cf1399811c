"""The moderators' queue."""

from django.urls import path

from mindspace.moderation import people_views, views, vouching_views

app_name = "moderation"

urlpatterns = [
    path("", views.queue_next, name="queue_next"),
    path("vouching/", vouching_views.vouching_ask, name="vouching_ask"),
    path("people/<uuid:pk>/", people_views.sanction_new, name="sanction_new"),
    path("sanctions/<uuid:pk>/lift/", people_views.sanction_lift, name="sanction_lift"),
    path("<slug:name>/<uuid:pk>/", views.queue_item, name="queue_item"),
    path("<slug:name>/<uuid:pk>/write/", views.queue_write, name="queue_write"),
]

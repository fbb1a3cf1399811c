"""How a member stands, below /my/."""

from django.urls import path

from mindspace.moderation import own_views

app_name = "standing"

urlpatterns = [
    path("", own_views.standing_show, name="standing_show"),
    path("report/<uuid:pk>/", own_views.person_report, name="person_report"),
]

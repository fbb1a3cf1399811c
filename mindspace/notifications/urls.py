"""What a member is told, below /my/."""

from django.urls import path

from mindspace.notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.notification_list, name="notification_list"),
    path("read/", views.notification_read, name="notification_read"),
    path("settings/", views.preference_edit, name="preference_edit"),
    path("stop/<str:token>/", views.mail_stop, name="mail_stop"),
]

"""The time bank."""

from django.urls import path

from mutualaid.timebank import views

app_name = "timebank"

urlpatterns = [path("mutual-aid/hours/", views.transfer_list, name="transfer_list")]

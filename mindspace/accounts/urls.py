from django.urls import path

from mindspace.accounts import views

app_name = "accounts"
urlpatterns = [
    path("second-step/", views.second_factor, name="second_factor"),
    path("invitation/<str:token>/", views.invitation_accept, name="invitation_accept"),
]

"""Circles: each for its members only."""

from django.urls import path

from groups.circles.views import circles, invitations, members

app_name = "circles"

urlpatterns = [
    path("circles/", circles.circle_list, name="circle_list"),
    path("circles/new/", circles.circle_new, name="circle_new"),
    path("circles/invitations/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("circles/<uuid:pk>/", circles.circle_detail, name="circle_detail"),
    path("circles/<uuid:pk>/edit/", circles.circle_edit, name="circle_edit"),
    path("circles/<uuid:pk>/invite/", invitations.invitation_make, name="invitation_make"),
    path("circles/<uuid:pk>/invitations/<uuid:invitation>/end/", invitations.invitation_end, name="invitation_end"),
    path("circles/<uuid:pk>/leave/", members.circle_leave, name="circle_leave"),
    path("circles/<uuid:pk>/hand-over/", members.circle_hand_over, name="circle_hand_over"),
    path("circles/<uuid:pk>/remove/", members.member_remove, name="member_remove"),
]

"""The directory of support groups."""

from django.urls import URLPattern, URLResolver, path

from groups.views import finding

app_name = "groups"

urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/", finding.group_list, name="group_list"),
    path("groups/near/", finding.near_me, name="group_near"),
    # The last one: what is no word of ours is the address of a group.
    path("groups/<slug:slug>/", finding.group_detail, name="group_detail"),
]

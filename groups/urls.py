"""The directory of support groups."""

from django.urls import URLPattern, URLResolver, path

from groups.views import coming_in, feeds, finding, history, hsds, keeping, organizers, suggesting

app_name = "groups"

urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/", finding.group_list, name="group_list"),
    path("groups/near/", finding.near_me, name="group_near"),
    path("groups/print/", finding.search_print, name="search_print"),
    # The directory for other programs.
    path("groups/data/", feeds.data, name="data"),
    path("groups/meetings.json", feeds.meetings_json, name="meetings_json"),
    path("groups/export.csv", feeds.groups_csv, name="groups_csv"),
    path("groups/calendar.ics", feeds.search_calendar, name="search_calendar"),
    path("groups/feed/", feeds.search_feed, name="search_feed"),
    path("groups/<slug:slug>/calendar.ics", feeds.group_calendar, name="group_calendar"),
    path("hsds/", hsds.about, name="hsds"),
    path("hsds/services", hsds.service_list, name="hsds_services"),
    path("hsds/services/<uuid:key>", hsds.service_detail, name="hsds_service"),
    path("hsds/csv/<slug:table>.csv", feeds.hsds_csv, name="hsds_csv"),
    path("hsds/organizations", hsds.organization_list, name="hsds_organizations"),
    path("hsds/service_at_locations", hsds.service_at_location_list, name="hsds_service_at_locations"),
    # Keeping listings right: visitors, then organizers, then staff.
    path("groups/new/", suggesting.group_suggest, name="group_suggest"),
    path("groups/suggest/sent/", suggesting.suggestion_sent, name="suggestion_sent"),
    path("groups/suggest/<str:token>/", suggesting.suggestion_open, name="suggestion_open"),
    path("groups/claim/sent/", keeping.claim_sent, name="claim_sent"),
    path("groups/claim/<str:token>/", keeping.claim_open, name="claim_open"),
    path("groups/confirm/<str:token>/", coming_in.freshness_answer, name="freshness_answer"),
    path("groups/organizers/", coming_in.organizer_link, name="organizer_link"),
    path("groups/organizers/<str:token>/", coming_in.organizer_open, name="organizer_open"),
    path("groups/<slug:slug>/change/", suggesting.group_change, name="group_change"),
    path("groups/<slug:slug>/claim/", keeping.group_claim, name="group_claim"),
    path("groups/<slug:slug>/report/", keeping.group_report, name="group_report"),
    path("groups/<slug:slug>/report/sent/", keeping.report_sent, name="report_sent"),
    path("groups/<slug:slug>/was-it-on/", keeping.group_sighting, name="group_sighting"),
    path("groups/<slug:slug>/thanks/", keeping.group_thanks, name="group_thanks"),
    path("groups/<slug:slug>/contact/", keeping.group_contact, name="group_contact"),
    path("groups/<slug:slug>/contact/sent/", keeping.message_sent, name="message_sent"),
    path("groups/<slug:slug>/flyer/", keeping.group_flyer, name="group_flyer"),
    path("groups/<slug:slug>/keep/", organizers.group_keep, name="group_keep"),
    path("groups/<slug:slug>/keep/edit/", organizers.group_edit, name="group_edit"),
    path("groups/<slug:slug>/keep/meeting/", organizers.meeting_change, name="meeting_change"),
    path("groups/<slug:slug>/keep/pause/", organizers.group_pause, name="group_pause"),
    path("groups/<slug:slug>/keep/confirm/", organizers.group_confirm, name="group_confirm"),
    path("groups/<slug:slug>/keep/close/", organizers.group_close, name="group_close"),
    path("groups/<slug:slug>/keep/list/", organizers.group_list_again, name="group_list_again"),
    path("groups/<slug:slug>/keep/add/", organizers.organizer_add, name="organizer_add"),
    path("groups/<slug:slug>/keep/remove/", organizers.organizer_remove, name="organizer_remove"),
    path("groups/<slug:slug>/history/", history.group_history, name="group_history"),
    path("groups/<slug:slug>/history/<slug:kind>/<int:pk>/", history.group_restore, name="group_restore"),
    # The last one: what is no word of ours is the address of a group.
    path("groups/<slug:slug>/", finding.group_detail, name="group_detail"),
]

"""The board."""

from django.urls import URLPattern, URLResolver, path

from mutualaid.views import answering, board, by_phone, coordinating, matching, own, reporting, writing

app_name = "mutualaid"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mutual-aid/", board.post_list, name="post_list"),
    path("mutual-aid/feed/", board.post_feed, name="post_feed"),
    path("mutual-aid/new/", writing.post_new, name="post_new"),
    path("mutual-aid/<uuid:pk>/", board.post_detail, name="post_detail"),
    path("mutual-aid/<uuid:pk>/edit/check/", writing.post_check, name="post_check"),
    path("mutual-aid/<uuid:pk>/edit/<slug:step>/", writing.post_edit, name="post_edit"),
    path("mutual-aid/<uuid:pk>/pause/", own.post_pause, name="post_pause"),
    path("mutual-aid/<uuid:pk>/resume/", own.post_resume, name="post_resume"),
    path("mutual-aid/<uuid:pk>/renew/", own.post_renew, name="post_renew"),
    path("mutual-aid/go-on/", own.offers_resume, name="offers_resume"),
    path("mutual-aid/waiting/", coordinating.waiting_list, name="waiting_list"),
    path("mutual-aid/by-phone/<uuid:member>/", by_phone.member_show, name="phone_member_show"),
    path("mutual-aid/by-phone/<uuid:member>/new/", by_phone.post_new, name="phone_post_new"),
    path("mutual-aid/by-phone/<uuid:member>/answer/<uuid:pk>/", by_phone.response_new, name="phone_response_new"),
    path("mutual-aid/by-phone/<uuid:member>/answers/<uuid:pk>/", by_phone.response_show, name="phone_response_show"),
    path("mutual-aid/could-help/", matching.could_help, name="could_help"),
    path("mutual-aid/<uuid:pk>/ask/", matching.helper_ask, name="helper_ask"),
    path("mutual-aid/asked/<uuid:pk>/no/", matching.asked_decline, name="asked_decline"),
    path("mutual-aid/<uuid:pk>/report/", reporting.post_report, name="post_report"),
    path("mutual-aid/<uuid:pk>/close/", own.post_close, name="post_close"),
    path("mutual-aid/<uuid:pk>/answer/", answering.response_new, name="response_new"),
    path("mutual-aid/answers/<uuid:pk>/", answering.response_detail, name="response_detail"),
    path("mutual-aid/answers/<uuid:pk>/accept/", answering.response_accept, name="response_accept"),
    path("mutual-aid/answers/<uuid:pk>/decline/", answering.response_decline, name="response_decline"),
    path("mutual-aid/answers/<uuid:pk>/withdraw/", answering.response_withdraw, name="response_withdraw"),
    path("mutual-aid/answers/<uuid:pk>/show/", answering.reveal_show, name="reveal_show"),
    path("mutual-aid/answers/<uuid:pk>/hide/", answering.reveal_hide, name="reveal_hide"),
    path("mutual-aid/answers/<uuid:pk>/done/", answering.arrangement_done, name="arrangement_done"),
    path("mutual-aid/answers/<uuid:pk>/cancel/", answering.arrangement_cancel, name="arrangement_cancel"),
    path("mutual-aid/answers/<uuid:pk>/missed/", answering.arrangement_missed, name="arrangement_missed"),
]

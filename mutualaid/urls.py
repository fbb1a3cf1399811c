"""The board."""

from django.urls import URLPattern, URLResolver, path

from mutualaid.views import answering, arranging, board, own, reporting, threads, writing

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
    path("mutual-aid/<uuid:pk>/report/", reporting.post_report, name="post_report"),
    path("mutual-aid/<uuid:pk>/appeal/", reporting.post_appeal, name="post_appeal"),
    path("mutual-aid/<uuid:pk>/close/", own.post_close, name="post_close"),
    path("mutual-aid/<uuid:pk>/answer/", answering.response_new, name="response_new"),
    path("mutual-aid/answers/<uuid:pk>/", answering.response_detail, name="response_detail"),
    path("mutual-aid/answers/<uuid:pk>/report/", threads.thread_report, name="thread_report"),
    path("mutual-aid/thread-reports/<uuid:pk>/", threads.thread_look, name="thread_look"),
    path("mutual-aid/answers/<uuid:pk>/accept/", answering.response_accept, name="response_accept"),
    path("mutual-aid/answers/<uuid:pk>/decline/", answering.response_decline, name="response_decline"),
    path("mutual-aid/answers/<uuid:pk>/withdraw/", answering.response_withdraw, name="response_withdraw"),
    path("mutual-aid/answers/<uuid:pk>/pass/", answering.response_pass, name="response_pass"),
    path("mutual-aid/answers/<uuid:pk>/thank/", answering.response_thank, name="response_thank"),
    path("mutual-aid/answers/<uuid:pk>/take-back/", answering.message_take_back, name="message_take_back"),
    path("mutual-aid/answers/<uuid:pk>/time/", arranging.time_suggest, name="time_suggest"),
    path("mutual-aid/answers/<uuid:pk>/time/agree/", arranging.time_agree, name="time_agree"),
    path("mutual-aid/answers/<uuid:pk>/time/keep/", arranging.time_keep, name="time_keep"),
    path("mutual-aid/answers/<uuid:pk>/calendar/", arranging.arrangement_calendar, name="arrangement_calendar"),
    path("mutual-aid/answers/<uuid:pk>/dispute/", arranging.arrangement_dispute, name="arrangement_dispute"),
    path("mutual-aid/answers/<uuid:pk>/show/", arranging.reveal_show, name="reveal_show"),
    path("mutual-aid/answers/<uuid:pk>/hide/", arranging.reveal_hide, name="reveal_hide"),
    path("mutual-aid/answers/<uuid:pk>/done/", arranging.arrangement_done, name="arrangement_done"),
    path("mutual-aid/answers/<uuid:pk>/cancel/", arranging.arrangement_cancel, name="arrangement_cancel"),
    path("mutual-aid/answers/<uuid:pk>/missed/", arranging.arrangement_missed, name="arrangement_missed"),
]

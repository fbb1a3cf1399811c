"""Every address of the board, by who asks. An address missing here fails a test."""

from mindspace.accounts.models import PhoneMember
from mutualaid.models import Post, Response, ResponseReport

OK, GONE, BAD, IN, NO, NOT_YET = 200, 404, 400, 302, 405, 403
ALL = (OK,) * 7
AUTHOR = (IN, GONE, OK, GONE, GONE, GONE, GONE)
AUTHOR_SENDS = (IN, GONE, BAD, GONE, GONE, GONE, GONE)
AUTHOR_ACTS = (IN, GONE, IN, GONE, GONE, GONE, GONE)
NOWHERE = (NO,) * 7
BOTH = (IN, OK, OK, GONE, GONE, GONE, GONE)  # the author, and Bob, who answered
PHONE = (GONE, GONE, GONE, GONE, OK, GONE, OK)
PHONE_SENDS = (GONE, GONE, GONE, GONE, BAD, GONE, BAD)
BOTH_ACT = (IN, IN, IN, GONE, GONE, GONE, GONE)

# address: what GET and then an empty POST give a stranger, a member, the author, somebody blocked, a moderator,
# an editor and a superuser. The post is open to members.
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "mutual-aid/": (ALL, NOWHERE),
    "mutual-aid/feed/": (ALL, NOWHERE),
    "mutual-aid/new/": ((IN, OK, OK, OK, NOT_YET, NOT_YET, NOT_YET), (IN, BAD, BAD, BAD, NOT_YET, NOT_YET, NOT_YET)),
    "mutual-aid/<uuid:pk>/": ((GONE, OK, OK, GONE, OK, OK, OK), NOWHERE),
    "mutual-aid/<uuid:pk>/moderation/": ((GONE, GONE, GONE, GONE, OK, GONE, OK), NOWHERE),
    "mutual-aid/<uuid:pk>/edit/check/": (
        (IN, GONE, IN, GONE, GONE, GONE, GONE),
        (IN, GONE, IN, GONE, GONE, GONE, GONE),
    ),
    "mutual-aid/<uuid:pk>/edit/<slug:step>/": (AUTHOR, AUTHOR_SENDS),
    "mutual-aid/<uuid:pk>/pause/": (NOWHERE, AUTHOR_ACTS),
    "mutual-aid/<uuid:pk>/resume/": (NOWHERE, AUTHOR_ACTS),
    "mutual-aid/<uuid:pk>/renew/": (NOWHERE, AUTHOR_ACTS),
    "mutual-aid/go-on/": (NOWHERE, (IN,) * 7),
    "mutual-aid/hours/": ((IN, OK, OK, OK, OK, OK, OK), NOWHERE),  # each their own: tests/mutualaid/timebank
    "mutual-aid/waiting/": ((GONE, GONE, GONE, GONE, OK, GONE, OK), NOWHERE),
    # The member helped by phone is for moderators; those who have not agreed to it are in nobody's hands.
    "mutual-aid/by-phone/<uuid:member>/": (PHONE, NOWHERE),
    "mutual-aid/by-phone/<uuid:member>/told/": (NOWHERE, (GONE,) * 7),  # told what?
    "mutual-aid/by-phone/<uuid:member>/age/": (NOWHERE, (GONE, GONE, GONE, GONE, IN, GONE, IN)),
    "mutual-aid/by-phone/<uuid:member>/new/": (PHONE, PHONE_SENDS),
    "mutual-aid/by-phone/<uuid:member>/answer/<uuid:pk>/": (PHONE, PHONE_SENDS),
    "mutual-aid/by-phone/<uuid:member>/answers/<uuid:pk>/": (PHONE, PHONE_SENDS),
    "mutual-aid/could-help/": ((IN, OK, OK, OK, OK, OK, OK), NOWHERE),
    # Without a person who fits there is nobody to ask, also for those who may.
    "mutual-aid/<uuid:pk>/ask/": (NOWHERE, (IN, GONE, GONE, GONE, GONE, GONE, GONE)),
    "mutual-aid/asked/<uuid:pk>/no/": (NOWHERE, (IN, GONE, GONE, GONE, GONE, GONE, GONE)),
    "mutual-aid/<uuid:pk>/report/": (
        (GONE, OK, GONE, GONE, OK, OK, OK),
        (GONE, BAD, GONE, GONE, BAD, BAD, BAD),
    ),
    # Nobody has taken it down; see test_who_may_ask_to_look_again.
    "mutual-aid/<uuid:pk>/appeal/": ((IN, *(GONE,) * 6), (IN, *(GONE,) * 6)),
    "mutual-aid/<uuid:pk>/close/": (AUTHOR, AUTHOR_SENDS),
    # Bob has answered: he is led to his answer. Whoever has not said that they are grown up is asked to.
    "mutual-aid/<uuid:pk>/answer/": (
        (IN, IN, GONE, GONE, NOT_YET, NOT_YET, NOT_YET),
        (IN, IN, GONE, GONE, NOT_YET, NOT_YET, NOT_YET),
    ),
    "mutual-aid/answers/<uuid:pk>/": (BOTH, (IN, BAD, BAD, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/report/": (BOTH, (IN, BAD, BAD, GONE, GONE, GONE, GONE)),
    # The reason is asked for first: see test_thread_report.py.
    "mutual-aid/thread-reports/<uuid:pk>/": (
        (GONE, GONE, GONE, GONE, OK, GONE, OK),
        (GONE, GONE, GONE, GONE, BAD, GONE, BAD),
    ),
    "mutual-aid/answers/<uuid:pk>/accept/": (NOWHERE, AUTHOR_ACTS),
    "mutual-aid/answers/<uuid:pk>/decline/": (NOWHERE, AUTHOR_ACTS),
    "mutual-aid/answers/<uuid:pk>/withdraw/": (NOWHERE, (IN, IN, GONE, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/pass/": (NOWHERE, BOTH_ACT),
    "mutual-aid/answers/<uuid:pk>/thank/": (NOWHERE, (IN, BAD, BAD, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/take-back/": (NOWHERE, (IN, GONE, GONE, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/time/": (NOWHERE, (IN, BAD, BAD, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/time/agree/": (NOWHERE, (IN, GONE, GONE, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/time/keep/": (NOWHERE, BOTH_ACT),
    # Nothing is agreed yet, so there is no file.
    "mutual-aid/answers/<uuid:pk>/calendar/": ((IN, GONE, GONE, GONE, GONE, GONE, GONE), NOWHERE),
    "mutual-aid/answers/<uuid:pk>/dispute/": (NOWHERE, BOTH_ACT),
    # Without one of one's own, there is none to show or to hide.
    "mutual-aid/answers/<uuid:pk>/show/": (NOWHERE, (IN, GONE, GONE, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/hide/": (NOWHERE, (IN, GONE, GONE, GONE, GONE, GONE, GONE)),
    "mutual-aid/answers/<uuid:pk>/done/": (NOWHERE, BOTH_ACT),
    "mutual-aid/answers/<uuid:pk>/cancel/": (NOWHERE, BOTH_ACT),
    "mutual-aid/answers/<uuid:pk>/missed/": (NOWHERE, BOTH_ACT),
}
AGREED = ("show", "hide", "done", "cancel", "missed", "time", "agree", "keep", "dispute")


def path_of(address: str, post: Post, answer: Response) -> str:
    pk = answer.pk if "/answers/" in address else post.pk
    if "/thread-reports/" in address:
        pk = ResponseReport.objects.get().pk
    if "<uuid:member>" in address:
        rosa = PhoneMember.objects.get()
        pk = Response.objects.get(by=rosa.user).pk if "/answers/" in address else post.pk
        address = address.replace("<uuid:member>", str(rosa.pk))
    return "/" + address.replace("<uuid:pk>", str(pk)).replace("<slug:step>", "what")

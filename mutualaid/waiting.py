"""What of the board waits for a moderator, and the words that are ready for answering."""

from django.utils.translation import gettext_lazy as _

from mindspace.moderation import queue
from mutualaid.models import HeldMessage, HeldPost, PassRequest, PostReport, ResponseReport
from mutualaid.models.post_queries import MODERATE

TEXTS = {
    "private": _("Please take out the phone number, address or link. You can share it with one person, in private."),
    "money": _("The board is for time and things, so please leave money out of it."),
    "unclear": _("Please say a little more about what you need, and when."),
    "not_here": _("We cannot have this on the board. You can phone us to talk about what else there is."),
}

REPORT_TEXTS = {
    "private": _("It tells something private about somebody."),
    "money": _("The board is for time and things, and this asks for money or is not what it says."),
    "unkind": _("It is unkind to a person or a group."),
    "fine": _("We have looked at it, and it can stay."),
}

THREAD_TEXTS = {
    "unkind": _("What was written here is unkind."),
    "pressed": _("Somebody is pressed here to do what they do not want."),
    "money": _("Here somebody asks for money, or is not what they say."),
    "fine": _("We have looked at it, and you can go on."),
}

KINDS = (
    queue.Kind(
        HeldPost, MODERATE, "mutualaid/queue/post.html", title=_("A post to read first"), texts=TEXTS, veiled=True,
        verbs={"approve": _("Approve: put it on the board"), "refuse": _("Refuse: leave it out")},
    ),
    queue.Kind(
        PostReport, MODERATE, "mutualaid/queue/report.html", title=_("Report of a post"), texts=REPORT_TEXTS,
        veiled=True, reasoned=True,
        verbs={"approve": _("It is so: take it down"), "refuse": _("Leave it up")},
    ),
    queue.Kind(
        ResponseReport, MODERATE, "mutualaid/queue/thread.html", title=_("Report of a conversation"),
        texts=THREAD_TEXTS, veiled=True, reasoned=True,
        verbs={
            "approve": _("It is so: close it"),
            "refuse": _("Nothing is wrong: they can go on"),
        },
    ),
    queue.Kind(
        HeldMessage, MODERATE, "mutualaid/queue/message.html", title=_("A line between two people"), veiled=True,
        verbs={"approve": _("It is fine: let it through"), "refuse": _("Leave it out")},
    ),
    queue.Kind(
        PassRequest, MODERATE, "mutualaid/queue/pass.html", title=_("May they help this once?"),
        verbs={"approve": _("Yes: this once"), "refuse": _("Not yet")},
    ),
)  # fmt: skip

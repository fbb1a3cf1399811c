"""What of the board waits for a moderator, and the words that are ready for answering."""

from django.utils.translation import gettext_lazy as _

from mindspace.moderation import queue
from mutualaid.models import HeldMessage, HeldPost, PassRequest, PostReport
from mutualaid.models.post_queries import MODERATE

TEXTS = {
    "private": _("Please take out the phone number, address or link. You can share it with one person, in private."),
    "money": _("The board is for time and things, so please leave money out of it."),
    "unclear": _("Please say a little more about what you need, and when."),
    "not_here": _("We cannot have this on the board. You can phone us to talk about what else there is."),
}

KINDS = (
    queue.Kind(
        HeldPost, MODERATE, "mutualaid/queue/post.html", title=_("Post"), texts=TEXTS,
        verbs={"approve": _("Approve: put it on the board"), "refuse": _("Refuse: leave it out")},
    ),
    queue.Kind(
        PostReport, MODERATE, "mutualaid/queue/report.html", title=_("Report of a post"),
        verbs={"approve": _("It is so: take it down, or somebody has been looked after"), "refuse": _("Leave it up")},
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

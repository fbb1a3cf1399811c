"""What of the directory waits for a moderator, and the words that are ready for answering."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from groups.models import Claim, GroupReport, Suggestion
from mindspace.accounts.models import User
from mindspace.admin.today import Item, Row
from mindspace.moderation import queue

MODERATE = "groups.moderate_group"

SUGGESTION_TEXTS = {
    "source": _("Thank you for this. Can you tell us where it can be read, such as the group’s own website?"),
    "when": _("Thank you for this. Can you tell us on which days and at what time the group meets?"),
    "twice": _("Thank you for this. The group is on our list already, so we leave it at one page."),
    "not_ours": _("Thank you for thinking of us. This is not a group that meets regularly, and those are all we list."),
    "unsure": _("Thank you for this. We could not find out whether it is right, so we leave the page as it is."),
}
CLAIM_TEXTS = {
    "who": _("Thank you. Can you tell us somebody we can ask, or a page that names you?"),
    "unsure": _("We could not see that you run this group. You can still suggest changes, and we look at each one."),
}
REPORT_TEXTS = {
    "gone": _("We have heard that the group does not meet any more, and could not reach anybody who knows better."),
    "unsafe": _("We have heard that people may not be safe there. That is why we have to look into it first."),
    "phoned": _("We have phoned the group, and what the page says is right."),
    "mended": _("It is right on the page now."),
}

KINDS = (
    queue.Kind(
        Suggestion, MODERATE, "groups/queue/suggestion.html", title=_("Suggestion"), texts=SUGGESTION_TEXTS,
        verbs={"approve": _("Approve: put it on the page"), "refuse": _("Refuse: leave it out")},
    ),
    queue.Kind(
        Claim, MODERATE, "groups/queue/claim.html", title=_("Somebody says a listing is theirs"), texts=CLAIM_TEXTS,
        verbs={"approve": _("Approve: they keep it from now on"), "refuse": _("Refuse")},
    ),
    queue.Kind(
        GroupReport, MODERATE, "groups/queue/report.html", title=_("Report"), texts=REPORT_TEXTS,
        verbs={"approve": _("Close it: take the listing down"), "refuse": _("Leave it up: it is right, or is mended")},
        reasoned=True,
    ),
)  # fmt: skip


def in_the_queue(user: User) -> Iterator[Row]:
    count = queue.waiting(user, queue.kinds_for(user))
    label = ngettext("%(count)d thing waits in the queue", "%(count)d things wait in the queue", count)
    yield Row(label % {"count": count}, reverse("moderation:queue_next"), count)


QUEUE = Item("groups.queue", in_the_queue, permission=MODERATE)

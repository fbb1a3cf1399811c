"""What of members waits for a moderator, whichever app they met in."""

from django.utils.translation import gettext_lazy as _

from mindspace.moderation import queue
from mindspace.moderation.models import Appeal, PersonReport, Sanction, VouchRequest
from mindspace.moderation.models.sanction import TOLD_AS
from mindspace.notifications.kinds import Kind

TEXTS = {
    "looked": _("We have looked at it again, from the start."),
    "stays": _("We have looked at it again, and it stays as it was."),
}
VOUCH_TEXTS = {
    "meet": _("Thank you for asking. Can you come by, or call us, so that we get to know each other a little?"),
    "who": _("Thank you for asking. Who here knows you? We ask them before we give our word."),
    "later": _("We do not know you well enough yet. You can ask again in a month, and ask two members any time."),
}

KINDS = (
    queue.Kind(
        Sanction, "moderation.change_sanction", "moderation/queue/sanction.html", title=_("A ban to agree to"),
        texts=TEXTS, verbs={"approve": _("Agree: they stay out"), "refuse": _("Do not agree: let them back in")},
    ),
    queue.Kind(
        Appeal, "moderation.change_appeal", "moderation/queue/appeal.html", title=_("Somebody asks us to look again"),
        texts=TEXTS, verbs={"approve": _("They are right: undo it"), "refuse": _("It stays as it was")},
    ),
    queue.Kind(
        VouchRequest, "accounts.add_vouch", "moderation/queue/vouch.html", title=_("Somebody wishes to be vouched for"),
        texts=VOUCH_TEXTS, verbs={"approve": _("Yes: I vouch for them"), "refuse": _("Not yet")},
    ),
    queue.Kind(
        PersonReport, "moderation.add_sanction", "moderation/queue/person.html", title=_("Report of a person"),
        texts=TEXTS, veiled=True,
        verbs={"approve": _("It is so, and I have seen to it"), "refuse": _("Nothing is wrong: they can go on")},
    ),
)  # fmt: skip

TOLD = Kind(TOLD_AS, _("Notes from the moderators"), _("The moderators have a note for you."))

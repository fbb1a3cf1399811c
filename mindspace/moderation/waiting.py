"""What of this package waits in the queue, and the words that are ready for answering."""

from django.utils.translation import gettext_lazy as _

from mindspace.moderation.queue import Kind
from mindspace.moderation.vouching import VouchRequest

VOUCH = Kind(
    VouchRequest,
    "accounts.add_vouch",
    "moderation/queue/vouch.html",
    title=_("Somebody wishes to be vouched for"),
    texts={
        "meet": _("Thank you for asking. Can you come by, or call us, so that we get to know each other a little?"),
        "who": _("Thank you for asking. Who here knows you? We ask them before we give our word."),
        "later": _("We do not know you well enough yet. You can ask again in a month, and ask two members any time."),
    },
    verbs={"approve": _("Yes: I vouch for them"), "refuse": _("Not yet")},
)

"""What the board tells members of."""

from django.utils.translation import gettext_lazy as _

from mindspace.notifications.kinds import Kind

ENDING = Kind("mutualaid.ending", _("When a post of yours ends"), _("Something of yours ends soon, or has ended."))
STILL_TRUE = Kind(
    "mutualaid.still_true", _("Whether an offer of yours is still true"), _("We have a question for you.")
)

KINDS = (ENDING, STILL_TRUE)

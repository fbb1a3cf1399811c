"""What the board tells members of."""

from django.utils.translation import gettext_lazy as _

from mindspace.notifications.kinds import Kind

ENDING = Kind("mutualaid.ending", _("When a post of yours ends"), _("Something of yours ends soon, or has ended."))
STILL_TRUE = Kind(
    "mutualaid.still_true", _("Whether an offer of yours is still true"), _("We have a question for you.")
)
ANSWERED = Kind("mutualaid.answered", _("When somebody answers your post"), _("Somebody answered you."))
ACCEPTED = Kind("mutualaid.accepted", _("When somebody says yes to you"), _("Somebody said yes. You can see to what."))
DECLINED = Kind("mutualaid.declined", _("When an answer of yours gets a no"), _("There is an answer for you."))
LAPSED = Kind("mutualaid.lapsed", _("When the last chair was taken"), _("There is news of an answer of yours."))
MESSAGE = Kind("mutualaid.message", _("When somebody writes to you"), _("Somebody wrote to you."))
DONE = Kind("mutualaid.done", _("When the other side says it is done"), _("We have a question for you."))
CONFIRMED = Kind("mutualaid.confirmed", _("When both of you say it is done"), _("Something is done. Thank you."))
CANCELLED = Kind(
    "mutualaid.cancelled", _("When something you agreed on is called off"), _("Something you agreed on has changed.")
)
ASKED = Kind(
    "mutualaid.asked", _("When somebody asks whether you could help"), _("Somebody asks you something. No is fine.")
)
RESTS = Kind(
    "mutualaid.rests", _("When somebody you agreed with rests for a while"), _("Something you agreed on may change.")
)
BACK = Kind("mutualaid.back", _("When your rest is over"), _("We have a question for you."))

KINDS = (
    ENDING, STILL_TRUE, ANSWERED, ACCEPTED, DECLINED, LAPSED, MESSAGE, DONE, CONFIRMED, CANCELLED, ASKED, RESTS, BACK,
)  # fmt: skip

"""What the board tells members of."""

from django.utils.translation import gettext_lazy as _

from mindspace.notifications.kinds import Kind, Part

ENDING = Kind(
    "mutualaid.ending",
    _("When a post of yours ends"),
    _("Something of yours ends soon, or has ended."),
    part=Part.POSTS,
)
STILL_TRUE = Kind(
    "mutualaid.still_true",
    _("Whether an offer of yours is still true"),
    _("We have a question for you."),
    part=Part.POSTS,
)
ANSWERED = Kind(
    "mutualaid.answered", _("When somebody answers your post"), _("Somebody answered you."), part=Part.ANSWERS
)
ACCEPTED = Kind(
    "mutualaid.accepted",
    _("When somebody says yes to you"),
    _("Somebody said yes. You can see to what."),
    part=Part.ANSWERS,
)
DECLINED = Kind(
    "mutualaid.declined", _("When an answer of yours gets a no"), _("There is an answer for you."), part=Part.ANSWERS
)
LAPSED = Kind(
    "mutualaid.lapsed",
    _("When there is no chair any more"),
    _("There is news of an answer of yours."),
    part=Part.ANSWERS,
)
PASSED = Kind(
    "mutualaid.passed",
    _("When a moderator has looked at an answer"),
    _("There is an answer for you."),
    part=Part.ANSWERS,
)
MESSAGE = Kind("mutualaid.message", _("When somebody writes to you"), _("Somebody wrote to you."), part=Part.WORDS)
LOOKED_AT = Kind(
    "mutualaid.looked_at",
    _("When a moderator has looked at what you wrote"),
    _("There is an answer for you."),
    part=Part.POSTS,
)
THANKED = Kind("mutualaid.thanked", _("When somebody thanks you"), _("There is a card for you."), part=Part.WORDS)
TIME = Kind(
    "mutualaid.time",
    _("When a time is suggested or agreed on"),
    _("Something you agreed on has news."),
    part=Part.AGREED,
)
REMINDER = Kind(
    "mutualaid.reminder",
    _("A day before something you agreed on"),
    _("Something you agreed on is soon."),
    part=Part.AGREED,
)
HOW_IT_WENT = Kind(
    "mutualaid.how_it_went", _("After something you agreed on"), _("We have a question for you."), part=Part.AGREED
)
DONE = Kind(
    "mutualaid.done", _("When the other side says it is done"), _("We have a question for you."), part=Part.AGREED
)
CONFIRMED = Kind(
    "mutualaid.confirmed", _("When both of you say it is done"), _("Something is done. Thank you."), part=Part.AGREED
)
CANCELLED = Kind(
    "mutualaid.cancelled",
    _("When something you agreed on is called off"),
    _("Something you agreed on has changed."),
    part=Part.AGREED,
)
ASKED = Kind(
    "mutualaid.asked",
    _("When somebody asks whether you could help"),
    _("Somebody asks you something. No is fine."),
    part=Part.ANSWERS,
)
RESTS = Kind(
    "mutualaid.rests",
    _("When somebody you agreed with rests for a while"),
    _("Something you agreed on may change."),
    part=Part.AGREED,
)
BACK = Kind("mutualaid.back", _("When your rest is over"), _("We have a question for you."))

KINDS = (
    ENDING, STILL_TRUE, ANSWERED, ACCEPTED, DECLINED, LAPSED, PASSED, MESSAGE, LOOKED_AT, THANKED, TIME, REMINDER,
    HOW_IT_WENT, DONE, CONFIRMED, CANCELLED, ASKED, RESTS, BACK,
)  # fmt: skip

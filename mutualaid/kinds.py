"""What the board tells members of."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from mindspace.notifications.kinds import Kind, Part

answers, words, agreed, posts = (
    partial(Kind, part=part) for part in (Part.ANSWERS, Part.WORDS, Part.AGREED, Part.POSTS)
)

ENDING = posts("mutualaid.ending", _("When a post of yours ends"), _("Something of yours ends soon, or has ended."))
STILL_TRUE = posts(
    "mutualaid.still_true", _("Whether an offer of yours is still true"), _("We have a question for you.")
)
ANSWERED = answers("mutualaid.answered", _("When somebody answers your post"), _("Somebody answered you."))
ACCEPTED = answers(
    "mutualaid.accepted", _("When somebody says yes to you"), _("Somebody said yes. You can see to what.")
)
DECLINED = answers("mutualaid.declined", _("When somebody says no to your answer"), _("There is an answer for you."))
LAPSED = answers(
    "mutualaid.lapsed", _("When a post you answered is full or ends"), _("There is news about your answer.")
)
PASSED = answers("mutualaid.passed", _("When a moderator has looked at an answer"), _("There is an answer for you."))
MESSAGE = words("mutualaid.message", _("When somebody writes to you"), _("Somebody wrote to you."))
LOOKED_AT = posts(
    "mutualaid.looked_at", _("When a moderator has looked at what you wrote"), _("There is an answer for you.")
)
THANKED = words("mutualaid.thanked", _("When somebody thanks you"), _("There is a card for you."))
TIME = agreed("mutualaid.time", _("When a time is suggested or agreed on"), _("Something you agreed on has news."))
REMINDER = agreed(
    "mutualaid.reminder", _("A day before something you agreed on"), _("Something you agreed on is soon.")
)
HOW_IT_WENT = agreed("mutualaid.how_it_went", _("After something you agreed on"), _("We have a question for you."))
DONE = agreed("mutualaid.done", _("When the other side says it is done"), _("We have a question for you."))
CONFIRMED = agreed("mutualaid.confirmed", _("When both of you say it is done"), _("Something is done. Thank you."))
CANCELLED = agreed(
    "mutualaid.cancelled", _("When something you agreed on is called off"), _("Something you agreed on has changed.")
)
ASKED = answers(
    "mutualaid.asked", _("When somebody asks whether you could help"), _("Somebody asks you something. No is fine.")
)
RESTS = agreed(
    "mutualaid.rests", _("When somebody you agreed with rests for a while"), _("Something you agreed on may change.")
)
BACK = Kind("mutualaid.back", _("When your rest is over"), _("We have a question for you."))

KINDS = (
    ENDING, STILL_TRUE, ANSWERED, ACCEPTED, DECLINED, LAPSED, PASSED, MESSAGE, LOOKED_AT, THANKED, TIME, REMINDER,
    HOW_IT_WENT, DONE, CONFIRMED, CANCELLED, ASKED, RESTS, BACK,
)  # fmt: skip

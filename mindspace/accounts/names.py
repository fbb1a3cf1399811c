"""Random display names such as "Calm River 27", so that nobody starts out under their own name."""

import re
import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ADJECTIVES = (
    "Amber", "Bright", "Calm", "Clear", "Early", "Easy", "Fair", "Gentle", "Golden", "Green", "Kind", "Light",
    "Mellow", "Open", "Patient", "Plain", "Quiet", "Silver", "Slow", "Soft", "Steady", "Still", "Tender", "Warm",
)  # fmt: skip
NOUNS = (
    "Acorn", "Birch", "Brook", "Cedar", "Clover", "Creek", "Dove", "Fern", "Field", "Finch", "Harbor", "Heron",
    "Hill", "Lake", "Lantern", "Maple", "Meadow", "Oak", "Pine", "Pond", "River", "Sparrow", "Willow", "Wren",
)  # fmt: skip


def random_display_name() -> str:
    return f"{secrets.choice(ADJECTIVES)} {secrets.choice(NOUNS)} {secrets.randbelow(90) + 10}"


NON_JOINER, JOINER = "\u200c", "\u200d"  # which some scripts write names with
UNSEEN = ("Cc", "Cf", "Co", "Zl", "Zp")  # kinds of signs that hide, or turn round what stands behind them


def validate_public_name(name: str) -> None:
    """Everybody may read a name, so it holds no way to reach a person, and is seen as what it is."""
    hidden = name.replace(JOINER, "").replace(NON_JOINER, "")
    if any(unicodedata.category(sign) in UNSEEN for sign in hidden) or not any(_is_letter(sign) for sign in name):
        raise ValidationError(_("Write a name with letters that can be seen."))
    if "@" in name or len(re.findall(r"\d", name)) >= 6 or re.search(r"https?:|www\.", name, re.IGNORECASE):
        raise ValidationError(_("Leave out phone numbers and addresses: many people can read a name."))


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and "FILLER" not in unicodedata.name(sign, "")


def is_made_up(name: str) -> bool:
    """Whether it is one of ours, and says nothing of who somebody is."""
    adjective, noun, number = (*name.split(), "", "", "")[:3]
    return adjective in ADJECTIVES and noun in NOUNS and number.isdecimal()

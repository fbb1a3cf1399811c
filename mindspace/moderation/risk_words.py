"""Words a moderator should not miss, as patterns. Apps hand in theirs in AppConfig.ready.

What brings a text to the front of the queue stands out in it, too.
"""

import re
from collections.abc import Iterable
from functools import cache

from mindspace.search import CRISIS_WORDS

SCAM_WORDS = (
    r"gift ?cards?", r"wire (?:me|transfer)", r"western union", r"crypto\w*", r"bit ?coin\w*", r"cash ?app",
    r"venmo|zelle|pay ?pal", r"pass ?words?", r"social security number|ssn", r"whats ?app|telegram",
)  # fmt: skip
MINOR_WORDS = (r"minors?", r"under ?age\w*", r"(?:1[0-7]|[5-9])[ -]?(?:years?|yrs?)[ -]?old")

_handed_in: list[str] = []


def hand_in(words: Iterable[str]) -> None:
    _handed_in.extend(words)
    pattern.cache_clear()


@cache
def pattern() -> re.Pattern[str]:
    """Those handed in come first: they are longer than the single words, which they may begin with."""
    words = "|".join([*_handed_in, *CRISIS_WORDS, *SCAM_WORDS, *MINOR_WORDS])
    return re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)

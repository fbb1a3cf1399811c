"""Words a moderator should not miss, marked where they stand."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mindspace.search import CRISIS_WORDS

register = template.Library()

SCAM_WORDS = (
    r"gift ?cards?", r"wire (me|transfer)", r"western union", r"crypto\w*", r"bit ?coin\w*", r"cash ?app",
    r"venmo|zelle|pay ?pal", r"pass ?words?", r"social security number|ssn", r"whats ?app|telegram",
)  # fmt: skip
MINOR_WORDS = (r"minors?", r"under ?age\w*", r"(1[0-7]|[5-9])[ -]?(years?|yrs?)[ -]?old")
RISK = re.compile(rf"\b({'|'.join([*CRISIS_WORDS, *SCAM_WORDS, *MINOR_WORDS])})\b", re.IGNORECASE)


@register.filter(is_safe=True)
def risk_marked(text: object) -> SafeString:
    """The text, escaped, with each such word in <strong class="risk-word">."""
    said, at, pieces = str(text or ""), 0, []
    for found in RISK.finditer(said):
        pieces += [
            escape(said[at : found.start()]),
            f'<strong class="risk-word">{escape(found.group())}</strong>',
        ]
        at = found.end()
    return mark_safe("".join([*pieces, escape(said[at:])]))  # noqa: S308 - every piece is escaped

"""Words a moderator should not miss, marked where they stand."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mindspace.moderation import risk_words

register = template.Library()


@register.filter(is_safe=True)
def risk_marked(text: object) -> SafeString:
    """The text, escaped, with each such word in <strong class="risk-word">."""
    return marked(str(text or ""))


def marked(said: str, more: Iterable[tuple[int, int]] = ()) -> SafeString:
    """The same, with what stands in the spans `more` marked as well."""
    risks = (found.span() for found in risk_words.pattern().finditer(said.replace("’", "'")))  # of the same length
    at, pieces = 0, []
    for start, end in sorted([*risks, *more]):
        if end > at:
            start = max(start, at)  # two that lie over each other are one
            pieces += [escape(said[at:start]), f'<strong class="risk-word">{escape(said[start:end])}</strong>']
            at = end
    return mark_safe("".join([*pieces, escape(said[at:])]))  # noqa: S308 - every piece is escaped

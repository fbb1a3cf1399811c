"""Words a moderator should not miss, marked where they stand."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mindspace.moderation import risk_words

register = template.Library()


@register.filter(is_safe=True)
def risk_marked(text: object) -> SafeString:
    """The text, escaped, with each such word in <strong class="risk-word">."""
    said, at, pieces = str(text or ""), 0, []
    for found in risk_words.pattern().finditer(said.replace("’", "'")):  # of the same length
        pieces += [
            escape(said[at : found.start()]),
            f'<strong class="risk-word">{escape(said[found.start() : found.end()])}</strong>',
        ]
        at = found.end()
    return mark_safe("".join([*pieces, escape(said[at:])]))  # noqa: S308 - every piece is escaped

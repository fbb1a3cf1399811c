"""What the guard found, marked where it stands, for the moderators' queue."""

from django import template
from django.utils.safestring import SafeString

from mindspace.moderation.templatetags.risk import marked
from mutualaid import guard

register = template.Library()


@register.filter(is_safe=True)
def guard_marked(text: object) -> SafeString:
    """The text, escaped, with what belongs to a private place marked as words of risk are."""
    said = str(text or "")
    return marked(said, ((finding.start, finding.end) for finding in guard.found_in(said)))

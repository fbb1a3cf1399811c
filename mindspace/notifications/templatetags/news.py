"""How much news there is, for the head of every page."""

from django import template

from mindspace.accounts.models import User
from mindspace.notifications.models import Notification

register = template.Library()


@register.simple_tag
def unread_news(member: User) -> int:
    """One query, by the index of their rows. It is for pages that are kept for nobody else."""
    count: int = Notification.objects.of(member).unread().count()
    return count

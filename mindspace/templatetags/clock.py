"""Times of day as the house writes them, everywhere."""

from datetime import datetime

from django import template

from mindspace.site import hours

register = template.Library()


@register.filter(expects_localtime=True)
def moment(at: datetime | None, day: str = "") -> str:
    """`{{ at|moment }}` is "2.15 pm", `{{ at|moment:"M j" }}` is "Nov 26, 2.15 pm".

    By the site's clock; `{{ at|timezone:zone|moment }}` goes by another one.
    """
    return hours.moment(at, day) if at else ""

"""Small questions the templates ask about how a page should look."""

from zlib import crc32

from django import forms, template
from django.conf import settings
from django.template import Context

register = template.Library()

FOOT_SCENES = ("street", "porch", "windows", "trees")

# Width and height of each drawing in static/drawings/sprite.svg; the small scenes are all of one size.
SIZES = {
    "mark": (64, 64),
    "window": (24, 28),
    "window-dark": (24, 28),
    "circle": (900, 640),
    "facade": (560, 330),
    "porch": (360, 330),
    "door": (330, 330),
    "seat-1": (130, 262),
    "seat-2": (130, 262),
    "seat-3": (130, 262),
    "seat-4": (130, 262),
    "seat-free": (130, 262),
}
SMALL_SCENE = (200, 140)


@register.simple_tag(takes_context=True)
def foot_scene(context: Context) -> str:
    """Name the scene at the foot of this page: the same one each time for one kind of page, not the same on all.

    A page with no request or no view (an error page) gets the porch light.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return "porch"
    return FOOT_SCENES[crc32(match.view_name.encode()) % len(FOOT_SCENES)]


@register.simple_tag(takes_context=True)
def canonical_url(context: Context) -> str:
    """Return the public address of this page, without a query. Empty where there is no request."""
    request = context.get("request")
    return f"{settings.SITE_URL}{request.path}" if request else ""


@register.filter
def view_box(drawing: str) -> str:
    """Return the viewBox of a drawing of the sprite."""
    width, height = SIZES.get(drawing, SMALL_SCENE)
    return f"0 0 {width} {height}"


@register.filter
def unbroken(number: str) -> str:
    """Keep a phone number on one line: its spaces and hyphens become the kind that does not break."""
    return number.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")


@register.filter
def widget_kind(field: forms.BoundField) -> str:
    """Say which of our layouts a form field takes: checkbox, choices (several to tick) or line."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "line"

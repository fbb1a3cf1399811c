"""What every template may say about the site. All of it is lazy: a page that does not mention it costs no query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from mindspace.display import Display
from mindspace.site.models import HelpLine, SiteDetails


def details(request: HttpRequest) -> SiteDetails:
    """The site's details, read at most once per request."""
    if not hasattr(request, "_site_details"):
        request._site_details = SiteDetails.current()  # type: ignore[attr-defined]
    found: SiteDetails = request._site_details  # type: ignore[attr-defined]
    return found


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site": SimpleLazyObject(lambda: details(request)),
        "open_state": SimpleLazyObject(lambda: details(request).open_state(timezone.now())),
        "help_lines": HelpLine.objects.all(),
        "display": Display.of(request),
        "member": member(request),
    }


def member(request: HttpRequest) -> Any:
    """Who is signed in, or None. Without a session cookie neither session nor user is touched."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return None
    return request.user if request.user.is_authenticated else None

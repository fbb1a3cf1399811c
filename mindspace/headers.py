"""Headers that every answer carries, beside those of Django and django-csp, and compression for what is text."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Everything a page could ask the device for and this site never does.
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip


def permissions(**allowed: str) -> str:
    """A Permissions-Policy that forbids everything but what is `allowed`: `permissions(geolocation="(self)")`."""
    return ", ".join(f"{feature}={allowed.get(feature, '()')}" for feature in UNUSED)


HEADERS = {
    "Permissions-Policy": permissions(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PackTextMiddleware(GZipMiddleware):
    """Compress text that is not compressed yet: public pages come from their cache packed, pictures are by nature.

    Django adds random bytes to each answer, so that its length gives no form token away (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.get("Content-Type", "").startswith(("text/", "application/json", "application/xml"))
        return super().process_response(request, response) if is_text else response

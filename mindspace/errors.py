"""The pages for when something goes wrong. Each carries the crisis lines; those for 500 and 503 ask no database."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from mindspace.display import Display

# How long a browser or a crawler is asked to wait before it tries again.
RETRY_AFTER_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere. `reason` is for developers and stays out of the page."""
    return render(request, "403.html", {"form_too_old": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same words for what does not exist and for what this visitor may not see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while the exception is being handled: a database that cannot be reached is a short outage."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return _without_database("500.html", request, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = _without_database("503.html", request, status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _without_database(template: str, request: HttpRequest, status: int) -> HttpResponse:
    # No `request` for the template: it would run the context processors, and they ask the database.
    context: dict[str, Any] = {"display": Display.of(request)}
    return HttpResponse(render_to_string(template, context), status=status)

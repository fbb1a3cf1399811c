"""A limit on a view: `@limited("helpful", limit=20, per=timedelta(hours=1))`."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mindspace.limits.client import client_key
from mindspace.limits.models import Exceeded, hit

View = Callable[..., HttpResponse]


def too_often(request: HttpRequest, exceeded: Exceeded) -> HttpResponse:
    """Return the site's page 429, which says when to try again, with a Retry-After header, in seconds."""
    minutes = -(-exceeded.retry_after // 60)
    wait = {"minutes": minutes} if minutes < 100 else {"hours": -(-minutes // 60)}
    response = render(request, "429.html", wait, status=429)
    response["Retry-After"] = str(exceeded.retry_after)
    return response


def limited(
    name: str, *, limit: int, per: timedelta, key: Callable[[HttpRequest], str] = client_key
) -> Callable[[View], View]:
    """Let a visitor POST to the view `limit` times in a stretch of `per`, then answer 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST" and not (result := hit(name, key(request), limit=limit, per=per)):
                return too_often(request, result)
            return view(request, *args, **kwargs)

        return counted

    return decorate

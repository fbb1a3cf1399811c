"""Who may keep a page.

A public page is the same for everybody who is not signed in: its view touches no session, sets no cookie and holds no
POST form. Each process keeps its rendered and compressed answer for at most `pagestore.LIFETIME` seconds, counted from
before the rendering began, so that an edit shows within two seconds on every worker. Everything else is `no-store`.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils.translation import get_language_from_request

from mindspace.display import Display
from mindspace.pagestore import Page, Pages

View = Callable[..., HttpResponseBase]


def public(query: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Mark a view whose answer is the same for everybody not signed in.

    `query` names the parameters it reads. The view never sees another one, so it cannot put one into a page that
    others are given.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.META["QUERY_STRING"] = canonical_query(request.GET, query)
            request.GET = QueryDict(request.META["QUERY_STRING"])
            return view(request, *args, **kwargs)

        wrapped.public_query = query  # type: ignore[attr-defined]
        return wrapped

    return mark


def canonical_query(given: QueryDict, names: tuple[str, ...]) -> str:
    """Write the parameters in `names`, in that order, and leave out the rest."""
    kept = QueryDict(mutable=True)
    for name in names:
        if name in given:
            kept.setlist(name, given.getlist(name))
    return kept.urlencode()


class PageCacheMiddleware:
    """Answers from the store, fills it, and marks what may not be kept by anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages = Pages()
        self.public_query = lru_cache(maxsize=512)(public_query)
        # What a page is told apart by: see `key_of`.
        self.vary = "Cookie, Accept-Encoding" + (", Accept-Language" if len(settings.LANGUAGES) > 1 else "")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        names = self.public_query(request.path_info) if request.method in ("GET", "HEAD") else None
        if names is None or is_known(request):
            return private(self.get_response(request))
        key = key_of(request, names)
        page = self.pages.get(key)
        if page is None:
            with self.pages.turn(key) as page:
                if page is None:
                    made = monotonic()
                    response = self.get_response(request)
                    if not self.may_be_kept(response):
                        return private(response)
                    page = Page(response, made, self.vary)
                    self.pages.put(key, page)
        return page.answer(request)

    def may_be_kept(self, response: HttpResponse) -> bool:
        told_apart_by = {name.strip() for name in response.get("Vary", "").split(",")} - {""}
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not response.has_header("Cache-Control")
            and not response.has_header("Content-Encoding")
            and told_apart_by <= set(self.vary.split(", "))
        )


def public_query(path: str) -> tuple[str, ...] | None:
    """The parameters read by the public view at `path`; None when there is no public view."""
    try:
        view: Any = resolve(path).func
    except Http404:
        return None
    names: tuple[str, ...] | None = getattr(view, "public_query", None)
    return names


def is_known(request: HttpRequest) -> bool:
    """Whether a cookie could make this visitor's page differ from everybody's."""
    if "HTTP_COOKIE" not in request.META:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def key_of(request: HttpRequest, names: tuple[str, ...]) -> Hashable:
    return (
        request.META.get("HTTP_HOST", ""),
        request.is_secure(),
        request.META.get("SCRIPT_NAME", ""),
        request.path_info,
        canonical_query(request.GET, names) if names and request.META.get("QUERY_STRING") else "",
        Display.of(request).cookie() if "HTTP_COOKIE" in request.META else "",
        get_language_from_request(request) if len(settings.LANGUAGES) > 1 else "",
    )


def private(response: HttpResponse) -> HttpResponse:
    """Forbid everybody to keep `response`, unless its view has said how it may be kept."""
    if not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = "no-store"
    return response

"""For moderators: requests that wait longest."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mindspace.accounts import second_factor
from mutualaid.coordinating import longest, waiting_longest
from mutualaid.models.post_queries import MODERATE

View = Callable[..., HttpResponse]


def for_coordinators(view: View) -> View:
    """For staff who moderate the board, as its queue is; to others the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not (user.is_authenticated and user.is_staff and user.has_perm(MODERATE)):
            raise Http404
        if page := second_factor.missing(request):
            return redirect(page)
        return view(request, *args, **kwargs)

    return checked


@require_safe
@never_cache
@for_coordinators
def waiting_list(request: HttpRequest) -> HttpResponse:
    context = {"rows": waiting_longest(), "count": longest().count()}
    return render(request, "mutualaid/waiting_list.html", context)

"""For moderators: requests that wait longest."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mindspace.accounts.models import User
from mindspace.moderation.views import for_moderators
from mutualaid.coordinating import count_words, waiting_count, waiting_longest
from mutualaid.models.post_queries import MODERATE


@require_safe
@never_cache
@for_moderators
def waiting_list(request: HttpRequest) -> HttpResponse:
    """For those who moderate the board: others who may decide something have no business here."""
    if not cast(User, request.user).has_perm(MODERATE):
        raise Http404
    context = {"rows": waiting_longest(), "count": count_words(waiting_count())}
    return render(request, "mutualaid/waiting_list.html", context)

"""What authors do to a post of theirs."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mindspace.accounts import second_factor
from mindspace.accounts.models import User
from mindspace.once import OnceForm
from mutualaid import acting
from mutualaid.errors import NotNow, NotPossible
from mutualaid.models import Acted, Post
from mutualaid.rest import go_on
from mutualaid.writing_forms import EndForm


def own(request: HttpRequest, pk: UUID) -> Post:
    """Theirs, or of a member they help by phone. Raises Http404."""
    post: Post = get_object_or_404(acting.writable_by(request.user).select_related("author"), pk=pk)
    if not post.is_of(request.user) and second_factor.missing(request):
        raise Http404
    return post


# Where a post stands once it is done. The same form, sent once more after something else was done, does nothing.
STANDS: dict[str, tuple[Post.State, ...]] = {
    "pause": (Post.State.PAUSED,),
    "resume": (Post.State.OPEN,),
    "renew": Post.LIVE,
}


def act(request: HttpRequest, post: Post, verb: str, done: str) -> HttpResponse:
    """Do it, or say why not; the page of the post follows, or of the member it is done for."""
    form = OnceForm(request.POST)
    key = form.key if form.is_valid() else None
    try:
        acting.do(request.user, post, Acted.Did[verb.upper()], getattr(post, verb), key)
        if not Post.objects.filter(pk=post.pk, state__in=STANDS[verb]).exists():
            raise NotNow
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(acting.page_of(request.user, post))


@require_POST
@never_cache
@login_required
def post_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    return act(request, own(request, pk), "pause", _("It is paused. Nobody new can answer until you put it back."))


@require_POST
@never_cache
@login_required
def post_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    return act(request, own(request, pk), "resume", _("It is on the board again."))


@require_POST
@never_cache
@login_required
def post_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    return act(request, own(request, pk), "renew", _("Thank you. It stays on the board."))


@require_POST
@never_cache
@login_required
def offers_resume(request: HttpRequest) -> HttpResponse:
    """Put back what a rest had paused."""
    count = go_on(cast(User, request.user))
    said = ngettext("It is on the board again.", "They are on the board again.", count)
    messages.success(request, said if count else _("Nothing was paused."))
    return redirect("my")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def post_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    post = own(request, pk)
    if not post.can_be_closed_by(post.author):
        raise Http404
    form = EndForm(post, request.POST or None)
    if not form.is_valid():
        context: dict[str, Any] = {"post": post, "form": form, "page": acting.page_of(request.user, post)}
        return render(request, "mutualaid/close.html", context, status=400 if form.is_bound else 200)
    was_draft = post.state == Post.State.DRAFT
    try:
        acting.do(request.user, post, Acted.Did.CLOSE, partial(post.close, form.cleaned_data["closed_as"]))
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(acting.page_of(request.user, post))
    messages.success(request, _("Your draft is gone.") if was_draft else _("It is off the board."))
    is_gone = was_draft and post.is_of(request.user)
    return redirect("mutualaid:post_list") if is_gone else redirect(acting.page_of(request.user, post))

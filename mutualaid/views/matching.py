"""Suggestions: who may be able to help, asking one of them, and what somebody could help with."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mindspace.accounts import keeping_out, second_factor
from mindspace.accounts.models import User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mutualaid.errors import NotPossible
from mutualaid.matching import helpers_for, may_be_asked, posts_for
from mutualaid.models import Asked, Post


class AskForm(forms.Form):
    person = forms.UUIDField()


def beside(post: Post, user: Any, *, with_hours: bool = False) -> dict[str, Any]:
    """What the page of a post says to whoever may ask for help with it; the hours are for moderators, on theirs."""
    if not user.is_authenticated or not Asked.can_be_sent_by(user, post):
        return {}
    asked = post.asked.exclude(person__in=keeping_out.hidden()).select_related("person")
    return {"people": helpers_for(post, user), "asked": asked, "with_hours": with_hours}


@require_safe
@never_cache
@login_required
def could_help(request: HttpRequest) -> HttpResponse:
    return render(request, "mutualaid/could_help.html", {"rows": posts_for(request.user)})


@require_POST
@never_cache
@login_required
@limited("helper-ask", limit=20, per=timedelta(days=1), key=by_member)
def helper_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask one of those who fit; for anybody else the page does not exist. Moderators ask for others, on their pages."""
    user, form = cast(User, request.user), AskForm(request.POST)
    post = get_object_or_404(Post.objects.open().select_related("author"), pk=pk)
    if not Asked.can_be_sent_by(user, post) or not form.is_valid():
        raise Http404
    if not post.is_of(user) and (page := second_factor.missing(request)):
        return redirect(page)
    person = form.cleaned_data["person"]
    if not (post.asked.filter(person=person).exists() or may_be_asked(post, person)):
        raise Http404
    try:
        Asked.objects.ask(post, User.objects.get(pk=person), user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("They are asked. A no needs no reason, so please do not wait for one."))
    return redirect(post) if post.is_of(user) else redirect("mutualaid:post_look", pk)


@require_POST
@never_cache
@login_required
def asked_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Asked, person=cast(User, request.user), pk=pk).decline()
    messages.success(request, _("That is fine. Nobody asks you why."))
    return redirect("mutualaid:could_help")

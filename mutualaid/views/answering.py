"""Answers to a post: what two people say to each other, the yes or no, and how it went."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mindspace.accounts.models import ContactDetail, User
from mindspace.limits.decorators import limited
from mutualaid.answering_forms import AnswerForm, DetailForm, MessageForm
from mutualaid.errors import NotPossible
from mutualaid.models import Arrangement, Post, Response, Reveal
from mutualaid.views.writing import FORM, by_member, for_grown_ups


@require_http_methods(FORM)
@never_cache
@login_required
@for_grown_ups
@limited("post-answer", limit=30, per=timedelta(days=1), key=by_member)
def response_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = cast(User, request.user)
    post = get_object_or_404(Post.objects.on_the_board_for(user).select_related("author"), pk=pk)
    mine = Response.objects.live().filter(post=post, by=user).first()
    if mine is not None:
        return redirect(mine)
    if post.is_of(user):
        raise Http404
    form = AnswerForm(request.POST or None)
    if not form.is_valid():
        context = {"post": post, "form": form}
        return render(request, "mutualaid/answer.html", context, status=400 if form.is_bound else 200)
    try:
        response = Response.objects.send_in(form.key, post, user, form.cleaned_data["words"])
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(post)
    messages.success(request, _("Sent. They say yes or no; you hear of it here and by mail."))
    return redirect(response)


def seen(request: HttpRequest, pk: UUID) -> Response:
    rows = Response.objects.visible_to(request.user).select_related("post__author", "by")
    response: Response = get_object_or_404(rows, pk=pk)
    return response


@require_http_methods(FORM)
@never_cache
@login_required
@limited("post-message", limit=200, per=timedelta(days=1), key=by_member)
def response_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The conversation, and what one can do next."""
    response, user = seen(request, pk), cast(User, request.user)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        return act(request, response, partial(response.say, user, form.cleaned_data["words"], form.key), _("Sent."))
    return render(
        request, "mutualaid/conversation.html", page_of(response, user, form), status=400 if form.is_bound else 200
    )


def page_of(response: Response, user: User, form: MessageForm) -> dict[str, Any]:
    arrangement = Arrangement.objects.filter(response=response).first()
    if arrangement is not None:
        arrangement.response = response
    return {
        **contact_of(arrangement, user),
        "response": response,
        "post": response.post,
        "other": response.other_than(user),
        "lines": response.messages.select_related("by"),
        "form": form,
        "arrangement": arrangement,
        "can_decide": response.can_be_decided_by(user),
        "can_withdraw": response.can_be_withdrawn_by(user),
        "can_speak": response.can_be_spoken_in_by(user),
        "can_say_done": arrangement is not None and arrangement.can_be_done_by(user),
        "can_end": arrangement is not None and arrangement.can_be_ended_by(user),
    }


def contact_of(arrangement: Arrangement | None, user: User) -> dict[str, Any]:
    """What the other side shows, and one's own details with whether they are shown; nothing once it is over."""
    if arrangement is None or not arrangement.can_be_ended_by(user):
        return {}
    shown = set(Reveal.objects.filter(arrangement=arrangement).values_list("detail", flat=True))
    own = ContactDetail.objects.of(user).verified()
    theirs = [reveal.detail for reveal in Reveal.objects.to(user, arrangement)]
    return {"shown_to_me": theirs, "own_details": [(detail, detail.pk in shown) for detail in own]}


def act(request: HttpRequest, response: Response, verb: Callable[[], object], done: str) -> HttpResponse:
    """Do it, or say why not; the conversation follows."""
    try:
        verb()
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(response)


@require_POST
@never_cache
@login_required
def response_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    response = seen(request, pk)
    if not response.post.is_of(request.user):
        raise Http404
    return act(request, response, response.accept, _("You both said yes. Find a time together here."))


@require_POST
@never_cache
@login_required
def response_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    response = seen(request, pk)
    if not response.post.is_of(request.user):
        raise Http404
    return act(request, response, response.decline, _("They are told, kindly, that it is a no this time."))


@require_POST
@never_cache
@login_required
def response_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    response = seen(request, pk)
    if response.by_id != request.user.pk:
        raise Http404
    return act(request, response, response.withdraw, _("You stepped back. No reason needed."))


def arrangement_of(request: HttpRequest, pk: UUID) -> Arrangement:
    arrangement: Arrangement = get_object_or_404(Arrangement, response=seen(request, pk))
    return arrangement


@require_POST
@never_cache
@login_required
def arrangement_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement = arrangement_of(request, pk)
    return act(
        request, arrangement.response, partial(arrangement.say_done, request.user), _("Thank you for saying so.")
    )


@require_POST
@never_cache
@login_required
def arrangement_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement = arrangement_of(request, pk)
    said = _("It is called off, and the other side is told. No reason needed.")
    return act(request, arrangement.response, partial(arrangement.cancel, request.user), said)


@require_POST
@never_cache
@login_required
def arrangement_missed(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement = arrangement_of(request, pk)
    return act(request, arrangement.response, partial(arrangement.miss, request.user), _("Noted. Nobody is blamed."))


def own_detail(request: HttpRequest) -> ContactDetail:
    form = DetailForm(request.POST)
    if not form.is_valid():
        raise Http404
    details = ContactDetail.objects.of(request.user).verified()
    detail: ContactDetail = get_object_or_404(details, pk=form.cleaned_data["detail"])
    return detail


@require_POST
@never_cache
@login_required
def reveal_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement, detail = arrangement_of(request, pk), own_detail(request)
    said = _("They can see it now. You can take it back, and it closes when this is over.")
    return act(request, arrangement.response, partial(Reveal.objects.show, detail, arrangement), said)


@require_POST
@never_cache
@login_required
def reveal_hide(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement, detail = arrangement_of(request, pk), own_detail(request)
    shown = Reveal.objects.filter(arrangement=arrangement, detail=detail)
    return act(
        request, arrangement.response, shown.delete, _("It is hidden again. What they wrote down stays with them.")
    )

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
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mindspace.accounts.models import User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mindspace.notifications.models import Notification
from mutualaid import crisis
from mutualaid.answering_forms import AnswerForm, ChairForm, LineForm, MessageForm, ThanksForm
from mutualaid.between import between, leading_on
from mutualaid.errors import NotPossible
from mutualaid.models import Message, PassRequest, Post, Response
from mutualaid.shown import Shown
from mutualaid.views.board import is_full
from mutualaid.views.board import leading_on as to_others_like
from mutualaid.views.writing import FORM, for_grown_ups

SENT = gettext_lazy("Sent. They say yes or no; you hear of it here.")
SAID = gettext_lazy("Sent.")
HELD = gettext_lazy("Somebody here reads it first. You hear of it here, and can take it back until then.")


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
    if is_full(post, user):
        return full(request, post)
    pressed = ChairForm(request.GET)
    chair = pressed.cleaned_data["chair"] if pressed.is_valid() else ""
    form = AnswerForm(post, user, request.POST or None, initial={"chosen_at": chair})
    if not form.is_valid():
        context = {"post": post, "form": form, "help_first": crisis.sounds_like(form.data.get("words", ""))}
        context["in_return"] = Shown(post, user).in_return if post.banked else ""
        return render(request, "mutualaid/answer.html", context, status=400 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        response = Response.objects.send_in(form.key, post, user, said["words"], said.get("chosen_at"))
    except NotPossible as error:
        if is_full(Post.objects.select_related("author").get(pk=post.pk), user):  # a moment ago it was not
            return full(request, post)
        messages.error(request, str(error))
        return redirect(post)
    messages.success(request, SENT if not response.is_held else HELD)
    return redirect(response)


def full(request: HttpRequest, post: Post) -> HttpResponse:
    """There is no chair left; what somebody wrote is still before them."""
    context = {
        "post": post,
        "is_full": True,
        "words": request.POST.get("words", ""),
        **to_others_like(post, request.user),
    }
    return render(request, "mutualaid/full.html", context, status=409 if request.method == "POST" else 200)


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
        done = SAID if not form.found else HELD
        return act(request, response, partial(response.say, user, form.cleaned_data["words"], form.key), done)
    Notification.objects.of(user).filter(path=response.get_absolute_url()).mark_read()  # they have it before them
    return page_of(request, response, user, {"form": form})


def page_of(request: HttpRequest, response: Response, user: User, forms: dict[str, Any]) -> HttpResponse:
    """The page with the form that was sent, and the others empty."""
    is_wrong = any(form.is_bound for form in forms.values())
    context = {**between(response, user, forms), **leading_on(response, user)}
    return render(request, "mutualaid/conversation.html", context, status=400 if is_wrong else 200)


def act(
    request: HttpRequest, response: Response, verb: Callable[[], object], done: Any, stands: Any = None
) -> HttpResponse:
    """Do it, or say why not; the conversation follows. Where `stands` finds a row, another click has done it."""
    try:
        verb()
    except NotPossible as error:
        if stands is None or not stands.exists():
            messages.error(request, str(error))
            return redirect(response)
    messages.success(request, done)
    return redirect(response)


def standing(response: Response, state: str) -> Any:
    return Response.objects.filter(pk=response.pk, state=state)


@require_POST
@never_cache
@login_required
def response_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    response = seen(request, pk)
    if not response.post.is_of(request.user):
        raise Http404
    has_time = response.meets_at is not None
    said = _("You both said yes. The time stands.") if has_time else _("You both said yes. Find a time together here.")
    return act(request, response, response.accept, said, standing(response, "accepted"))


@require_POST
@never_cache
@login_required
def response_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    response = seen(request, pk)
    if not response.post.is_of(request.user):
        raise Http404
    said = _("They are told, kindly, that it is a no this time.")
    return act(request, response, response.decline, said, standing(response, "declined"))


@require_POST
@never_cache
@login_required
def response_pass(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a moderator to stand in for the word of others, for this one answer."""
    response = seen(request, pk)
    said = _("Thank you. A moderator looks at it, and you both hear of it here.")
    return act(request, response, partial(PassRequest.objects.ask, response, cast(User, request.user)), said)


@require_POST
@never_cache
@login_required
@limited("post-message", limit=200, per=timedelta(days=1), key=by_member)
def response_thank(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A card, once, when it went well."""
    response, user = seen(request, pk), cast(User, request.user)
    form = ThanksForm(request.POST)
    if not form.is_valid():
        return page_of(request, response, user, {"thanks_form": form})
    said = form.cleaned_data
    verb = partial(response.say, user, said["words"], form.key, said["card"])
    return act(request, response, verb, _("Your card is on its way.") if not form.found else HELD)


@require_POST
@never_cache
@login_required
def message_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A line that still waits for a look."""
    response, form = seen(request, pk), LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    line: Message = get_object_or_404(Message, pk=form.cleaned_data["line"], response=response, by=request.user)
    line.response = response
    return act(
        request, response, partial(line.take_back, cast(User, request.user)), _("It is gone. You can write it anew.")
    )


@require_POST
@never_cache
@login_required
def response_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    response = seen(request, pk)
    if response.by_id != request.user.pk:
        raise Http404
    said = _("You stepped back. No reason needed.")
    return act(request, response, response.withdraw, said, standing(response, "withdrawn"))

"""A moderator posts and answers for a member helped by phone. Everybody whom it concerns reads that they do."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mindspace.accounts import second_factor
from mindspace.accounts.models import PhoneMember, User
from mindspace.accounts.profile_forms import AgeForm
from mindspace.notifications.models import Notification
from mindspace.once import OnceForm, once
from mutualaid import acting, hearing, in_return
from mutualaid.between import arrangement_of, between
from mutualaid.by_phone_forms import ActForForm, AnswerForForm, ToldForm
from mutualaid.errors import NotPossible
from mutualaid.models import Acted, Post, Response
from mutualaid.models.post_queries import MODERATE
from mutualaid.models.post_rights import RENEWABLE_FOR
from mutualaid.my import answers
from mutualaid.shown import Shown
from mutualaid.speaking_for import verbs_of
from mutualaid.views.writing import FORM, step_page
from mutualaid.writing_forms import NewForm

MOST = 20
View = Callable[..., HttpResponse]


def for_the_member(view: View) -> View:
    """For moderators who may act for this member; to others the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, member: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(PhoneMember.objects.helped_by(request.user), pk=member)
        if page := second_factor.missing(request):
            return redirect(page)
        return view(request, found, *args, **kwargs)

    return checked


@require_safe
@never_cache
@for_the_member
def member_show(request: HttpRequest, member: PhoneMember) -> HttpResponse:
    """What they have to hear first, then what waits for a word of theirs, and what they have on the board."""
    user = member.user
    seen = set(hearing.conversations(member, request.user).values_list("pk", flat=True))
    context = {"member_": member, "news": hearing.to_hear(member, request.user), "record": hearing.record(member)}
    context["answers"] = [row for row in (answers(user) or {}).get("rows", []) if row[0].pk in seen]
    context["posts"] = [Shown(post, user) for post in posts_of(user)]
    context |= {"press": OnceForm(auto_id=False), "can_look": request.user.has_perm(MODERATE)}
    context["hours"] = in_return.said(user)
    return render(request, "mutualaid/by_phone/member.html", context)


def posts_of(user: User) -> Any:
    """Those that something can be done to still."""
    over = Q(state=Post.State.CLOSED)
    back = Q(closed_as__in=Post.COMES_BACK, closed_at__gt=timezone.now() - RENEWABLE_FOR, redacted_at=None)
    rows = Post.objects.of(user).filter(~over | back).select_related("author")
    return rows.prefetch_related("seats__response__by", "helds")[:MOST]


@require_POST
@never_cache
@for_the_member
def news_told(request: HttpRequest, member: PhoneMember) -> HttpResponse:
    """They have heard it."""
    form = ToldForm(member, request.POST)
    if not form.is_valid():
        raise Http404
    told, answer = form.cleaned_data["told"], form.cleaned_data["answer"]
    Notification.objects.filter(pk__in=told).tell(cast(User, request.user))
    messages.success(request, _("Noted: %(name)s has heard it.") % {"name": member.user.display_name})
    if answer and hearing.conversations(member, request.user).filter(pk=answer).exists():
        return redirect("mutualaid:phone_response_show", member.pk, answer)
    return redirect("mutualaid:phone_member_show", member.pk)


def not_yet(request: HttpRequest, member: PhoneMember) -> HttpResponse:
    """Why nothing can be written for them, and what to ask them where it is their age."""
    context = {"member_": member, "asks_age": not member.user.is_adult}
    return render(request, "mutualaid/by_phone/not_yet.html", context, status=403)


@require_POST
@never_cache
@for_the_member
def age_state(request: HttpRequest, member: PhoneMember) -> HttpResponse:
    """They say on the phone that they are grown up."""
    if AgeForm(request.POST).is_valid() and PhoneMember.objects.hear_age(cast(User, request.user), member.pk):
        messages.success(request, _("Noted. You can write for %(name)s now.") % {"name": member.user.display_name})
    return redirect("mutualaid:phone_member_show", member.pk)


@require_http_methods(FORM)
@never_cache
@for_the_member
def post_new(request: HttpRequest, member: PhoneMember) -> HttpResponse:
    """The first step; the others are those of every post."""
    if not Post.can_be_written_by(member.user):
        return not_yet(request, member)
    form = NewForm(request.POST or None)
    if not form.is_valid():
        return step_page(request, None, "what", form, acting_for=member.user)

    def make() -> Post:
        with transaction.atomic():
            if PhoneMember.objects.turn(request.user, member.pk) is None:  # they took it back a moment ago
                raise Http404
            made: Post = Post.objects.create(
                author=member.user, written_by=cast(User, request.user), key=form.key_of(member.user), **form.said
            )
        return made

    post = once(Post.objects.of(member.user), form.key_of(member.user), make)
    return redirect("mutualaid:post_edit", post.pk, "when")


@require_http_methods(FORM)
@never_cache
@for_the_member
def response_new(request: HttpRequest, member: PhoneMember, pk: UUID) -> HttpResponse:
    post = get_object_or_404(Post.objects.on_the_board_for(member.user).select_related("author"), pk=pk)
    if post.is_of(member.user) or acting.is_on_its_side(request.user, post):  # nobody speaks for both sides
        raise Http404
    if not Post.can_be_written_by(member.user):
        return not_yet(request, member)
    form = AnswerForForm(post, member.user, request.POST or None)
    context = {"member_": member, "post": post, "form": form}
    context["in_return"] = Shown(post, member.user).in_return if post.banked else ""
    if not form.is_valid():
        return render(request, "mutualaid/by_phone/answer.html", context, status=400 if form.is_bound else 200)
    key, said = form.key_of(member.user), form.cleaned_data
    send = partial(Response.objects.send_in, form.key, post, member.user, said["words"], said.get("chosen_at"))
    try:
        acted = Acted.objects.write(member.pk, request.user, Acted.Did.ANSWER, send, key)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("mutualaid:post_look", post.pk)
    messages.success(request, _("Sent, for %(name)s.") % {"name": member.user.display_name})
    return redirect("mutualaid:phone_response_show", member.pk, acted.response_id)


@require_http_methods(FORM)
@never_cache
@for_the_member
def response_show(request: HttpRequest, member: PhoneMember, pk: UUID) -> HttpResponse:
    """The conversation, and what they want done next."""
    response: Response = get_object_or_404(hearing.conversations(member, request.user), pk=pk)
    arrangement = arrangement_of(response)
    verbs = verbs_of(response, arrangement, member.user)
    form = ActForForm(list(verbs), response.post.zone, arrangement, request.POST or None)
    is_right, did = form.is_valid(), form["do"].data or ""
    is_done = form.is_bound and Acted.objects.is_done(member.pk, request.user, did, form.key_of(member.user), response)
    if not is_right and not is_done:
        context = between(response, member.user, {"form": form})
        context |= {"member_": member, "acted": response.acted.filter(member=member).select_related("by"), "can": verbs}
        context["news"] = hearing.to_hear(member, request.user, response.get_absolute_url())
        context["can_look"] = request.user.has_perm(MODERATE)
        return render(request, "mutualaid/by_phone/response.html", context, status=400 if form.is_bound else 200)
    try:
        if not is_done:
            verb = partial(verbs[did], form)
            Acted.objects.write(member.pk, request.user, did, verb, form.key_of(member.user), response)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done, for %(name)s.") % {"name": member.user.display_name})
    return redirect("mutualaid:phone_response_show", member.pk, response.pk)

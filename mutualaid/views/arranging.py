"""What two people agreed on: finding a time, how it went, and how to reach each other meanwhile."""

from datetime import timedelta
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mindspace.accounts.models import ContactDetail, User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mutualaid.answering_forms import AgreeForm, CallOffForm, DetailForm, MissedForm, TimeForm
from mutualaid.arrangement_calendar import file_of
from mutualaid.models import Arrangement, Reveal
from mutualaid.views.answering import act, page_of, seen


def arrangement_of(request: HttpRequest, pk: UUID) -> Arrangement:
    arrangement: Arrangement = get_object_or_404(Arrangement, response=seen(request, pk))
    return arrangement


def standing(arrangement: Arrangement, state: str, **more: Any) -> Any:
    return Arrangement.objects.filter(pk=arrangement.pk, state=state, **more)


@require_POST
@never_cache
@login_required
def arrangement_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement = arrangement_of(request, pk)
    verb, said = partial(arrangement.say_done, request.user), _("Thank you for saying so.")
    return act(request, arrangement.response, verb, said, standing(arrangement, "confirmed"))


@require_POST
@never_cache
@login_required
def arrangement_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement, form = arrangement_of(request, pk), CallOffForm(request.POST)
    if not form.is_valid():
        return page_of(request, arrangement.response, cast(User, request.user), {"cancel_form": form})
    said = _("It is called off, and the other side is told. No reason needed.")
    verb = partial(arrangement.cancel, request.user, form.cleaned_data["words"])
    return act(request, arrangement.response, verb, said, standing(arrangement, "cancelled"))


@require_POST
@never_cache
@login_required
def arrangement_missed(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement, form = arrangement_of(request, pk), MissedForm(request.POST)
    if not form.is_valid():
        return page_of(request, arrangement.response, cast(User, request.user), {"missed_form": form})
    verb, said = partial(arrangement.miss, request.user, form.cleaned_data["words"]), _("Noted. Nobody is blamed.")
    return act(request, arrangement.response, verb, said, standing(arrangement, "missed"))


@require_POST
@never_cache
@login_required
def arrangement_dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement = arrangement_of(request, pk)
    said = _("Noted. You can write to each other about it, or tell us.")
    verb = partial(arrangement.dispute, request.user)
    return act(request, arrangement.response, verb, said, standing(arrangement, "disputed"))


@require_POST
@never_cache
@login_required
@limited("post-time", limit=60, per=timedelta(days=1), key=by_member)
def time_suggest(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement = arrangement_of(request, pk)
    form = TimeForm(arrangement.response.post.zone, request.POST)
    if not form.is_valid():
        return page_of(request, arrangement.response, cast(User, request.user), {"time_form": form})
    said = form.cleaned_data
    verb = partial(arrangement.suggest, request.user, said["starts_at"], said["minutes"])
    return act(request, arrangement.response, verb, _("Suggested. It stands once they say yes."))


@require_POST
@never_cache
@login_required
def time_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement, form = arrangement_of(request, pk), AgreeForm(request.POST)
    if not form.is_valid():
        raise Http404
    at, said = form.cleaned_data["suggested_at"], _("It stands. You can put it into your calendar.")
    verb = partial(arrangement.agree, request.user, at)
    return act(request, arrangement.response, verb, said, standing(arrangement, "agreed", starts_at=at))


@require_POST
@never_cache
@login_required
@limited("post-time", limit=60, per=timedelta(days=1), key=by_member)
def time_keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No to what is suggested: what stood before stands."""
    arrangement = arrangement_of(request, pk)
    verb, said = partial(arrangement.keep, request.user), _("It stays as it was.")
    as_it_was = standing(arrangement, "agreed", starts_at=arrangement.starts_at, suggested_at=None)
    return act(request, arrangement.response, verb, said, as_it_was)


@require_safe
@never_cache
@login_required
def arrangement_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    arrangement = arrangement_of(request, pk)
    if arrangement.starts_at is None or arrangement.state not in Arrangement.GOING_ON:
        raise Http404
    response = HttpResponse(file_of(arrangement), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


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

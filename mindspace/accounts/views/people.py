"""Another member, as members see them: who they are here, a word for them, and keeping apart."""

import contextlib
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mindspace.accounts import giving, keeping_out
from mindspace.accounts.models import Block, CannotVouch, PhoneMember, Profile, User, Vouch
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited

FORM = ["GET", "HEAD", "POST"]


def seen_by(request: HttpRequest, pk: UUID) -> User:
    """The member of that id, unless they or the one who asks keep apart, or they may not take part. Raises Http404."""
    shown = Q(pk=request.user.pk) | ~Q(pk__in=keeping_out.hidden())
    return get_object_or_404(User.objects.not_blocked_with(request.user).filter(shown), pk=pk, is_active=True)


@require_safe
@never_cache
@login_required
def person_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    me, person = cast(User, request.user), seen_by(request, pk)
    profile = Profile.objects.filter(user=person).first() or Profile(user=person)
    context: dict[str, Any] = {
        "person": person,
        "profile": profile,
        "is_me": person == me,
        "is_vouched": person.is_vouched,
        "by_phone": PhoneMember.objects.filter(user=person, ended_at=None).exists(),
        "languages": giving.words_for(profile.languages, giving.languages()),
        "gives": giving.words_for(profile.can_give, giving.kinds()),
        "can_vouch": me.can_vouch_for(person),
        "has_vouched": Vouch.objects.filter(voucher=me, vouched=person).exists(),
    }
    return render(request, "accounts/person.html", context)


@require_POST
@login_required
@limited("vouch", limit=20, per=timedelta(days=1), key=by_member)
def vouch_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = seen_by(request, pk)
    try:
        Vouch.objects.give(cast(User, request.user), person)
    except CannotVouch:
        raise Http404 from None
    messages.success(request, _("Thank you. You vouched for %(name)s.") % {"name": person.display_name})
    return redirect("accounts:person_show", pk)


@require_POST
@login_required
def vouch_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They are not told."""
    Vouch.objects.take_back(cast(User, request.user), seen_by(request, pk))
    messages.success(request, _("You have taken it back. They are not told."))
    return redirect("accounts:person_show", pk)


@require_http_methods(FORM)
@never_cache
@login_required
def block_put(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it does, and the button that does it."""
    me = cast(User, request.user)
    others = User.objects.filter(is_active=True).exclude(pk=me.pk).exclude(pk__in=Block.objects.hides_from(me))
    person = get_object_or_404(others, pk=pk)  # whoever has blocked them a moment ago is answered the same
    if request.method != "POST":
        return render(request, "accounts/block.html", {"person": person})
    with contextlib.suppress(User.DoesNotExist):  # they left this moment, which is as far as it goes
        Block.objects.put(me, person)
    messages.success(request, _("Done. You do not see each other here any more. They are not told."))
    return redirect("accounts:safety_show")

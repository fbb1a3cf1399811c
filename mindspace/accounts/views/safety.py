"""Where a member is signed in, whom they keep away, and the ways out."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mindspace.accounts.models import Block, SignIn, User


@require_safe
@never_cache
@login_required
def safety_show(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    blocks = Block.objects.filter(blocker=user).select_related("blocked")
    here = request.session.session_key
    sign_ins = [(row, row.session_id == here) for row in SignIn.objects.of(user)]
    return render(request, "accounts/safety.html", {"blocks": blocks, "sign_ins": sign_ins})


@require_POST
@login_required
def session_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign out on one device; here, there is the button for it on every page."""
    sign_in = get_object_or_404(SignIn, user=cast(User, request.user), pk=pk)
    if sign_in.session_id == request.session.session_key:
        raise Http404
    sign_in.end()
    messages.success(request, _("You are signed out there."))
    return redirect("accounts:safety_show")


@require_POST
@login_required
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user = cast(User, request.user)
    user.end_sessions()
    update_session_auth_hash(request, user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:safety_show")


@require_POST
@login_required
def block_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Block, blocker=cast(User, request.user), pk=pk).delete()
    messages.success(request, _("You can see each other again."))
    return redirect("accounts:safety_show")

"""Invitations: made by whoever facilitates, opened by whoever was given one."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from groups.circles.errors import CannotBeUsed, CircleError, CircleFull
from groups.circles.forms import InviteForm
from groups.circles.models import Circle, Invitation
from groups.circles.views.circles import FORM, for_facilitators, not_yet
from mindspace.accounts.models import User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited


@require_POST
@limited("circle-invite", limit=30, per=timedelta(days=1), key=by_member)
@for_facilitators
def invitation_make(request: HttpRequest, circle: Circle) -> HttpResponse:
    """The link is on this page only: nobody can show it a second time."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return redirect(circle)
    try:
        link = Invitation.objects.make(circle, cast(User, request.user), form.key)
    except CircleError as error:
        messages.error(request, str(error))
        return redirect(circle)
    return render(request, "circles/invited.html", {"circle": circle, "link": link})


@require_POST
@for_facilitators
def invitation_end(request: HttpRequest, circle: Circle, invitation: UUID) -> HttpResponse:
    get_object_or_404(circle.invitations, pk=invitation).end()
    messages.success(request, _("That link opens nothing any more."))
    return redirect(circle)


@require_http_methods(FORM)
@never_cache
@login_required
@limited("circle-join", limit=30, per=timedelta(hours=1), key=by_member)
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """What one would join, and a button. Looking at it changes nothing."""
    user = cast(User, request.user)
    invitation = Invitation.objects.open().with_token(token).select_related("circle", "made_by").first()
    if invitation is None or invitation.circle.is_kept_from(user):
        return over(request, CannotBeUsed())
    if invitation.circle.memberships.filter(user=user).exists():
        return redirect(invitation.circle)
    if not invitation.stands:
        return over(request, CannotBeUsed())
    if not Circle.can_be_started_by(user):
        return not_yet(request)
    if request.method != "POST":
        return render(request, "circles/invitation.html", {"circle": invitation.circle})
    try:
        circle = invitation.accept(user)
    except (CannotBeUsed, CircleFull) as error:
        return over(request, error)
    messages.success(request, _("Welcome. This chair is yours."))
    return redirect(circle)


def over(request: HttpRequest, error: CircleError) -> HttpResponse:
    """The same page whether the link is old, used, taken back, unknown, or not for this person."""
    return render(request, "circles/over.html", {"why": str(error)}, status=404)

"""The circles somebody is in, one of them, and starting another."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.circles import around
from groups.circles.forms import CircleForm, InviteForm, NewCircleForm
from groups.circles.models import Circle
from mindspace.accounts.models import User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mindspace.once import once
from mindspace.pagecache import public
from mindspace.site.context import member

FORM = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Hand the view the circle; to whoever is not in it, the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, get_object_or_404(Circle.objects.visible_to(request.user), pk=pk), *args, **kwargs)

    return never_cache(login_required(checked))


def for_facilitators(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, circle: Circle, *args: Any, **kwargs: Any) -> HttpResponse:
        if not circle.can_be_looked_after_by(request.user):
            raise Http404
        return view(request, circle, *args, **kwargs)

    return for_members(checked)


def not_yet(request: HttpRequest) -> HttpResponse:
    """For whoever has not said that they are 18, or may not write just now."""
    return render(request, "circles/not_yet.html", status=403)


@require_safe
@public()
def circle_list(request: HttpRequest) -> HttpResponse:
    """What a circle is, for everybody; and one's own, for members."""
    user = member(request)  # a visitor's page touches no session
    rows = Circle.objects.with_people(user) if user else []
    return render(request, "circles/list.html", {"rows": rows})


@require_http_methods(FORM)
@never_cache
@login_required
@limited("circle-new", limit=20, per=timedelta(days=1), key=by_member)
def circle_new(request: HttpRequest) -> HttpResponse:
    if not Circle.can_be_started_by(request.user):
        return not_yet(request)
    form = NewCircleForm(request.POST or None)
    if not form.is_valid():
        return render(request, "circles/form.html", {"form": form}, status=400 if form.is_bound else 200)
    by = cast(User, request.user)
    key = form.key_of(by)
    circle = once(Circle.objects.visible_to(by), key, lambda: Circle.objects.start(by, key=key, **form.said))
    return redirect(circle)


@require_safe
@for_members
def circle_detail(request: HttpRequest, circle: Circle) -> HttpResponse:
    members = list(circle.members_for(request.user))
    looks_after = circle.can_be_looked_after_by(request.user)
    context = {
        "circle": circle,
        "members": members,
        "others": [each for each in members if each.user != request.user],
        "looks_after": looks_after,
        "has_room": circle.has_room,
        "invitations": circle.invitations.open() if looks_after else [],
        "invite_form": InviteForm(),
        "parts": around.parts(circle, request.user, request),
    }
    return render(request, "circles/circle.html", context)


@require_http_methods(FORM)
@for_facilitators
def circle_edit(request: HttpRequest, circle: Circle) -> HttpResponse:
    form = CircleForm(request.POST or None, initial=CircleForm.initial_of(circle))
    if not form.is_valid():
        context = {"form": form, "circle": circle}
        return render(request, "circles/form.html", context, status=400 if form.is_bound else 200)
    circle.change(**form.cleaned_data)
    messages.success(request, _("It is changed. All members read it this way now."))
    return redirect(circle)

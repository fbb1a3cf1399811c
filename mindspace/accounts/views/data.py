"""Taking all of one's data out, and leaving for good."""

from datetime import timedelta
from typing import cast

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mindspace.accounts import leaving, readable, still_you
from mindspace.accounts.contact_forms import CodeForm
from mindspace.accounts.leaving_forms import LeavingForm, NextForm
from mindspace.accounts.models import User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mindspace.pagecache import public

FORM = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@still_you.still_you
def data_show(request: HttpRequest) -> HttpResponse:
    lines = readable.lines(leaving.everything(cast(User, request.user)))
    return render(request, "accounts/data.html", {"lines": lines})


@require_safe
@never_cache
@still_you.still_you
def data_take(request: HttpRequest) -> HttpResponse:
    """Everything as one JSON file, under a name that tells nothing."""
    answer = JsonResponse(leaving.everything(cast(User, request.user)), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_http_methods(FORM)
@never_cache
@still_you.still_you
def account_delete(request: HttpRequest) -> HttpResponse:
    """At once, with what becomes of their posts."""
    form = LeavingForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/delete.html", {"form": form}, status=400 if form.is_bound else 200)
    leaving.leave(cast(User, request.user), keep_posts=form.keep_posts)
    logout(request)
    return redirect("accounts:account_deleted")


@require_safe
@public()
def account_deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/deleted.html")


@require_http_methods(FORM)
@never_cache
@login_required
@limited("still-you", limit=20, per=timedelta(hours=1), key=by_member)
def still_you_code(request: HttpRequest) -> HttpResponse:
    """For those who sign in by mail alone: a code, before something delicate."""
    user = cast(User, request.user)
    where = NextForm(request.POST or request.GET)
    then = (where.cleaned_data["next"] if where.is_valid() else "") or "/"
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        still_you.mail_code(request, user)
    elif form.is_valid():
        if still_you.take(request, user, form.cleaned_data["code"]):
            return redirect(then)
        form.add_error("code", _("That code is not right, or it has run out. You can ask for a new one."))
    context = {"form": form, "then": then, "mailed": still_you.was_mailed(request)}
    return render(request, "accounts/still_you.html", context, status=400 if form.errors else 200)

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mindspace.accounts.models import User
from mindspace.notifications import kinds, telling
from mindspace.notifications.forms import PreferenceForm, ReadForm
from mindspace.notifications.models import Notification

SHOWN = 100


@require_safe
@login_required
def notification_list(request: HttpRequest) -> HttpResponse:
    """What this member was told in the last 90 days; the newest hundred are plenty for one page."""
    rows = list(Notification.objects.of(cast(User, request.user))[:SHOWN])
    context = {"rows": rows, "unread": sum(row.read_at is None for row in rows)}
    return render(request, "notifications/list.html", context)


@require_POST
@login_required
def notification_read(request: HttpRequest) -> HttpResponse:
    """Mark one as read and go where it leads, or mark all."""
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise Http404
    rows = Notification.objects.of(cast(User, request.user))
    one = rows.filter(pk=form.cleaned_data["one"]).first() if form.cleaned_data["one"] else None
    if form.cleaned_data["one"] and one is None:
        raise Http404
    (rows.filter(pk=one.pk) if one else rows).mark_read()
    return redirect((one.path if one else "") or "notifications:notification_list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preference_edit(request: HttpRequest) -> HttpResponse:
    form = PreferenceForm(cast(User, request.user), request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("Saved. Mail comes the way you chose."))
        return redirect("notifications:preference_edit")
    return render(request, "notifications/preferences.html", {"form": form}, status=400 if form.is_bound else 200)


@csrf_exempt  # a mail program presses the button by itself, with no cookie of ours (RFC 8058); the token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the mail of a kind, signed in or not. Opening the page ends nothing: scanners of mail follow links."""
    found = telling.stopped_by(token)
    if found is None:
        raise Http404
    user, name = found
    if request.method == "POST":
        telling.stop(user, name)
    context = {"kind": kinds.find(name), "stopped": request.method == "POST"}
    return render(request, "notifications/stop.html", context)

"""A conversation that one of two reported: saying so, and a moderator who reads it, with a reason that is kept."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mindspace.accounts.models import User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mindspace.moderation.errors import NotDecided
from mindspace.moderation.forms import MemberReportForm, ThreadLookForm
from mindspace.moderation.models import ThreadLook
from mindspace.moderation.views import for_moderators
from mutualaid.models import Response, ResponseReport
from mutualaid.models.post_queries import MODERATE

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@never_cache
@login_required
@limited("thread-report", limit=20, per=timedelta(hours=1), key=by_member)
def thread_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the two whose conversation it is."""
    rows = Response.objects.visible_to(request.user).select_related("post__author", "by")
    response, user = get_object_or_404(rows, pk=pk), cast(User, request.user)
    form = MemberReportForm(request.POST or None)
    if not form.is_valid():
        context = {"response": response, "other_name": response.name_of_other(user), "form": form}
        return render(request, "mutualaid/thread_report.html", context, status=400 if form.is_bound else 200)
    ResponseReport.objects.send_in(form.key, response, form.said["reason"], form.said["note"], user)
    return render(request, "mutualaid/reported.html", {"reason": form.said["reason"], "response": response})


@require_http_methods(FORM)
@never_cache
@for_moderators
def thread_look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """That thread only, only while the report waits, and only once this moderator has said why."""
    user = cast(User, request.user)
    report = get_object_or_404(ResponseReport.objects.waiting().select_related("target__post"), pk=pk)
    may = user.has_perms([MODERATE, "moderation.add_threadlook"]) and report.can_be_decided_by(user)
    if not may:
        raise Http404
    if ThreadLook.objects.allows(report, report.target_id, user):
        context = {"report": report, "lines": report.target.messages.select_related("by")}
        return render(request, "mutualaid/thread.html", context)
    form = ThreadLookForm(request.POST or None)
    if not form.is_valid():
        context = {"report": report, "form": form}
        return render(request, "mutualaid/thread_look.html", context, status=400 if form.is_bound else 200)
    try:
        ThreadLook.objects.open(report, report.target_id, user, form.cleaned_data["reason"])
    except NotDecided as error:
        messages.error(request, str(error))
        return redirect("moderation:queue_next")
    return redirect("mutualaid:thread_look", pk)

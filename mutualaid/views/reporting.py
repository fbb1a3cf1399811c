"""Saying that something is wrong: two taps, and no account for what is public; and asking to look again."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mindspace.accounts.models import User
from mindspace.limits.client import by_member, by_visitor
from mindspace.limits.decorators import limited
from mindspace.moderation.forms import AppealForm
from mindspace.moderation.models import Appeal
from mutualaid import removal
from mutualaid.models import Post, PostReport
from mutualaid.report_form import ReportForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("post-report", limit=20, per=timedelta(hours=1), key=by_visitor)
def post_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    if post.is_of(request.user):
        raise Http404
    form = ReportForm(request.POST or None)
    if not form.is_valid():
        context = {"post": post, "form": form}
        return render(request, "mutualaid/report.html", context, status=400 if form.is_bound else 200)
    PostReport.objects.send_in(form.key, post, form.cleaned_data["reason"], form.cleaned_data["note"], request.user)
    return render(request, "mutualaid/reported.html", {"reason": form.cleaned_data["reason"]})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@limited("appeal", limit=10, per=timedelta(days=1), key=by_member)
def post_appeal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its author asks once that somebody else looks again at what was taken down."""
    post = get_object_or_404(Post.objects.of(request.user), pk=pk)
    decision = removal.decision_on(post)
    if decision is None:
        raise Http404
    if removal.appeal_of(decision):
        return redirect(post)
    form = AppealForm(request.POST or None)
    if not form.is_valid():
        context = {"post": post, "form": form}
        return render(request, "mutualaid/appeal.html", context, status=400 if form.is_bound else 200)
    Appeal.objects.send_in(form.key, decision, cast(User, request.user), form.said["words"])
    messages.success(request, _("Thank you. Another moderator looks at it."))
    return redirect(post)

"""Saying that something is wrong with a post: two taps, and no account for what is public."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mindspace.limits.decorators import limited
from mutualaid.models import Post, PostReport
from mutualaid.report_form import ReportForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("post-report", limit=20, per=timedelta(hours=1))
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

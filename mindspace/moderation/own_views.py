"""What a member sees of moderation: how they stand, asking once to look again, and reporting a person."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mindspace.accounts.models import Block, User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mindspace.moderation import notes, standing
from mindspace.moderation.forms import AppealForm, MemberReportForm
from mindspace.moderation.models import Appeal, PersonReport, Sanction
from mindspace.moderation.models.sanction import may_take_part


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@limited("appeal", limit=10, per=timedelta(days=1), key=by_member)
def standing_show(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    sanction = Sanction.objects.now(user)
    appeal = standing.appeal_of(sanction) if sanction else None
    decision = standing.decision_on(sanction) if sanction else None
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if decision is None:
            raise Http404
        appeal or Appeal.objects.send_in(form.key, decision, user, form.said["words"])
        messages.success(request, _("Thank you. Another moderator looks at it."))
        return redirect("standing:standing_show")
    context: dict[str, Any] = {"sanction": sanction, "appeal": appeal, "form": form, "can_ask": decision is not None}
    context["notes"] = notes.read_at(request.path, user)
    return render(request, "moderation/standing.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@limited("person-report", limit=10, per=timedelta(days=1), key=by_member)
def person_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Something is wrong with how a member is with others. They are not told who says so.

    Whoever keeps somebody away can still report them; whoever is kept away finds nobody here.
    """
    user = cast(User, request.user)
    others = User.objects.filter(is_active=True).exclude(pk=user.pk).exclude(pk__in=Block.objects.hides_from(user))
    person = get_object_or_404(others, pk=pk)
    form = MemberReportForm(request.POST or None)
    if form.is_valid():
        PersonReport.objects.send_in(form.key, person, form.said["reason"], form.said["note"], user)
        messages.success(request, _("Thank you for telling us. A person here looks at it."))
        is_apart = Block.objects.between(user, person).exists() or not may_take_part(person)  # they have no page
        return redirect("accounts:safety_show") if is_apart else redirect("accounts:person_show", pk)
    context = {"person": person, "form": form}
    return render(request, "moderation/report_person.html", context, status=400 if form.errors else 200)

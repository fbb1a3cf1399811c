"""What a member sees of moderation: how they stand, and asking once that somebody looks again."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mindspace.accounts.models import User
from mindspace.limits.decorators import limited
from mindspace.moderation import standing
from mindspace.moderation.forms import AppealForm
from mindspace.moderation.models import Appeal, Sanction


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@limited("appeal", limit=10, per=timedelta(days=1))
def standing_show(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    sanction = Sanction.objects.now(user)
    appeal = standing.appeal_of(sanction) if sanction else None
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decision = standing.decision_on(sanction) if sanction else None
        if decision is None:
            raise Http404
        appeal or Appeal.objects.send_in(form.key, decision, user, form.said["words"])
        messages.success(request, _("Thank you. Another moderator looks at it."))
        return redirect("standing:standing_show")
    context = {"sanction": sanction, "appeal": appeal, "form": form}
    return render(request, "moderation/standing.html", context, status=400 if form.errors else 200)

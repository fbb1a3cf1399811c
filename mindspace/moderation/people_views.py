"""A moderator decides that a member may not write for a while, or lifts that."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mindspace.accounts.models import PhoneMember, User
from mindspace.moderation import notes
from mindspace.moderation.errors import NotDecided
from mindspace.moderation.forms import SanctionForm
from mindspace.moderation.models import Sanction
from mindspace.moderation.views import for_moderators


def _may(request: HttpRequest, permission: str) -> User:
    if not request.user.has_perm(permission):
        raise Http404
    return cast(User, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def sanction_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, person = _may(request, "moderation.add_sanction"), get_object_or_404(User, pk=pk)
    form = SanctionForm(request.POST or None)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            Sanction.objects.impose(
                person, said["kind"], by=by, reason=said["reason"], until=form.until(), key=form.key
            )
        except NotDecided as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Done. They see the reason on a page of their own."))
        return redirect("moderation:sanction_new", pk)
    sanctions = Sanction.objects.filter(user=person).with_force(timezone.now())
    context: dict[str, Any] = {"person": person, "form": form, "sanctions": sanctions}
    if member := PhoneMember.objects.helped_by(by).filter(pk=pk).first():  # who has no page to read it on
        context |= {"member_": member, "notes": notes.read_at(reverse("standing:standing_show"), person)}
    return render(request, "moderation/person.html", context, status=400 if form.errors else 200)


@require_POST
@for_moderators
def sanction_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = _may(request, "moderation.change_sanction")
    sanction = get_object_or_404(Sanction.objects.exclude(user=by), pk=pk)
    sanction.lift()
    messages.success(request, _("Lifted. They can write again."))
    return redirect("moderation:sanction_new", sanction.user_id)

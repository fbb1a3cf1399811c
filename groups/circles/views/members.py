"""Who is in a circle: leaving it, and what facilitators do."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groups.circles.errors import CircleError
from groups.circles.forms import MemberForm
from groups.circles.models import Circle, Membership
from groups.circles.views.circles import FORM, for_facilitators, for_members
from mindspace.accounts.models import User


@require_http_methods(FORM)
@for_members
def circle_leave(request: HttpRequest, circle: Circle) -> HttpResponse:
    """What it means, and the button that does it. Nobody is kept, also not whoever may not write just now."""
    if request.method != "POST":
        context = {"circle": circle, "is_last": circle.memberships.count() == 1}
        return render(request, "circles/leave.html", context)
    circle.leave(cast(User, request.user))
    messages.success(
        request, _("You have left. You do not see this circle any more, and its members are not told why.")
    )
    return redirect("circles:circle_list")


def member_of(request: HttpRequest, circle: Circle) -> tuple[Membership, str]:
    """Whom it is about, and how; Raises Http404 where they are not in it, or keep apart."""
    form = MemberForm(circle, request.user, request.POST)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["member"], form.cleaned_data["how"]


@require_POST
@for_facilitators
def circle_hand_over(request: HttpRequest, circle: Circle) -> HttpResponse:
    member, how = member_of(request, circle)
    try:
        circle.hand_over(cast(User, request.user), member, together=how == "together")
    except CircleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done. We tell %(name)s.") % {"name": member.user.display_name})
    return redirect(circle)


@require_POST
@for_facilitators
def member_remove(request: HttpRequest, circle: Circle) -> HttpResponse:
    member, _how = member_of(request, circle)
    try:
        circle.remove(cast(User, request.user), member)
    except CircleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("They are no longer in this circle. We tell them, and give no reason."))
    return redirect(circle)

from datetime import timedelta

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from mindspace.accounts.models import Invitation, InvitationClosed
from mindspace.limits.decorators import limited


@require_GET
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why staff need a second step, and the two ways to set one up."""
    return render(request, "accounts/second_factor.html")


@require_http_methods(["GET", "POST"])
@never_cache
@limited("invitation", limit=20, per=timedelta(hours=1))
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page an invitation's link leads to. Only the button accepts: mail scanners follow links."""
    invitation = Invitation.objects.open(timezone.now()).with_token(token).select_related("role").first()
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    someone_else = request.user.is_authenticated and request.user.email != invitation.email
    if request.method == "GET" or someone_else:
        context = {"invitation": invitation, "someone_else": someone_else}
        return render(request, "accounts/invitation.html", context)
    try:
        user = invitation.accept()
    except InvitationClosed:
        return render(request, "accounts/invitation_closed.html", status=404)
    if request.user.is_authenticated:
        return redirect("admin:index")
    return perform_login(request, user, email=user.email)

"""What a member says about themselves, and resting."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mindspace.accounts import resting
from mindspace.accounts.models import Profile, User
from mindspace.accounts.profile_forms import AgeForm, ProfileForm, RestForm

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@never_cache
@login_required
def profile_change(request: HttpRequest) -> HttpResponse:
    profile = Profile.of(cast(User, request.user))
    form = ProfileForm(profile, request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form}, status=400 if form.is_bound else 200)
    form.save()
    messages.success(request, _("Saved. Thank you for saying what suits you."))
    return redirect("accounts:profile_change")


@require_POST
@never_cache
@login_required
def age_state(request: HttpRequest) -> HttpResponse:
    """They say that they are 18 or older, and go on where that was asked."""
    form = AgeForm(request.POST)
    if not form.is_valid():
        raise Http404
    Profile.of(cast(User, request.user)).say_grown_up()
    return redirect(form.cleaned_data["next"] or "my")


@require_http_methods(FORM)
@never_cache
@login_required
def rest_change(request: HttpRequest) -> HttpResponse:
    """Rest up to a day; the page says what that pauses."""
    profile = Profile.of(cast(User, request.user))
    form = RestForm(request.POST or None, initial={"until": profile.resting_until})
    if not form.is_valid():
        is_resting = profile.is_resting(timezone.localdate())
        context = {"form": form, "profile": profile, "resting": is_resting}
        until = profile.resting_until
        context["to_settle"] = resting.to_settle(profile.user, until) if until and is_resting else []
        return render(request, "accounts/rest.html", context, status=400 if form.is_bound else 200)
    profile.rest(form.cleaned_data["until"])
    messages.success(request, _("Rest well. We suggest you to nobody until then."))
    return redirect("accounts:rest_change")


@require_POST
@login_required
def rest_end(request: HttpRequest) -> HttpResponse:
    Profile.of(cast(User, request.user)).rest(None)
    messages.success(request, _("Good to have you back. You may be asked again."))
    return redirect("accounts:rest_change")

"""For moderators with somebody on the phone: members without e-mail, and a code that shows whose number it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mindspace.accounts import second_factor
from mindspace.accounts.models import ContactDetail, NotConfirmed, PhoneMember, User
from mindspace.accounts.phone_forms import CallForm, PhoneMemberForm, TakingBackForm

View = Callable[..., HttpResponse]
FORM = ["GET", "HEAD", "POST"]


def for_the_phone(view: View) -> View:
    """For staff who help by phone; to others the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not (user.is_authenticated and user.is_staff and user.has_perm("accounts.add_phonemember")):
            raise Http404
        if page := second_factor.missing(request):
            return redirect(page)
        return view(request, *args, **kwargs)

    return checked


@require_http_methods(FORM)
@never_cache
@for_the_phone
def phone_member_list(request: HttpRequest) -> HttpResponse:
    form = PhoneMemberForm(request.POST or None)
    if not form.is_valid():
        members = PhoneMember.objects.helped_by(request.user).with_news().select_related("user", "made_by")
        context = {"form": form, "members": members}
        return render(request, "accounts/phone_members.html", context, status=400 if form.is_bound else 200)
    said = form.cleaned_data
    by = cast(User, request.user)
    made = PhoneMember.objects.welcome(
        by, said["display_name"], said["consent"], adult=said["is_adult"], key=form.key_of(by)
    )
    messages.success(request, _("%(name)s is a member now.") % {"name": made.user.display_name})
    return redirect(made.page)


@require_http_methods(FORM)
@never_cache
@for_the_phone
def phone_member_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They take it back, at once, with what becomes of what is there of them."""
    member = get_object_or_404(PhoneMember.objects.select_related("user"), pk=pk)
    form = TakingBackForm(request.POST or None)
    if member.ended_at is None and not form.is_valid():
        context = {"form": form, "member_": member}
        return render(request, "accounts/phone_member_end.html", context, status=400 if form.is_bound else 200)
    if member.ended_at is None:
        member.end(entirely=form.entirely)
    messages.success(request, _("Nobody acts for them from now on. What was open is ended."))
    return redirect("accounts:phone_member_list")


@require_http_methods(FORM)
@never_cache
@for_the_phone
def phone_confirm(request: HttpRequest) -> HttpResponse:
    """They call and say the code that their page shows. No number is shown here: it has to be the one that calls."""
    form = CallForm(request.POST or None)
    if form.is_valid():
        try:
            ContactDetail.objects.confirm_call(form.cleaned_data["number"], form.cleaned_data["code"])
        except NotConfirmed:
            form.add_error("code", _("No member has this number with this code now. They can ask for a new code."))
        else:
            messages.success(request, _("Confirmed. Their page says so now."))
            return redirect("accounts:phone_confirm")
    return render(request, "accounts/phone_confirm.html", {"form": form}, status=400 if form.errors else 200)

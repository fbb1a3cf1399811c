"""A member's contact details: kept apart, shown to nobody until they reveal one to one person."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mindspace.accounts.contact_forms import CodeForm, ContactForm
from mindspace.accounts.models import ContactDetail, NotConfirmed, TooManyDetails, User
from mindspace.forms import page_before
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited, too_often
from mindspace.limits.models import hit

FORM = ["GET", "HEAD", "POST"]
A_DAY = timedelta(days=1)


@require_http_methods(FORM)
@never_cache
@login_required
@limited("contact", limit=20, per=A_DAY, key=by_member)
def contact_list(request: HttpRequest) -> HttpResponse:
    user, back = cast(User, request.user), page_before(request)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            detail = ContactDetail.objects.add(user, said["kind"], said["value"], form.key_of(user))
        except TooManyDetails:
            form.add_error("value", _("Six are enough. Remove one first."))
        else:
            return redirect(_confirming(detail, back))
    context = {"form": form, "details": ContactDetail.objects.of(user), "back": back}
    return render(request, "accounts/contact_list.html", context, status=400 if form.errors else 200)


@require_http_methods(FORM)
@never_cache
@login_required
@limited("contact-confirm", limit=30, per=A_DAY, key=by_member)
def contact_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """E-mail: type in the code we mail. Phone: a code is shown, and its owner says it in a call from that phone."""
    detail = get_object_or_404(ContactDetail.objects.of(request.user), pk=pk)
    context: dict[str, Any] = {"detail": detail, "back": page_before(request)}
    if request.method == "POST" and "new" in request.POST and not detail.is_verified:
        return _new_code(request, context)
    is_mail = detail.kind == ContactDetail.Kind.EMAIL
    form = CodeForm(request.POST if request.method == "POST" and is_mail else None)
    if form.is_valid():
        try:
            detail.confirm(form.cleaned_data["code"])
        except NotConfirmed:
            form.add_error("code", _("That code is not right, or it has run out. You can ask for a new one."))
        else:
            messages.success(request, _("Thank you. It is confirmed."))
            return redirect(context["back"] or "accounts:contact_list")
    context["form"] = form
    return render(request, "accounts/contact_confirm.html", context, status=400 if form.errors else 200)


def _confirming(detail: ContactDetail, back: str) -> str:
    """Where it is confirmed, with the page that it was added for."""
    address = reverse("accounts:contact_confirm", args=[detail.pk])
    return f"{address}?{urlencode({'next': back})}" if back else address


def _new_code(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    detail: ContactDetail = context["detail"]
    if detail.kind == ContactDetail.Kind.PHONE:
        context |= {"form": CodeForm(), "code": detail.new_code()}
        return render(request, "accounts/contact_confirm.html", context)
    allowed = hit("contact-code-to", detail.value, limit=4, per=A_DAY)  # nobody's mailbox is filled by this
    if not allowed:
        return too_often(request, allowed)
    detail.mail_code()
    messages.success(request, _("A code is on its way."))
    return redirect(_confirming(detail, context["back"]))


@require_POST
@login_required
def contact_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(ContactDetail.objects.of(request.user), pk=pk).delete()
    messages.success(request, _("It is gone. People you had shown it to do not see it any more."))
    return redirect("accounts:contact_list")

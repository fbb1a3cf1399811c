"""Where a member stands, and asks."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mindspace.accounts.models import User, Vouch
from mindspace.accounts.models.user import VOUCHES_NEEDED
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mindspace.moderation.models import CannotAsk, VouchRequest
from mindspace.moderation.standing import for_those_taking_part
from mindspace.once import OnceForm


class WishForm(OnceForm):
    note = forms.CharField(
        label=gettext_lazy("Who knows you here, or how we could get to know you"),
        help_text=gettext_lazy("Such as a group you go to, or that you can come by. You can leave it empty."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@for_those_taking_part
@limited("vouching", limit=20, per=timedelta(days=1), key=by_member)
def vouching_ask(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    latest = VouchRequest.objects.latest_of(user)
    asked = latest is not None and latest.state == VouchRequest.State.ASKED
    form: Any = (AnswerForm if asked else WishForm)(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if asked and latest:
            latest.reply(form.cleaned_data["answer"])
            messages.success(request, _("Thank you. A moderator reads it."))
        else:
            _ask(request, user, form)
        return redirect("moderation:vouching_ask")
    given = Vouch.objects.filter(vouched=user)
    context = {
        "form": form,
        "latest": latest,
        "asked": latest.decisions().filter(verdict="ask").first() if latest and asked else None,
        "may_ask": VouchRequest.objects.may_ask(user, timezone.now()),
        "is_vouched": user.is_vouched,
        "words": given.counting().count(),
        "fewer": given.count() > given.counting().count(),
        "needed": VOUCHES_NEEDED,
    }
    return render(request, "moderation/vouching.html", context, status=400 if form.errors else 200)


def _ask(request: HttpRequest, user: User, form: WishForm) -> None:
    try:
        VouchRequest.objects.ask(user, form.cleaned_data["note"], form.key_of(user))
    except CannotAsk:
        messages.info(request, _("You have asked before. This page says where it stands."))
    else:
        messages.success(request, _("Thank you for asking. A moderator looks at it."))

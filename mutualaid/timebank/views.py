"""A member's hours, for that member only."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mindspace.accounts.models import Block, User
from mutualaid.timebank.floor import FLOOR_HOURS
from mutualaid.timebank.forms import HoursForm, after
from mutualaid.timebank.lines import Line, balance_said
from mutualaid.timebank.models import Transfer

PER_PAGE = 50


@require_safe
@never_cache
@login_required
def transfer_list(request: HttpRequest) -> HttpResponse:
    user, form = cast(User, request.user), HoursForm(request.GET)
    if not form.is_valid():
        return render(request, "timebank/hours.html", {"form": form}, status=400)
    rows = list(Transfer.objects.lines(user, form.cleaned_data["after"])[: PER_PAGE + 1])
    apart = frozenset(Block.objects.others_of(user))
    context = {
        "balance": balance_said(user),
        "lines": [Line(row, user, apart) for row in rows[:PER_PAGE]],
        "next_after": after(rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else "",
        "floor": FLOOR_HOURS,
    }
    return render(request, "timebank/hours.html", context)

"""A member's own page: what waits for them first, then what they look after."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mindspace.accounts import my
from mindspace.accounts.models import User


@require_safe
@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    return render(request, "my.html", {"sections": my.sections_for(cast(User, request.user), request)})

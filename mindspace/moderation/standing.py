"""How a member stands with the moderators: what they see, and what stands in their way."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mindspace.accounts.models import User
from mindspace.accounts.my import Section
from mindspace.moderation.models import Appeal, Decision, Sanction

View = Callable[..., HttpResponse]


def for_those_taking_part(view: View) -> View:
    """Lead whoever may not take part now to the page that says why, until when, and what they can do."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sanction = Sanction.objects.now(request.user) if request.user.is_authenticated else None
        if sanction is not None and sanction.keeps_out:
            return redirect("standing:standing_show")
        return view(request, *args, **kwargs)

    return checked


def lift(item: UUID, by: User) -> None:
    Sanction.objects.get(pk=item).lift()


def page(item: UUID) -> str:
    return reverse("standing:standing_show")


def desk(item: UUID) -> str:
    return reverse("moderation:sanction_new", args=[Sanction.objects.get(pk=item).user_id])


def decision_on(sanction: Sanction) -> Decision | None:
    return sanction.decisions().exclude(verdict="ask").first()


def appeal_of(sanction: Sanction) -> Appeal | None:
    """The one appeal, also when it was against the first of two decisions."""
    found: Appeal | None = Appeal.objects.filter(
        decision__queue=Sanction.queue, decision__item=sanction.pk
    ).first()  # fmt: skip
    return found


def section(user: User) -> dict[str, Any] | None:
    sanction = Sanction.objects.now(user)
    return {"sanction": sanction} if sanction else None


SECTION = Section("moderation.standing", 1, "moderation/standing_section.html", section)

"""Who may keep a listing: an organizer whose link opened it, one who is signed in, or a moderator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

import pghistory
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from groups.errors import GroupError
from groups.models import Group, Organizer
from mindspace.accounts import second_factor

SESSION = "keeps"
OPEN_FOR = timedelta(hours=2)
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Keeper:
    """`who` is what the history says: "organizer" or "staff"."""

    who: str
    by: Any = None
    organizer: Organizer | None = None


def let_in(request: HttpRequest, organizer: Organizer) -> None:
    """Open the listing in this browser for two hours, as one who holds the link may."""
    request.session.cycle_key()
    until = (timezone.now() + OPEN_FOR).timestamp()
    request.session[SESSION] = {**request.session.get(SESSION, {}), str(organizer.pk): until}


def keeper_of(request: HttpRequest, group: Group) -> Keeper | None:
    """Asked anew with each request: whoever is no organizer any more is out at once."""
    user = request.user
    now = timezone.now().timestamp()
    opened = [int(pk) for pk, until in request.session.get(SESSION, {}).items() if until > now]
    row = group.organizers.filter(pk__in=opened).first() if opened else None
    if row is None and user.is_authenticated:
        row = group.organizers.filter(user=user).first()
    if row is not None:
        return Keeper("organizer", user, row)
    if user.is_authenticated and user.is_staff and user.has_perm("groups.moderate_group"):
        return Keeper("staff", user) if not second_factor.required() or second_factor.shown(request) else None
    return None


def for_keepers(view: View) -> View:
    """Hand the view the group and its keeper; to everybody else the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        group = Group.objects.with_everything().filter(slug=slug).first()
        keeper = keeper_of(request, group) if group else None
        if group is None or keeper is None:
            raise Http404
        if keeper.who != "staff" and group.status != Group.Status.LISTED:
            raise Http404  # what staff took down only staff put up again
        which = {"organizer": str(keeper.organizer.pk)} if keeper.organizer else {}
        try:
            with pghistory.context(**which):  # a listing may have several, and most have no account
                return view(request, group, keeper, *args, **kwargs)
        except GroupError as error:  # a second click, or somebody was faster
            messages.info(request, str(error))
            return redirect("groups:group_keep", group.slug)

    return checked

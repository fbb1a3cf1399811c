"""What became of a listing, for staff, and the way back."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups import history
from groups.models import Group
from groups.organizing import Keeper, for_keepers


@require_safe
@for_keepers
def group_history(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    if keeper.who != "staff":
        raise Http404
    return render(request, "groups/history.html", {"group": group, "entries": history.entries(group)})


@require_POST
@for_keepers
def group_restore(request: HttpRequest, group: Group, keeper: Keeper, kind: str, pk: int) -> HttpResponse:
    """Undo one change: what the group, its times, places and topics said before it."""
    steps = history.steps_of(group, kind, pk) if keeper.who == "staff" else []
    if not history.can_be_undone(group, steps):
        raise Http404
    try:
        group.undo(steps, keeper.by)
    except IntegrityError:  # what was changed since does not go together with it
        messages.error(request, _("This cannot be undone alone, because of what changed since. Mend the page instead."))
    else:
        messages.success(request, _("Undone. It says again what it said before that change."))
    return redirect("groups:group_history", group.slug)

"""What became of a listing, for staff, and the way back."""

from django.contrib import messages
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
    """Bring back what the group, a meeting time or a place said then."""
    event = history.event(kind, pk, group) if keeper.who == "staff" else None
    if event is None:
        raise Http404
    group.restore(event, keeper.by)
    messages.success(request, _("It says again what it said then."))
    return redirect("groups:group_history", group.slug)

"""The moderators' queue: one thing at a time."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mindspace.accounts import second_factor
from mindspace.accounts.models import User
from mindspace.moderation import queue
from mindspace.moderation.errors import AlreadyDecided, NotDecided
from mindspace.moderation.forms import DecisionForm, SkipForm, WriteForm
from mindspace.moderation.models import Held, Verdict

View = Callable[..., HttpResponse]


def for_moderators(view: View) -> View:
    """For staff who may decide something; to others the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queue.kinds_for(request.user):
            raise Http404
        if page := second_factor.missing(request):
            return redirect(page)
        return view(request, *args, **kwargs)

    return checked


@require_safe
@for_moderators
def queue_next(request: HttpRequest) -> HttpResponse:
    """The first thing that waits; nothing else is on the page."""
    form = SkipForm(request.GET)
    user, kinds = cast(User, request.user), queue.kinds_for(request.user)
    skipped = form.cleaned_data["skip"] if form.is_valid() else ""
    found = queue.next_for(user, kinds, _ids(skipped))
    context: dict[str, Any] = {"skipped": skipped, "count": queue.waiting(user, kinds)}
    context["take_a_break"] = queue.needs_a_break(user, timezone.now())
    if found is None:
        context["left"] = queue.left(user, kinds, _ids(skipped))
        return render(request, "moderation/nothing.html", context)
    kind, item = found
    context["skip_next"] = ",".join(filter(None, [skipped, str(item.pk)]))
    return render(request, "moderation/item.html", context | _shown(kind, item, DecisionForm(kind, item)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def queue_item(request: HttpRequest, name: str, pk: UUID) -> HttpResponse:
    """One thing by its own address, and the decision about it."""
    user = cast(User, request.user)
    kind, item = _found(user, name, pk)
    form = DecisionForm(kind, item, request.POST or None)
    if not form.is_valid():
        return render(request, "moderation/item.html", _shown(kind, item, form), status=400 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        item.decide(user, said["verdict"], said["reason"], said["seen"])
    except NotDecided as error:
        messages.error(request, str(error))
        here = isinstance(error, AlreadyDecided)
        return redirect("moderation:queue_next") if here else redirect("moderation:queue_item", name, pk)
    messages.success(request, _("Done. Here is the next one."))
    return redirect("moderation:queue_next")


@require_POST
@for_moderators
def queue_write(request: HttpRequest, name: str, pk: UUID) -> HttpResponse:
    """A kind word to whoever wrote it. It waits on."""
    user = cast(User, request.user)
    kind, item = _found(user, name, pk)
    if not item.can_be_written_to:
        raise Http404
    form = WriteForm(request.POST)
    if not form.is_valid():
        context = _shown(kind, item, DecisionForm(kind, item)) | {"write_form": form}
        return render(request, "moderation/item.html", context, status=400)
    try:
        item.write(user, form.cleaned_data["words"])
    except NotDecided as error:
        messages.error(request, str(error))
        return redirect("moderation:queue_next")
    messages.success(request, _("They can read it now. What they wrote still waits here for a decision."))
    return redirect("moderation:queue_item", name, pk)


def _found(user: User, name: str, pk: UUID) -> tuple[queue.Kind, Held]:
    """What this moderator may decide. Raises Http404."""
    kind = next((kind for kind in queue.kinds_for(user) if kind.name == name), None)
    item: Held | None = kind.model.objects.filter(pk=pk).first() if kind else None
    if kind is None or item is None or not item.can_be_decided_by(user):
        raise Http404
    return kind, item


def _shown(kind: queue.Kind, item: Any, form: DecisionForm) -> dict[str, Any]:
    verbs, decisions = {**kind.verbs, **item.verbs}, list(item.decisions())
    written = any(each.verdict == Verdict.WRITE for each in decisions)
    return {
        "kind": kind, "item": item, "form": form, "decisions": decisions, "seen": item.fingerprint, "verbs": verbs,
        "proposal": verbs.get(item.second_for, ""), "written": written, "write_form": WriteForm(again=written),
    }  # fmt: skip


def _ids(text: str) -> list[UUID]:
    found = []
    for piece in filter(None, text.split(",")):
        try:
            found.append(UUID(piece))
        except ValueError:
            continue
    return found

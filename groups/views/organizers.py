"""What those who keep a listing can do with it."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.changing import ChangeRefused, change
from groups.errors import AlreadyClosed, GroupError, NotPaused
from groups.models import Group, Meeting, Organizer
from groups.organizer_forms import MeetingActForm, OwnListingForms, PauseForm, PersonForm, RemoveForm, full_state
from groups.organizing import Keeper, for_keepers
from groups.results import time_word
from mindspace.limits.decorators import limited

AHEAD = timedelta(days=100)
SHOWN = 6


@require_safe
@never_cache
@for_keepers
def group_keep(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    """Everything a keeper can do, the next meetings first."""
    return _keep_page(request, group, keeper)


def _keep_page(request: HttpRequest, group: Group, keeper: Keeper, status: int = 200, **context: Any) -> HttpResponse:
    now = timezone.now()
    found = [each for row in group.schedules.all() for each in row.meetings(now, now + AHEAD, with_cancelled=True)]
    whole = {
        "group": group,
        "keeper": keeper,
        "meetings": [_shown(each) for each in sorted(found, key=lambda each: each.starts)[:SHOWN]],
        "is_paused": group.is_paused(now),
        "waits_for_decision": group.waits_for_decision(),
        "organizers": group.organizers.select_related("user"),
        "pause_form": PauseForm(),
        "person_form": PersonForm(),
    }
    return render(request, "groups/keep/keep.html", {**whole, **context}, status=status)


def _shown(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "time": time_word(meeting.wall)}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_keepers
def group_edit(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    """The whole listing in one form. What a keeper writes is on the page at once."""
    forms = OwnListingForms(request, full_state(group))
    if forms.is_bound and forms.is_valid():
        try:
            change(group, forms.changes, keeper.who, keeper.by)
        except ChangeRefused as error:
            forms.group.add_error(None, str(error))
        else:
            group.confirm(keeper.who, keeper.by)
            messages.success(request, _("Saved. Everybody sees it now."))
            return redirect("groups:group_keep", group.slug)
    return render(
        request, "groups/keep/edit.html", {"forms": forms, "group": group}, status=400 if forms.is_bound else 200
    )


@require_POST
@for_keepers
def meeting_change(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    """Cancel or move one meeting, or hold it as usual after all."""
    form = MeetingActForm(group, request.POST)
    if not form.is_valid():
        return _keep_page(request, group, keeper, 400, form=form)
    said = form.cleaned_data
    schedule, day = said["schedule"], said["day"]
    if said["act"] == "cancel":
        schedule.cancel(day, keeper.who, keeper.by)
    elif said["act"] == "move":
        schedule.move(day, datetime.combine(said["moved_day"], said["moved_time"]), keeper.who, keeper.by)
    else:
        schedule.hold_as_usual(day, keeper.who, keeper.by)
    messages.success(request, _("Done. The page and the calendars say so from now on."))
    return redirect("groups:group_keep", group.slug)


@require_POST
@for_keepers
def group_pause(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    """Pause the whole group until a day, or end the pause."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _keep_page(request, group, keeper, 400, form=form, pause_form=form)
    day = form.cleaned_data["until"]
    until = datetime.combine(day, time(), tzinfo=_zone(group)) if day else None
    try:
        if "resume" in request.POST:
            group.resume(keeper.who, keeper.by)
        else:
            group.pause(keeper.who, keeper.by, until)
    except NotPaused:
        pass  # a second click on "We are back"
    except GroupError as error:
        form.add_error("until", str(error))
        return _keep_page(request, group, keeper, 400, form=form, pause_form=form)
    messages.success(request, _("Done. The page says so from now on."))
    return redirect("groups:group_keep", group.slug)


def _zone(group: Group) -> ZoneInfo:
    """Where the day of a group begins."""
    return ZoneInfo(next((row.zone for row in group.schedules.all()), "America/Chicago"))


@require_POST
@for_keepers
def group_confirm(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    """All of it is still right."""
    group.confirm(keeper.who, keeper.by)
    messages.success(request, _("Thank you. The page says that it was checked today."))
    return redirect("groups:group_keep", group.slug)


@require_POST
@for_keepers
def group_close(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    with suppress(AlreadyClosed):  # by a second click, or by somebody else at the same moment
        group.close(keeper.who, keeper.by)
    return render(request, "groups/keep/thanks.html", {"closed": True})


@require_POST
@for_keepers
def group_list_again(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    """For staff: what was closed, or never shown, everybody sees from now on."""
    if keeper.who != "staff":
        raise Http404
    group.list_(keeper.who, keeper.by)
    messages.success(request, _("Done. Everybody sees it from now on."))
    return redirect("groups:group_keep", group.slug)


@require_POST
@for_keepers
@limited("organizer-add", limit=10, per=timedelta(days=1))
def organizer_add(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _keep_page(request, group, keeper, 400, form=form, person_form=form)
    Organizer.objects.welcome(group, form.cleaned_data["email"], keeper.who, keeper.by)
    messages.success(request, _("Done. They have a mail with a link."))
    return redirect("groups:group_keep", group.slug)


@require_POST
@for_keepers
def organizer_remove(request: HttpRequest, group: Group, keeper: Keeper) -> HttpResponse:
    """Take somebody off the list of those who keep the page. Their links end at once."""
    form = RemoveForm(request.POST)
    row = form.cleaned_data["organizer"] if form.is_valid() else 0
    if not Organizer.objects.remove(group, row, keeper.who, keeper.by):
        raise Http404
    is_me = keeper.organizer is not None and keeper.organizer.pk == row
    if is_me:
        return render(request, "groups/keep/stopped.html", {"group": group})
    messages.success(request, _("Done. They cannot change the page any more."))
    return redirect("groups:group_keep", group.slug)

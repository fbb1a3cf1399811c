"""Where a listing stands, as the list of groups says it and filters by it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Group, MeetingSchedule
from groups.models.group_queries import HIDDEN_AFTER, STALE_AFTER


def stale(groups: Any) -> Any:
    """Listed, and nobody has said for half a year that it is right; those that are hidden by now among them."""
    return groups.filter(status=Group.Status.LISTED, confirmed_at__lte=_before(STALE_AFTER))


def hidden(groups: Any) -> Any:
    return groups.filter(status=Group.Status.LISTED, confirmed_at__lte=_before(HIDDEN_AFTER))


def paused(groups: Any) -> Any:
    now = timezone.now()
    on_pause = Q(paused_from__lte=now) & (Q(paused_until=None) | Q(paused_until__gt=now))
    return groups.filter(on_pause, status=Group.Status.LISTED)


def _before(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


STATES: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "pending": (gettext_lazy("Waits for a look"), lambda groups: groups.filter(status=Group.Status.PENDING)),
    "listed": (gettext_lazy("Listed"), lambda groups: groups.listed()),
    "paused": (gettext_lazy("On a pause"), paused),
    "stale": (gettext_lazy("Not confirmed for half a year"), stale),
    "hidden": (gettext_lazy("Hidden: not confirmed for a year"), hidden),
    "closed": (gettext_lazy("Closed"), lambda groups: groups.filter(status=Group.Status.CLOSED)),
}


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("where it stands")
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (words, _narrow) in STATES.items()]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return STATES[self.value()][1](queryset) if self.value() in STATES else queryset  # type: ignore[index]


class ModalityFilter(admin.SimpleListFilter):
    title = gettext_lazy("how it meets")
    parameter_name = "meets"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return list(MeetingSchedule.Modality.choices)

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() not in MeetingSchedule.Modality.values:
            return queryset
        meeting = MeetingSchedule.objects.filter(modality=self.value())
        return queryset.filter(pk__in=meeting.values("group_id"))


def standing(group: Group, now: datetime) -> str:
    """One line for where a listing stands, the thing to act on first."""
    words = [str(group.get_status_display())]
    if group.status == Group.Status.LISTED:
        if group.is_hidden(now):
            words.append(_("hidden, as nobody confirmed it for a year"))
        elif group.is_stale(now):
            words.append(_("not confirmed for half a year"))
        if group.is_paused(now):
            until = group.paused_until
            day = date_format(timezone.localtime(until), "M j, Y") if until else ""
            words.append(_("on a pause until %(day)s") % {"day": day} if day else _("on a pause"))
    if group.is_example:
        words.append(_("example"))
    return ", ".join(words)

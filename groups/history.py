"""Who changed what and when, in words: read from the rows that triggers write (django-pghistory).

The page is for staff. Even there a sealed address, a password and a place that is not public are only said to have
changed, never shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.listing import Line, Part, in_words_of, label_of, which_time
from groups.models import Group, GroupTopic, MeetingException, MeetingSchedule, Organizer, Place, Topic
from groups.undoing import ORDER, Step
from mindspace.accounts.models import User

MOST = 200
SEALED = {
    "sealed_email": gettext_lazy("Address that messages are passed on to"),
    "sealed_secret": gettext_lazy("Password of the meeting"),
}
SILENT = frozenset({
    "id", "key", "updated_at", "created_at", "made_at", "made_by", "sequence", "external_id", "is_example",
})  # fmt: skip
PRIVATE = frozenset({"name", "street", "hint", "latitude", "longitude", "postal_code"})
SECRET_LINK = frozenset({"join_link", "join_phone"})
KINDS: dict[str, Any] = {
    "group": Group, "time": MeetingSchedule, "place": Place, "meeting": MeetingException, "topic": GroupTopic,
    "organizer": Organizer,
}  # fmt: skip
HEADINGS = {
    ("group", "insert"): gettext_lazy("The page was made"),
    ("group", "update"): gettext_lazy("The page"),
    ("time", "insert"): gettext_lazy("A new meeting time"),
    ("time", "update"): gettext_lazy("A meeting time"),
    ("time", "delete"): gettext_lazy("A meeting time went"),
    ("place", "insert"): gettext_lazy("A new place"),
    ("place", "update"): gettext_lazy("The place"),
    ("place", "delete"): gettext_lazy("A place went"),
    ("meeting", "insert"): gettext_lazy("One meeting"),
    ("meeting", "update"): gettext_lazy("One meeting"),
    ("meeting", "delete"): gettext_lazy("One meeting is as usual again"),
    ("topic", "insert"): gettext_lazy("A topic came"),
    ("topic", "delete"): gettext_lazy("A topic went"),
    ("organizer", "insert"): gettext_lazy("Somebody keeps the page, too"),
    ("organizer", "delete"): gettext_lazy("Somebody no longer keeps the page"),
}
WHO = {
    "organizer": gettext_lazy("the group"),
    "suggestion": gettext_lazy("a visitor’s suggestion"),
    "source": gettext_lazy("the directory it comes from"),
    "staff": gettext_lazy("our staff"),
}


@dataclass(frozen=True)
class Entry:
    """One change, whatever rows it wrote. `kind` and `pk` of one of its rows name it for `steps_of`."""

    kind: str
    pk: int
    at: datetime
    who: str
    parts: list[Part]
    can_be_undone: bool = False


def events_of(kind: str, group: Group) -> Any:
    """The rows of one kind that belong to a group, oldest first, whatever has been deleted since."""
    times = KINDS["time"].pgh_event_model.objects.filter(group_id=group.pk)
    ours = {
        "group": {"pgh_obj_id": group.pk},
        "time": {"group_id": group.pk},
        "place": {"pgh_obj_id__in": times.exclude(place=None).values("place_id")},
        "meeting": {"schedule_id__in": times.values("id")},
        "topic": {"group_id": group.pk},
        "organizer": {"group_id": group.pk},
    }[kind]
    rows = KINDS[kind].pgh_event_model.objects.filter(**ours)
    return rows.select_related("pgh_context").order_by("pgh_id")


def steps_of(group: Group, kind: str, pk: int) -> list[Step]:
    """The steps of the change to which a row belongs, in the order in which they are taken back."""
    for steps in _changes(group):
        if any((step.kind, step.row.pgh_id) == (kind, pk) for step in steps):
            return sorted((step for step in steps if step.kind in ORDER), key=lambda step: ORDER.index(step.kind))
    return []


def can_be_undone(group: Group, steps: list[Step]) -> bool:
    made = any(step.kind == "group" and step.was is None for step in steps)
    return not made and any(step.would_change(group) for step in steps)


def entries(group: Group) -> list[Entry]:
    """The newest first, at most `MOST`."""
    changes = [steps for steps in _changes(group) if any(map(_is_told, steps))]
    newest = sorted(changes, key=lambda steps: max(_when(step) for step in steps), reverse=True)[:MOST]
    names = _names([step.row for steps in newest for step in steps])
    return [_entry(group, steps, names) for steps in newest]


def _changes(group: Group) -> Iterator[list[Step]]:
    """What happened, change by change: rows of one context are one, and of one thing the first and last count."""
    found: dict[Any, dict[Any, Step]] = {}
    for kind in KINDS:
        before: dict[Any, Any] = {}
        for row in events_of(kind, group):
            which = row.topic_id if kind == "topic" else row.pgh_obj_id
            steps = found.setdefault(row.pgh_context_id or (kind, row.pgh_id), {})
            was = steps[kind, which].was if (kind, which) in steps else before.get(which)
            before[which] = None if row.pgh_label == "delete" else row
            steps[kind, which] = Step(kind, was, before[which], row)
    return (list(steps.values()) for steps in found.values())


def _when(step: Step) -> tuple[datetime, datetime, int]:
    """By the clock of transactions; within one of them, by when a change began."""
    row = step.row
    return row.pgh_created_at, row.pgh_context.created_at if row.pgh_context else row.pgh_created_at, row.pgh_id


def _label_of(step: Step) -> str:
    if step.now is None:
        return "delete"
    return "insert" if step.was is None else "update"


def _is_told(step: Step) -> bool:
    if step.kind in ("topic", "meeting", "organizer") or _label_of(step) != "update":
        return True
    return any(_lines(step.kind, step.was, step.row))


def _heading(step: Step) -> str:
    """What it is about; of a meeting time, which one."""
    heading = str(HEADINGS[step.kind, _label_of(step)])
    if step.kind != "time":
        return heading
    row = step.was or step.row
    return f"{heading}: {which_time(row.rule, row.first_day, row.start)}"


def _entry(group: Group, steps: list[Step], names: dict[str, str]) -> Entry:
    told = [step for step in steps if _is_told(step)]
    parts = [Part(_heading(step), list(_lines(step.kind, step.was, step.row))) for step in told]
    named = told[0].row
    return Entry(
        told[0].kind, named.pgh_id, max(_when(step) for step in steps)[0], _who(named, names), parts,
        can_be_undone(group, steps),
    )  # fmt: skip


def _names(rows: list[Any]) -> dict[str, str]:
    """What people are called: members by their name, organizers without an account by the day they came."""
    said = [row.pgh_context.metadata for row in rows if row.pgh_context]
    users = User.objects.filter(pk__in={each["user"] for each in said if "user" in each})
    keepers = Organizer.objects.filter(user=None, pk__in={each["organizer"] for each in said if "organizer" in each})
    since = {f"organizer {row.pk}": _("an address, since %s") % date_format(row.since, "F j, Y") for row in keepers}
    return {**since, **{str(user.pk): user.display_name for user in users}}


def _who(row: Any, names: dict[str, str]) -> str:
    said = row.pgh_context.metadata if row.pgh_context else {}
    who = str(WHO.get(said.get("who", ""), _("not noted")))
    named = names.get(said.get("user", "")) or names.get(f"organizer {said.get('organizer')}")
    return ", ".join(filter(None, [who, named]))


def _lines(kind: str, was: Any, row: Any) -> Iterator[Line]:
    """What an event changed, next to the one before it of the same thing."""
    if kind == "topic":
        name = Topic.objects.filter(pk=row.topic_id).values_list("name", flat=True).first() or _("a topic")
        yield Line(_("Topic"), "", name) if row.pgh_label == "insert" else Line(_("Topic"), name, "")
        return
    if row.pgh_label == "delete" or kind == "organizer":
        return
    model = KINDS[kind]
    for each in model._meta.concrete_fields:
        old, new = getattr(was, each.attname, None), getattr(row, each.attname)
        if each.name in SILENT or old == new or (was is None and new in (None, "", [], False)):
            continue
        if each.is_relation:
            continue
        if each.name in SEALED:
            yield Line(str(SEALED[each.name]), "", _("changed; it is shown to nobody"))
        elif _is_private(kind, each.name, was) or _is_private(kind, each.name, row):
            yield Line(label_of(each.name, model), "", _("changed; it is not public"))
        else:
            yield Line(
                label_of(each.name, model),
                in_words_of(each.name, old, model) if was else "",
                in_words_of(each.name, new, model),
            )


def _is_private(kind: str, name: str, row: Any) -> bool:
    if kind == "place" and row is not None:
        return bool(row.publicity != Place.Publicity.EXACT and name in PRIVATE)
    if kind == "time" and row is not None:
        return bool(row.join_sharing != MeetingSchedule.Sharing.PUBLIC and name in SECRET_LINK)
    return False

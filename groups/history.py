"""Who changed what and when, in words: read from the rows that triggers write (django-pghistory).

The page is for staff. Even there a sealed address, a password and a place that is not public are only said to have
changed, never shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.listing import Line, in_words_of
from groups.models import Group, GroupTopic, MeetingException, MeetingSchedule, Organizer, Place, Topic
from mindspace.accounts.models import User

MOST = 200
SEALED = {
    "sealed_email": gettext_lazy("Address that messages are passed on to"),
    "sealed_secret": gettext_lazy("Password of the meeting"),
}
SILENT = frozenset({"id", "key", "updated_at", "created_at", "made_at", "made_by", "sequence", "external_id"})
PRIVATE = frozenset({"name", "street", "hint", "latitude", "longitude", "postal_code"})
SECRET_LINK = frozenset({"join_link", "join_phone"})
KINDS: dict[str, Any] = {
    "group": Group, "time": MeetingSchedule, "place": Place, "meeting": MeetingException, "topic": GroupTopic,
}  # fmt: skip
RESTORED = ("group", "time", "place")
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
}
WHO = {
    "organizer": gettext_lazy("the group"),
    "suggestion": gettext_lazy("a visitor’s suggestion"),
    "source": gettext_lazy("the directory it comes from"),
    "staff": gettext_lazy("our staff"),
}


@dataclass(frozen=True)
class Entry:
    """One row of the history. `pk` with `kind` names it for `event`."""

    kind: str
    pk: int
    at: datetime
    heading: str
    who: str
    lines: list[Line] = field(default_factory=list)

    @property
    def can_be_restored(self) -> bool:
        return self.kind in RESTORED


def events_of(kind: str, group: Group) -> Any:
    """The rows of one kind that belong to a group, oldest first, whatever has been deleted since."""
    times = KINDS["time"].pgh_event_model.objects.filter(group_id=group.pk)
    ours = {
        "group": {"pgh_obj_id": group.pk},
        "time": {"group_id": group.pk},
        "place": {"pgh_obj_id__in": times.exclude(place=None).values("place_id")},
        "meeting": {"schedule_id__in": times.values("id")},
        "topic": {"group_id": group.pk},
    }[kind]
    rows = KINDS[kind].pgh_event_model.objects.filter(**ours)
    return rows.select_related("pgh_context").order_by("pgh_id")


def event(kind: str, pk: int, group: Group) -> Any:
    """The row to restore from, with the topics of that time; None where there is none."""
    if kind not in RESTORED:
        return None
    found = events_of(kind, group).filter(pgh_id=pk).first()
    if found is not None and kind == "group":
        topics: set[int] = set()
        for row in events_of("topic", group).filter(pgh_created_at__lte=found.pgh_created_at):
            (topics.add if row.pgh_label == "insert" else topics.discard)(row.topic_id)
        found.topics_then = topics & set(Topic.objects.values_list("pk", flat=True))
    return found


def entries(group: Group) -> list[Entry]:
    """The newest first, at most `MOST`."""
    found = [entry for kind in KINDS for entry in _of_kind(kind, group)]
    return sorted(found, key=lambda entry: (entry.at, entry.pk), reverse=True)[:MOST]


def _of_kind(kind: str, group: Group) -> Iterator[Entry]:
    rows = list(events_of(kind, group))
    names = _names(rows)
    before: dict[Any, Any] = {}
    for row in rows:
        which = None if kind == "topic" else row.pgh_obj_id
        lines = list(_lines(kind, before.get(which), row))
        before[which] = row
        if kind in ("topic", "meeting") or lines or row.pgh_label != "update":
            heading = str(HEADINGS.get((kind, row.pgh_label), kind))
            yield Entry(kind, row.pgh_id, row.pgh_created_at, heading, _who(row, names), lines)


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
    if row.pgh_label == "delete":
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
            yield Line(_label(each), "", _("changed; it is not public"))
        else:
            yield Line(_label(each), _words(each.name, old, model), _words(each.name, new, model))


def _label(column: Any) -> str:
    text = str(column.verbose_name)
    return text[:1].upper() + text[1:]


def _is_private(kind: str, name: str, row: Any) -> bool:
    if kind == "place" and row is not None:
        return bool(row.publicity != Place.Publicity.EXACT and name in PRIVATE)
    if kind == "time" and row is not None:
        return bool(row.join_sharing != MeetingSchedule.Sharing.PUBLIC and name in SECRET_LINK)
    return False


def _words(name: str, value: Any, model: type[Any]) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if model in (Group, MeetingSchedule) and name != "status":
        return in_words_of(name, value, model)
    choices = dict(model._meta.get_field(name).choices or [])
    return "" if value is None else str(choices.get(value, value))

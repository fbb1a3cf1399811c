"""What a listing says, as plain values that fit into JSON; and what two such states differ in.

A state is `{"group": {field: value}, "meetings": {id: {field: value}}}` with public values only: a place that is not
exact gives its town, a link that is not public gives nothing. A difference has `[old, new]` for each value that
changed; a meeting that goes is None, and one that comes has an id that is no number.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from groups.models.group import Group
from groups.models.schedule import MeetingSchedule
from groups.rule_words import in_words
from groups.value_words import in_words_of, label_of

State = dict[str, dict[str, Any]]

FLAGS = (
    "may_listen", "camera_needed", "anonymous", "faith_based", "step_free", "hearing_loop", "sign_language", "captions",
    "quiet_space", "childcare", "transit", "moderated",
)  # fmt: skip
GROUP_FIELDS = (
    "name", "kind", "summary", "first_time", "how_to_join", "led_by", "is_therapy", "access", "cost", "cost_note",
    "min_age", "max_age", "languages", *FLAGS, "platform", "always_open", "join_link", "contact_by", "public_email",
    "public_phone", "website",
)  # fmt: skip
PLACE_FIELDS = ("place_name", "street", "where", "hint")
MEETING_FIELDS = (
    "modality", "rule", "first_day", "start", "duration", "until", "zone", *PLACE_FIELDS, "join_link", "join_phone",
    "note",
)  # fmt: skip
# A wrong one of these leads people astray, or to somebody who means them harm: they wait in front of the others.
GUARDED = frozenset({
    "kind", "join_link", "contact_by", "public_email", "public_phone", "website", "place_name", "street", "where",
    "join_phone",
})  # fmt: skip


def state_of(group: Group) -> State:
    """What the listing says to everybody."""
    said = {name: getattr(group, name) for name in GROUP_FIELDS}
    said |= {"public_email": group.shown_email, "public_phone": group.shown_phone}
    said["topics"] = sorted(topic.slug for topic in group.topics.all())
    said["languages"] = sorted(group.languages)
    meetings = {str(schedule.pk): meeting_state(schedule) for schedule in group.schedules.all()}
    return {"group": said, "meetings": meetings}


def meeting_state(schedule: MeetingSchedule) -> dict[str, Any]:
    place = schedule.place
    exact = place is not None and place.is_exact
    zip_code = f" {place.postal_code}" if place and exact and place.postal_code else ""
    return {
        "modality": schedule.modality,
        "rule": schedule.rule,
        "first_day": schedule.first_day.isoformat(),
        "start": f"{schedule.start:%H:%M}",
        "duration": schedule.duration,
        "until": schedule.until.isoformat() if schedule.until else "",
        "zone": schedule.zone,
        "place_name": place.public_name if place else "",
        "street": place.street if place and exact else "",
        "where": f"{place.area}{zip_code}" if place else "",
        "hint": place.hint if place and exact else "",
        "join_link": schedule.public_join_link,
        "join_phone": schedule.public_join_phone,
        "note": schedule.note,
    }


# What a listing says that nobody has written yet.
NOTHING: State = {"group": {"is_therapy": False, "always_open": False, "contact_by": "none"}, "meetings": {}}


def difference(old: State, new: State) -> State:
    """What `new` says otherwise. Fields that `new` leaves out stay as they are; meetings that it leaves out go."""
    meetings: dict[str, Any] = {pk: None for pk in old["meetings"] if pk not in new["meetings"]}
    for pk, said in new["meetings"].items():
        if changed := _changed(old["meetings"].get(pk, {}), said):
            meetings[pk] = changed
    return {"group": _changed(old["group"], new["group"]), "meetings": meetings}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    pairs = {name: [old.get(name), value] for name, value in new.items()}
    return {name: pair for name, pair in pairs.items() if _bare(pair[0]) != _bare(pair[1])}


def _bare(value: Any) -> Any:
    """Nothing is nothing, however it is written; False is something."""
    return None if value in ("", []) else value


def overtaken(group: Group, changes: Mapping[str, Any]) -> list[str]:
    """Labels of what the listing says otherwise by now than when the change was written."""
    now = state_of(group)
    late = [label_of(name, Group) for name, (was, _new) in changes.get("group", {}).items()
            if _bare(now["group"].get(name)) not in (_bare(was), _bare(_new))]  # fmt: skip
    for pk, said in changes.get("meetings", {}).items():
        if pk.isdecimal() and pk not in now["meetings"]:
            late.append(_gone())
        elif pk.isdecimal() and said:
            late += [label_of(name, MeetingSchedule) for name, (was, new) in said.items()
                     if _bare(now["meetings"][pk].get(name)) not in (_bare(was), _bare(new))]  # fmt: skip
    return late


def _gone() -> str:
    return _("A meeting time that is gone")


def is_empty(changes: Mapping[str, Any]) -> bool:
    return not changes.get("group") and not changes.get("meetings")


def risk(changes: Mapping[str, Any]) -> int:
    """1 where something guarded changes, else 0."""
    named = set(changes.get("group", {}))
    for said in changes.get("meetings", {}).values():
        named |= set(said or {})
    return int(bool(named & GUARDED))


class Line(NamedTuple):
    """One change in words. `was` is "" for what is new."""

    label: str
    was: str
    now: str
    guarded: bool = False


class Part(NamedTuple):
    heading: str
    lines: list[Line]


def in_parts(changes: Mapping[str, Any], known: Mapping[str, Any] | None = None) -> list[Part]:
    """A difference in words, for people: the group first, then each meeting.

    `known` holds the meetings as the page says them now: which one is meant, its rule and hour tell.
    """
    parts = [Part(_("The group"), list(_lines(changes.get("group", {}), Group)))]
    for pk, said in changes.get("meetings", {}).items():
        which = _which(said, (known or {}).get(pk))
        if said is None:
            parts.append(
                Part(_("This meeting time goes: %(which)s") % which if which else _("A meeting time goes"), [])
            )
        elif lines := list(_lines(said, MeetingSchedule)):
            changed = _("A meeting time changes: %(which)s") % which if which else _("A meeting time changes")
            parts.append(Part(changed if pk.isdecimal() else _("A new meeting time"), lines))
    return [part for part in parts if part.lines or part is not parts[0]]


def _which(said: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> dict[str, str]:
    """The rule and the hour of a meeting before the change, where they are known: "Every Tuesday at 6.30 pm"."""
    if now is None:
        return {}
    before = {name: (said or {}).get(name, [now.get(name)])[0] for name in ("rule", "start", "first_day")}
    if not before["start"]:
        return {}
    return {"which": which_time(before["rule"] or "", date.fromisoformat(before["first_day"]), before["start"])}


def which_time(rule: str, first_day: date, start: Any) -> str:
    """ "Every Tuesday at 6.30 pm"."""
    said = {"rule": in_words(rule, first_day), "time": in_words_of("start", start, MeetingSchedule)}
    return _("%(rule)s at %(time)s") % said


def _lines(changes: Mapping[str, Any], model: type[Any]) -> Iterator[Line]:
    order = ("topics", *GROUP_FIELDS) if model is Group else MEETING_FIELDS
    for name in sorted(changes, key=lambda name: order.index(name) if name in order else 99):
        old, new = changes[name]
        was, now = in_words_of(name, old, model), in_words_of(name, new, model)
        if was != now:
            yield Line(label_of(name, model), was, now, name in GUARDED)


def weekday_choices() -> list[tuple[str, Any]]:
    return [(str(number), name) for number, name in WEEKDAYS.items()]

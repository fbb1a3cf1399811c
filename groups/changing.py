"""Carries a difference (listing.py) out: on the group, its meeting times and their places, all or nothing."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups import towns
from groups.listing import PLACE_FIELDS
from groups.models.group import RESERVED, Group
from groups.models.keeping import reindex
from groups.models.place import Place
from groups.models.schedule import MeetingSchedule
from groups.models.slug import free_slug
from groups.models.standing import recorded
from groups.models.topic import Topic

TRIES = 5


class ChangeRefused(Exception):
    """The change cannot be carried out as it is. The message says why, in words for whoever wants it."""


def make(changes: Mapping[str, Any], who: str, by: Any = None, key: UUID | None = None) -> Group:
    """A new group that waits for a look. Raises ChangeRefused."""
    name = changes["group"]["name"][1]
    for number in range(1, TRIES + 1):
        try:
            with recorded(who, by):
                group = Group(slug=free_slug(Group.objects, name, RESERVED), name=name, **({"key": key} if key else {}))
                group.save()
                change(group, changes, who, by)
                return group
        except IntegrityError:  # somebody took the address in the same moment
            if number == TRIES:
                raise
    raise AssertionError


def change(group: Group, changes: Mapping[str, Any], who: str, by: Any = None) -> None:
    """Write the new values, and those only. Raises ChangeRefused, and then nothing is written."""
    try:
        with recorded(who, by):
            row = Group.objects.select_for_update().get(pk=group.pk)
            _write_group(row, _new_values(changes.get("group", {})))
            for pk, said in changes.get("meetings", {}).items():
                _write_meeting(row, pk, None if said is None else _new_values(said))
            reindex([row.pk])
    except ValidationError as error:
        raise ChangeRefused(" ".join(error.messages)) from error


def _new_values(pairs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: pair[1] for name, pair in pairs.items()}


def _write_group(row: Group, values: dict[str, Any]) -> None:
    topics = values.pop("topics", None)
    if topics is not None:
        row.topics.set(Topic.objects.filter(slug__in=topics))
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = timezone.now()
    _check_contact(row, values)
    row.full_clean()
    row.save()


def _check_contact(row: Group, values: Mapping[str, Any]) -> None:
    """Whoever says how the group is reached says where, too."""
    missing = {
        "relay": "" if row.contact_email else _("Write the address that messages are passed on to."),
        "public": "" if row.public_email or row.public_phone else _("Write the e-mail address or the phone number."),
        "website": "" if row.website else _("Write the address of the website."),
    }.get(row.contact_by, "")
    if missing and values.keys() & {"contact_by", "public_email", "public_phone", "website"}:
        raise ValidationError(missing)


def _write_meeting(group: Group, pk: str, values: dict[str, Any] | None) -> None:
    rows = MeetingSchedule.objects.select_for_update().filter(group=group)
    schedule = rows.filter(pk=pk).first() if pk.isdecimal() else MeetingSchedule(group=group)
    if values is None:
        if schedule is not None:
            schedule.delete()
        return
    if schedule is None:
        raise ChangeRefused(_("One of the meeting times is not there any more."))
    about_place = {name: values.pop(name) for name in (*PLACE_FIELDS, "publicity") if name in values}
    for name, value in values.items():
        setattr(schedule, name, _column(name, value))
    if not schedule.is_in_person:
        schedule.place = None
    elif about_place:
        schedule.place = _place(schedule, about_place)
    schedule.sequence += 0 if schedule.pk is None else 1
    schedule.full_clean()
    schedule.save()


def _column(name: str, value: Any) -> Any:
    if name in ("first_day", "until"):
        return date.fromisoformat(value) if value else None
    return time.fromisoformat(value) if name == "start" else value


def _place(schedule: MeetingSchedule, said: dict[str, Any]) -> Place:
    """The place of a meeting with what was said about it. One that others share stays as it is for them."""
    place = schedule.place or Place(zone=schedule.zone)
    if place.pk and MeetingSchedule.objects.filter(place=place).exclude(pk=schedule.pk).exists():
        place.pk, place.key, place._state.adding = None, None, True  # the key is of the form that made the other
    for name, column in (("place_name", "name"), ("street", "street"), ("hint", "hint"), ("publicity", "publicity")):
        if name in said:
            setattr(place, column, said[name])
    if said.get("where"):
        _set_town(place, said["where"])
    elif "street" in said and place.precision in (Place.Precision.ADDRESS, Place.Precision.STREET):
        _set_town(place, place.postal_code or place.area)  # the old point was of another street
    place.full_clean()
    place.save()
    return place


def _set_town(place: Place, where: str) -> None:
    town = towns.find(where)
    if town is None:
        raise ChangeRefused(_("We do not know this town or ZIP code: %s.") % where[:80])
    place.city, place.state, place.postal_code, place.zone = town.name, town.state, town.zip_code, town.zone
    place.latitude, place.longitude = town.point
    place.precision = Place.Precision.POSTAL if town.zip_code else Place.Precision.TOWN


def obstacle(changes: Mapping[str, Any], group: Group | None) -> str:
    """Why a change could not be carried out, tried and taken back; "" where it could."""
    try:
        with transaction.atomic():
            if group is None:
                make(changes, "suggestion")
            else:
                change(group, changes, "suggestion")
            transaction.set_rollback(True)
    except ChangeRefused as error:
        return str(error)
    return ""

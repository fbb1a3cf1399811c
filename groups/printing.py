"""A search as a list on paper: what somebody needs who takes it along, and reads it without a device."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups import finding
from groups.asked import Asked
from groups.detail import rules_of
from groups.models import Group, Place
from groups.results import Result, results_of

MOST = 48


@dataclass(frozen=True)
class Sheet:
    """The first groups of a search, and how many fit: one more than COUNT_TO stands for more."""

    entries: Sequence["Entry"]
    count: int

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.entries)


@dataclass(frozen=True)
class Entry:
    group: Group
    result: Result
    rules: Sequence[str]
    places: Sequence[Place]
    ways: Sequence[str]  # how to reach it: what can be written out, and is public


def sheet(asked: Asked) -> Sheet:
    found = finding.find(asked, MOST)
    ids = [row.group_id for row in found.rows]
    groups = Group.objects.with_everything().in_bulk(ids)
    results = results_of(found.rows, asked)
    read = [(groups.get(pk), result) for pk, result in zip(ids, results, strict=True)]
    entries = [entry(group, result, asked) for group, result in read if group]  # one may be gone meanwhile
    return Sheet(entries, max(found.count, len(entries)))


def entry(group: Group, result: Result, asked: Asked) -> Entry:
    return Entry(group, result, rules_of(group, asked.now), places_of(group), ways_to(group))


def places_of(group: Group) -> list[Place]:
    """Where it meets, each place once."""
    schedules = group.schedules.all()
    return list({each.place_id: each.place for each in schedules if each.place and each.is_in_person}.values())


def ways_to(group: Group) -> list[str]:
    """How to reach it, in public, as lines; the last is the address of its page."""
    schedules = list(group.schedules.all())
    lines = [_("By phone: %s") % phone for phone in {each.public_join_phone: "" for each in schedules} if phone]
    links = dict.fromkeys([each.public_join_link for each in schedules] + [group.join_link])
    lines += [_("Online: %s") % link for link in links if link]
    return [*lines, *filter(None, [group.written_phone, group.shown_email, group.website, group.public_url])]

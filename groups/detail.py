"""What the page of a group says, in the order in which somebody asks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from groups.facets import ACCESSIBLE
from groups.models import Group, Meeting, MeetingSchedule, SearchRow
from groups.models.group import SPOKEN
from groups.results import zone_word
from groups.wording import schedule_words, times_words

NEXT = 4
LATELY = timedelta(days=40)
LIKE_IT = 3
EXPECTATIONS = ("may_listen", "anonymous", "camera_needed", "faith_based", "moderated")


@dataclass(frozen=True)
class Date:
    """One of the next meetings: when, in words, and what is other than usual about it."""

    meeting: Meeting
    day: str
    times: str
    where: str

    @property
    def is_off(self) -> bool:
        return self.meeting.cancelled


@dataclass(frozen=True)
class Fact:
    """A question that people have, and its answer; "" where the group has not said."""

    name: str
    answer: str


@dataclass(frozen=True)
class Detail:
    dates: Sequence[Date]
    rules: Sequence[str]
    ways: Sequence[tuple[MeetingSchedule, str]]
    facts: Sequence[Fact]
    access: Sequence[Fact]
    similar: Sequence[Group]
    is_stale: bool
    is_paused: bool
    last: Meeting | None

    @classmethod
    def of(cls, group: Group, now: datetime) -> "Detail":
        """Everything for `group`, which came `with_everything`."""
        return cls(
            dates=next_dates(group, now),
            rules=rules_of(group, now),
            ways=ways_of(group),
            facts=facts_of(group),
            access=[Fact(*each) for each in _stated(group, [*ACCESSIBLE])],
            similar=similar_to(group),
            is_stale=group.is_stale(now),
            is_paused=group.is_paused(now),
            last=last_meeting(group, now),
        )


def next_dates(group: Group, now: datetime) -> list[Date]:
    """The next meetings of all schedules together; cancelled ones stand there as such."""
    found: list[Meeting] = []
    for schedule in group.schedules.all():
        for days in (60, 400):
            meetings = schedule.meetings(now, now + timedelta(days=days), with_cancelled=True)[:NEXT]
            if meetings:
                break
        found += meetings
    return [_date(meeting) for meeting in sorted(found, key=lambda meeting: meeting.starts)[:NEXT]]


def last_meeting(group: Group, now: datetime) -> Meeting | None:
    """The last one that began, if it is not long ago and the group does not rest: what visitors can tell us about."""
    if group.is_paused(now):
        return None
    found = [each for row in group.schedules.all() for each in row.meetings(now - LATELY, now)]
    return max(found, key=lambda meeting: meeting.starts, default=None)


def rules_of(group: Group, now: datetime) -> list[str]:
    """How often it meets, in words. Single meetings, and rules that have come to their end, stand in no rule."""
    today = timezone.localdate(now)
    return [
        schedule_words(schedule)
        for schedule in group.schedules.all()
        if schedule.rule and (schedule.until is None or schedule.until >= today)
    ]


def ways_of(group: Group) -> list[tuple[MeetingSchedule, str]]:
    """Where to go or to dial in; with the rule in words where there are several times, which look alike else."""
    times = list(group.schedules.all())
    return [(each, schedule_words(each) if len(times) > 1 else "") for each in times]


def _date(meeting: Meeting) -> Date:
    schedule = meeting.schedule
    place = schedule.place if schedule.is_in_person else None
    times = times_words(meeting.starts, meeting.ends)
    if schedule.is_online:
        times = f"{times}, {zone_word(schedule.zone, meeting.starts)}"
    where = [str(schedule.get_modality_display()), place.area if place else ""]
    return Date(meeting, date_format(meeting.wall, "l, F j"), times, ", ".join(filter(None, where)))


def facts_of(group: Group) -> list[Fact]:
    """What to expect. Only what the group has said: silence is no "no"."""
    ages = {
        (True, True): _("%(min)s to %(max)s"),
        (True, False): _("%(min)s and older"),
        (False, True): _("up to %(max)s"),
        (False, False): "",
    }[group.min_age is not None, group.max_age is not None] % {"min": group.min_age, "max": group.max_age}
    languages = get_text_list([str(SPOKEN.get(code, code)) for code in group.languages], _("and"))
    cost = ". ".join(filter(None, [str(group.get_cost_display()) if group.cost else "", group.cost_note]))
    rows = [
        Fact(_("Who leads it"), str(group.get_led_by_display()) if group.led_by else ""),
        Fact(_("Who can come"), str(group.get_access_display()) if group.access else ""),
        Fact(_("Cost"), cost),
        Fact(_("Ages"), ages),
        Fact(_("Languages"), languages),
        *(Fact(*each) for each in _stated(group, EXPECTATIONS)),
    ]
    return [fact for fact in rows if fact.answer]


def _stated(group: Group, names: Sequence[str]) -> list[tuple[str, str]]:
    """The yes-or-no columns that the group has answered."""
    labels: dict[str, Any] = {field.name: field.verbose_name for field in group._meta.fields}
    answers = {True: _("Yes"), False: _("No")}
    return [
        (str(labels[name]).capitalize(), answers[given])
        for name in names
        if (given := getattr(group, name)) is not None
    ]


def similar_to(group: Group) -> list[Group]:
    """A few other groups of the same topics that people can go to, the ones in the same town first."""
    topics = [topic.pk for topic in group.topics.all()]
    if not topics:
        return []
    rows = SearchRow.objects.filter(group__topics__in=topics).exclude(group=group)
    ids = list(dict.fromkeys(rows.order_by("pk").values_list("group_id", flat=True)[:60]))
    own = {schedule.place.city for schedule in group.schedules.all() if schedule.place}
    found = list(Group.objects.active().filter(pk__in=ids).with_everything())
    cities = {each.pk: {schedule.place.city for schedule in each.schedules.all() if schedule.place} for each in found}
    return sorted(found, key=lambda each: (not (own & cities[each.pk]), each.name))[:LIKE_IT]

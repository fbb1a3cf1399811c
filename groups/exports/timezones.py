"""Time zones as calendars carry them: VTIMEZONE (RFC 5545, 3.6.5), made from the time zone database.

Each change of the clocks from 1990 on stands in it by its date, until a rule takes over that holds to the end of what
the database lists ("the second Sunday of March"). Such a rule has no end, so a calendar stays right for as long as the
law does. Where no rule fits, as in Morocco, the dates go on to the end of `LAST_YEAR`.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from groups.recurrence import DAYS, EARLIEST

BEGINS = datetime(EARLIEST.year - 1, 12, 1, tzinfo=UTC)
LAST_YEAR = 2037  # the last for which the database lists changes; what comes later follows the rule at its end
FEWEST_YEARS = 8  # a rule is believed only after so many years of it


class Offset(NamedTuple):
    seconds: timedelta
    name: str
    is_daylight: bool


class Change(NamedTuple):
    """What a clock shows at the change, by the time before it; and the offsets before and after."""

    wall: datetime
    before: Offset
    after: Offset


@lru_cache(maxsize=600)
def timezone_of(zone: str) -> bytes:
    """The VTIMEZONE of `zone`, as it stands in a calendar."""
    found = Timezone()
    found.add("tzid", zone)
    now = offset(BEGINS, ZoneInfo(zone))
    add_observance(found, [Change(datetime(1970, 1, 1), now, now)], None)  # noqa: DTZ001 - a wall time
    alike: dict[tuple[timedelta, Offset], list[Change]] = defaultdict(list)
    for change in changes(ZoneInfo(zone)):
        alike[change.before.seconds, change.after].append(change)
    for group in alike.values():
        dated, ruled, rule = parted(group)
        if dated:
            add_observance(found, dated, None)
        if ruled:
            add_observance(found, ruled, rule)
    return bytes(found.to_ical())


def offset(at: datetime, zone: ZoneInfo) -> Offset:
    local = at.astimezone(zone)
    return Offset(local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst()))


def changes(zone: ZoneInfo) -> Iterator[Change]:
    """Each change of the clocks, to the second. No zone has had two within a day."""
    day = BEGINS
    before = offset(day, zone)
    while day.year <= LAST_YEAR:
        after = offset(day + timedelta(days=1), zone)
        if after != before:
            low, high = 0, 24 * 60 * 60  # seconds after `day`: still as before, and changed
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(day + timedelta(seconds=middle), zone) == before else (low, middle)
            yield Change((day + timedelta(seconds=high) + before.seconds).replace(tzinfo=None), before, after)
        day, before = day + timedelta(days=1), after


def parted(group: list[Change]) -> tuple[list[Change], list[Change], vRecur | None]:
    """The changes that have to be listed, those that a yearly rule gives, and the rule."""
    for first in range(len(group)):
        ruled = group[first:]
        if len(ruled) < FEWEST_YEARS or ruled[-1].wall.year != LAST_YEAR:
            break
        if rule := rule_of([change.wall for change in ruled]):
            return group[:first], ruled, rule
    return group, [], None


def rule_of(walls: list[datetime]) -> vRecur | None:
    """The yearly rule that gives just these, if there is one."""
    years = [wall.year for wall in walls]
    if years != list(range(years[0], years[-1] + 1)):
        return None
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) > 1:
        return None
    day, month = DAYS[walls[0].weekday()], walls[0].month
    nths = {(wall.day - 1) // 7 + 1 for wall in walls}
    lasts = {calendar.monthrange(wall.year, month)[1] - wall.day < 7 for wall in walls}
    first, last = min(wall.day for wall in walls), max(wall.day for wall in walls)
    if lasts == {True}:
        return vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY=f"-1{day}")
    if len(nths) == 1:
        return vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY=f"{nths.pop()}{day}")
    if last - first == 6:  # "the Friday on or after the 23rd"
        return vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY=day, BYMONTHDAY=list(range(first, last + 1)))
    return None


def add_observance(zone: Timezone, alike: list[Change], rule: vRecur | None) -> None:
    """One STANDARD or DAYLIGHT: changes from and to the same offset."""
    first = alike[0]
    part = TimezoneDaylight() if first.after.is_daylight else TimezoneStandard()
    part.add("dtstart", first.wall)
    part.add("tzoffsetfrom", first.before.seconds)
    part.add("tzoffsetto", first.after.seconds)
    part.add("tzname", first.after.name)
    if rule:
        part.add("rrule", rule)
    elif len(alike) > 1:
        part.add("rdate", [change.wall for change in alike[1:]])
    zone.add_component(part)

"""A second implementation of when groups meet: slow, day by day, and without the libraries of the first one."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Rhythm:
    """`week` is the day that weeks begin on. One of `days`, `nth` and `month_days` says which days, the rest are ()."""

    every: int
    days: tuple[int, ...] = ()
    week: int = 0
    nth: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()

    @property
    def rule(self) -> str:
        if self.days:
            named = ",".join(DAYS[day] for day in self.days)
            return f"FREQ=WEEKLY;INTERVAL={self.every};WKST={DAYS[self.week]};BYDAY={named}"
        if self.nth:
            named = ",".join(f"{number}{DAYS[day]}" for number, day in self.nth)
            return f"FREQ=MONTHLY;INTERVAL={self.every};BYDAY={named}"
        return f"FREQ=MONTHLY;INTERVAL={self.every};BYMONTHDAY={','.join(map(str, self.month_days))}"

    def is_on(self, day: date, first: date) -> bool:
        if self.days:
            begins = first - timedelta(days=(first.weekday() - self.week) % 7)
            return day.weekday() in self.days and (day - begins).days // 7 % self.every == 0
        if ((day.year - first.year) * 12 + day.month - first.month) % self.every:
            return False
        last = calendar.monthrange(day.year, day.month)[1]
        from_start, from_end = (day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1)
        if self.nth:
            return (from_start, day.weekday()) in self.nth or (from_end, day.weekday()) in self.nth
        return day.day in self.month_days or day.day - last - 1 in self.month_days


def instant(wall: datetime, zone: str) -> datetime:
    """The first instant at which a clock in `zone` shows `wall`; where none does, `wall` by the time before the gap."""
    middle = wall.replace(tzinfo=UTC)
    before, after = (offset_at(middle + timedelta(hours=hours), zone) for hours in (-38, 38))
    shown = [middle - offset for offset in (before, after) if offset_at(middle - offset, zone) == offset]
    return min(shown) if shown else middle - before


def offset_at(at: datetime, zone: str) -> timedelta:
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset


def days(rhythm: Rhythm, first: date, until: date | None, last: date) -> list[date]:
    """Every day up to `last`, looked at one by one."""
    last = min(last, until or last)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if rhythm.is_on(day, first)]

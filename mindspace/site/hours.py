"""When somebody is there to pick up the phone, as wall-clock hours in the site's own time zone.

A span belongs to the weekday it starts on. One that closes at or before its opening time ends on the next day, so
8 pm to 2 am is one row, and midnight to midnight is a whole day. Around a clock change the rule of calendars (RFC
5545) holds: a time that occurs twice means the first, a time that is skipped counts by the clock before the change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

# Far enough ahead to find the next opening past two weeks of closed days, near enough to stay cheap.
DAYS_AHEAD = 15


@dataclass(frozen=True)
class Span:
    """Hours of one weekday: `weekday` counts from Monday = 0."""

    weekday: int
    opens: time
    closes: time

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When the span that starts on `day` opens and closes, in UTC (two instants compare as such only there)."""
        last_day = day if self.closes > self.opens else day + timedelta(days=1)
        opens = datetime.combine(day, self.opens, zone)
        closes = datetime.combine(last_day, self.closes, zone)
        return opens.astimezone(UTC), closes.astimezone(UTC)


@dataclass(frozen=True)
class OpenState:
    """Whether the house is open at one moment.

    Open: `until` is when it closes, None when it never does within two weeks. Closed: `opens_at` is when it next
    opens, None when no opening is known. Both are in the zone of the house.
    """

    is_open: bool
    now: datetime
    until: datetime | None = None
    opens_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.is_open

    @property
    def word(self) -> str:
        return _("Open now") if self.is_open else _("Closed now")

    @property
    def detail(self) -> str:
        """What follows the word, such as "until 10.00 pm" or "we open tomorrow at 8.00 am"; may be empty."""
        if self.is_open:
            return _("until %(time)s") % {"time": clock(self.until)} if self.until else _("day and night")
        if self.opens_at is None:
            return ""
        days = (self.opens_at.date() - self.now.date()).days
        words = {"time": clock(self.opens_at), "day": formats.date_format(self.opens_at, "l, F j")}
        if days == 0:
            return _("we open at %(time)s") % words
        if days == 1:
            return _("we open tomorrow at %(time)s") % words
        return _("we open on %(day)s at %(time)s") % words


def open_state(spans: Sequence[Span], closed_on: Iterable[date], zone: ZoneInfo, now: datetime) -> OpenState:
    """Work out the state at `now` (aware, any zone) from weekly spans less the days in `closed_on`."""
    here = now.astimezone(zone)
    instant = now.astimezone(UTC)
    closed_days = frozenset(closed_on)
    # Yesterday's span may still be running; with a clock change it may end a little later than 24 hours on.
    days = (here.date() + timedelta(days=offset) for offset in range(-2, DAYS_AHEAD))
    open_days = [day for day in days if day not in closed_days]
    times = sorted(span.on(day, zone) for day in open_days for span in spans if span.weekday == day.weekday())
    until: datetime | None = None
    for opens, closes in times:
        if closes <= opens:  # a clock change swallowed it
            continue
        if opens <= (until or instant) < closes:
            until = closes
        elif opens > instant and until is None:
            return OpenState(False, here, opens_at=opens.astimezone(zone))
    if until is None:
        return OpenState(False, here)
    never_closes = until - instant > timedelta(days=DAYS_AHEAD - 2)
    return OpenState(True, here, until=None if never_closes else until.astimezone(zone))


def clock(at: time | datetime) -> str:
    """A time of day as the house writes it: "8.00 am"."""
    words = {"hour": at.hour % 12 or 12, "minute": f"{at.minute:02}"}
    return _("%(hour)s.%(minute)s am") % words if at.hour < 12 else _("%(hour)s.%(minute)s pm") % words


def moment(at: datetime, day: str = "") -> str:
    """A moment by the clock of its own zone: "2.15 pm", or "Nov 26, 2.15 pm" where `day` is a format for the day."""
    said = {"day": formats.date_format(at, day) if day else "", "time": clock(at)}
    return _("%(day)s, %(time)s") % said if day else said["time"]


def part_of_day(at: time | datetime) -> str:
    """ "night", "morning", "day" or "evening", for a greeting that knows the hour."""
    if at.hour < 5 or at.hour >= 22:
        return "night"
    if at.hour < 12:
        return "morning"
    return "day" if at.hour < 17 else "evening"


def in_words(spans: Sequence[Span]) -> str:
    """The week in one line: "Daily, 8.00 am to 10.00 pm", or "Monday to Friday, ...; Saturday, ..."."""
    by_day = {day: sorted((s.opens, s.closes) for s in spans if s.weekday == day) for day in range(7)}
    parts = []
    for times, days_of_group in groupby(range(7), key=lambda day: by_day[day]):
        days = list(days_of_group)
        if times:
            parts.append(_("%(days)s, %(times)s") % {"days": _days(days), "times": _times(times)})
    return "; ".join(parts)


def _days(days: list[int]) -> str:
    if len(days) == 7:
        return _("Daily")
    first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
    return first if len(days) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _times(times: list[tuple[time, time]]) -> str:
    joined = [
        _("day and night")
        if opens == closes
        else _("%(opens)s to %(closes)s") % {"opens": clock(opens), "closes": clock(closes)}
        for opens, closes in times
    ]
    return _(" and ").join(joined)

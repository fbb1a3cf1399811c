"""Which days a group meets on: RFC 5545 rules, in the wall time of the place where it meets.

A rule is kept in one canonical writing, without DTSTART, UNTIL and COUNT: those are columns of the schedule. What can
be kept is what people say: every week or every n weeks on some days, every month or every n months on the first, third
or last such day or on a day of the month. DAILY is written as WEEKLY on all days, and BYSETPOS as the number before
the day. `once` is the empty rule.

Times are wall times until the very end: an hour that the clock skips moves forward by the gap, and of an hour that
comes twice the first is meant (RFC 5545, 3.3.5).
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from django.utils.translation import gettext as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
MOST_EVERY = 52
MOST_COUNT = 2000
LONGEST_RULE = 500
WEEKLY = "FREQ=WEEKLY;BYDAY="  # how a rule of every week begins
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+\-:]+)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class RuleRefused(ValueError):
    """The rule is no rule, or none that people meet by. The message is for whoever wrote it."""


def local_to_utc(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time in `zone`."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def canonical(rule: str) -> str:
    """`rule` in our one writing. Raises RuleRefused."""
    parts = _parts(rule)
    if parts and "FREQ" not in parts:
        raise RuleRefused(_("This is not a rule for meetings (RFC 5545)."))
    for name in ("UNTIL", "COUNT"):
        parts.pop(name, None)
    week = parts.pop("WKST", "MO")
    if week not in DAYS:
        raise RuleRefused(_("This is not a rule for meetings (RFC 5545)."))
    if not parts:
        return ""
    frequency = parts.pop("FREQ", "")
    every = _number(parts.pop("INTERVAL", "1"), 1, MOST_EVERY)
    written = {"WEEKLY": _weekly, "DAILY": _daily, "MONTHLY": _monthly}.get(frequency)
    if written is None:
        raise RuleRefused(
            _("We can list groups that meet by the week or by the month, and not by “%s”.") % frequency[:20]
        )
    rest = written(parts, every)
    if parts:
        raise RuleRefused(_("We cannot read this part of the rule: %s.") % ", ".join(sorted(parts))[:80])
    interval = f"INTERVAL={every};" if every > 1 else ""
    begins = f";WKST={week}" if frequency == "WEEKLY" and every > 1 and week != "MO" else ""
    return f"FREQ={'WEEKLY' if frequency == 'DAILY' else frequency};{interval}{rest}{begins}"


def ending(rule: str, first: date, start: time = time(), zone: str = "UTC") -> date | None:
    """The last day that UNTIL or COUNT of a rule allows, counted from `first`. Raises RuleRefused.

    UNTIL is often an instant, in UTC where DTSTART names a zone (RFC 5545, 3.3.10): the last day is then the last one
    on which a meeting at `start`, by the clock of `zone`, begins no later.
    """
    parts = _parts(rule)
    if "UNTIL" in parts and "COUNT" in parts:
        raise RuleRefused(_("The rule says twice when the meetings end."))
    if "UNTIL" in parts:
        return _last_day(parts["UNTIL"], start, zone)
    if "COUNT" in parts:
        count = _number(parts["COUNT"], 1, MOST_COUNT)
        days = list(rrulestr(f"{canonical(rule)};COUNT={count}", dtstart=datetime.combine(first, time())))
        return _not_too_late(days[-1].date() if days else first)
    return None


def _last_day(until: str, start: time, zone: str) -> date:
    match = _UNTIL.fullmatch(until)
    clock = match[2] if match else None
    try:
        if match is None:
            raise ValueError(until)
        wall = datetime.strptime(until[:8] + (clock or "235959"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - a wall time
        if clock and until.endswith("Z"):
            wall = wall.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        last = wall.date() if wall.time() >= start else wall.date() - timedelta(days=1)
    except (ValueError, OverflowError):
        raise RuleRefused(_("We cannot read the day on which the meetings end.")) from None
    return _not_too_late(last)


def _not_too_late(day: date) -> date:
    if day > LATEST:
        raise RuleRefused(_("The last day must lie before 2101. Leave it out if there is none."))
    return day


def days(rule: str, first: date, until: date | None, after: date, before: date) -> list[date]:
    """The days of `rule` from `after` to `before`, both included; `first` is the first that counts.

    The rule begins to count on `first` even if that is none of its days, as RFC 5545 has it for DTSTART in practice:
    a day that the rule does not name is no meeting.
    """
    before = min(before, until or before, LATEST)
    after = max(after, first)
    if before < after:
        return []
    if not rule:
        return [first] if after <= first <= before else []
    if is_weekly(rule):  # nearly all there are, so without the machinery
        named = _weekdays(rule)
        stretch = (after + timedelta(days=number) for number in range((before - after).days + 1))
        return [day for day in stretch if day.weekday() in named]
    found = _compiled(rule, _nearer(rule, first, after)).between(
        datetime.combine(after, time()), datetime.combine(before, time()), inc=True
    )
    return [day.date() for day in found]


def weekdays(rule: str, first: date) -> list[int]:
    """On which days of the week (Monday is 0) a rule can fall; none for a day of the month."""
    if not rule:
        return [first.weekday()]
    return sorted({DAYS.index(day) for day in re.findall(r"MO|TU|WE|TH|FR|SA|SU", _parts(rule).get("BYDAY", ""))})


def weeks_of_month(rule: str) -> list[int]:
    """Which ones of the month a rule such as "first and third Tuesday" names, -1 the last; none for other rules."""
    return [int(number) for number in re.findall(r"(-?\d)(?:MO|TU|WE|TH|FR|SA|SU)", _parts(rule).get("BYDAY", ""))]


def is_weekly(rule: str) -> bool:
    """Every week, so that formats which know nothing else can say it."""
    return rule.startswith(WEEKLY)


def weekly(on: Iterable[int], every: int = 1) -> str:
    """The rule for these days of the week (Monday is 0)."""
    names = ",".join(DAYS[day] for day in sorted(set(on)))
    return canonical(f"FREQ=WEEKLY;INTERVAL={every};BYDAY={names}")


def monthly(nth: Iterable[int], on: int) -> str:
    """The rule for the nth such day of the month: 1 to 5, -1 the last; `on` is the day of the week."""
    return canonical("FREQ=MONTHLY;BYDAY=" + ",".join(f"{number}{DAYS[on]}" for number in nth))


def _nearer(rule: str, first: date, after: date) -> date:
    """A later day to count from, whole periods on, so that a rule of long ago is read as quickly as a new one."""
    every = int(interval[1]) if (interval := re.search(r"INTERVAL=(\d+)", rule)) else 1
    if rule.startswith("FREQ=WEEKLY"):
        return first + timedelta(weeks=(after - first).days // 7 // every * every)
    months = (after.year - first.year) * 12 + after.month - first.month
    if months < every:
        return first
    year, month = divmod(first.year * 12 + first.month - 1 + months // every * every, 12)
    return date(year, month + 1, 1)


@lru_cache(maxsize=512)
def _weekdays(rule: str) -> frozenset[int]:
    return frozenset(DAYS.index(day) for day in rule.removeprefix(WEEKLY).split(";")[0].split(","))


@lru_cache(maxsize=4096)
def _compiled(rule: str, first: date) -> rrule:
    found = rrulestr(rule, dtstart=datetime.combine(first, time()))
    assert isinstance(found, rrule)  # noqa: S101 - one rule, so no set of them
    return found


def _parts(rule: str) -> dict[str, str]:
    text = rule.strip().upper().removeprefix("RRULE:").strip().rstrip(";")
    if not text:
        return {}
    if len(text) > LONGEST_RULE:
        raise RuleRefused(_("This rule is too long to be one that people meet by."))
    parts: dict[str, str] = {}
    for piece in text.split(";"):
        part = _PART.fullmatch(piece.strip())
        if part is None or part[1] in parts:
            raise RuleRefused(_("This is not a rule for meetings (RFC 5545)."))
        parts[part[1]] = part[2]
    return parts


def _weekly(parts: dict[str, str], every: int) -> str:
    found = _plain_days(parts.pop("BYDAY", ""))
    if not found:
        raise RuleRefused(_("Say on which days of the week the group meets."))
    return "BYDAY=" + ",".join(sorted(set(found), key=DAYS.index))


def _daily(parts: dict[str, str], every: int) -> str:
    if every > 1:
        raise RuleRefused(_("Every few days is no rhythm that we can list. Say on which days of the week."))
    named = _plain_days(parts.pop("BYDAY", "")) or list(DAYS)
    return "BYDAY=" + ",".join(sorted(set(named), key=DAYS.index))


def _monthly(parts: dict[str, str], every: int) -> str:
    if "BYMONTHDAY" in parts:
        numbers = {_number(day, -31, 31) for day in parts.pop("BYMONTHDAY").split(",")}
        return "BYMONTHDAY=" + ",".join(str(number) for number in sorted(numbers))
    position = parts.pop("BYSETPOS", "")
    named = _named_days(parts.pop("BYDAY", ""))
    if position:
        if len({day for _number, day in named}) != 1 or any(number for number, _day in named):
            raise RuleRefused(_("We can list one day of the week for each week of the month."))
        named = [(_number(each, -5, 5), named[0][1]) for each in position.split(",")]
    if not named or not all(number for number, _day in named) or any(abs(number) > 5 for number, _day in named):
        raise RuleRefused(_("Say which one of the month it is: the first Tuesday, the last Friday, the 15th."))
    ordered = sorted(set(named), key=lambda each: (each[0] < 0, each[0], DAYS.index(each[1])))
    return "BYDAY=" + ",".join(f"{number}{day}" for number, day in ordered)


def _plain_days(text: str) -> list[str]:
    """Days of the week alone: "the first Monday" of a week is no day (RFC 5545, 3.3.10)."""
    named = _named_days(text)
    if any(number for number, _day in named):
        raise RuleRefused(_("This is not a rule for meetings (RFC 5545)."))
    return [day for _number, day in named]


def _named_days(text: str) -> list[tuple[int, str]]:
    """(0 or which one of the month, the day's name) for each of BYDAY."""
    found = []
    for piece in filter(None, text.split(",")):
        named = _DAY.fullmatch(piece)
        if named is None:
            raise RuleRefused(_("This is not a rule for meetings (RFC 5545)."))
        found.append((int(named[1] or 0), named[2]))
    return found


def _number(text: str, lowest: int, highest: int) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", text) or not lowest <= int(text) <= highest or (lowest < 0 and int(text) == 0):
        raise RuleRefused(_("This number in the rule cannot be right: %s.") % text[:20])
    return int(text)

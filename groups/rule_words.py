"""A rule (recurrence.py) as people say it: "Every other Tuesday", "The first and third Monday of the month"."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.recurrence import DAYS

NTH = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    5: gettext_lazy("fifth"),
    -1: gettext_lazy("last"),
    -2: gettext_lazy("second to last"),
    -3: gettext_lazy("third to last"),
    -4: gettext_lazy("fourth to last"),
    -5: gettext_lazy("fifth to last"),
}


def in_words(rule: str, first_day: date) -> str:
    """`rule` in its canonical writing; the empty one is a single meeting on `first_day`. Another one stays as it is."""
    try:
        return _in_words(rule, first_day)
    except (KeyError, ValueError):
        return rule


def _in_words(rule: str, first_day: date) -> str:
    if not rule:
        return _("Once, on %(day)s") % {"day": date_format(first_day, "F j, Y")}
    parts = dict(part.split("=") for part in rule.split(";"))
    every = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "WEEKLY":
        return _weekly(every, [DAYS.index(day) for day in parts["BYDAY"].split(",")])
    which = _month_days(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else _nth_days(parts["BYDAY"])
    if every == 1:
        return _("The %(which)s of the month") % {"which": which}
    return ngettext("Every month: the %(which)s", "Every %(every)d months: the %(which)s", every) % {
        "every": every,
        "which": which,
    }


def _weekly(every: int, days: list[int]) -> str:
    if every == 1 and len(days) == len(DAYS):
        return _("Every day")
    said = {1: _("Every %(days)s"), 2: _("Every other %(days)s")}.get(
        every, ngettext("Every %(every)d week on %(days)s", "Every %(every)d weeks on %(days)s", every)
    )
    return said % {"every": every, "days": _and(str(WEEKDAYS[day]) for day in days)}


def _nth_days(by_day: str) -> str:
    """ "first and third Monday": the numbers of one day stand together."""
    numbers: dict[str, list[int]] = {}
    for number, day in re.findall(r"(-?\d)([A-Z]{2})", by_day):
        numbers.setdefault(day, []).append(int(number))
    said = [(_and(str(NTH[number]) for number in found), WEEKDAYS[DAYS.index(day)]) for day, found in numbers.items()]
    return _and(_("%(nth)s %(day)s") % {"nth": nth, "day": day} for nth, day in said)


def _month_days(by_month_day: str) -> str:
    return _and(_said_month_days(sorted((int(day) for day in by_month_day.split(",")), key=lambda day: (day < 0, day))))


def _said_month_days(days: Iterable[int]) -> Iterator[str]:
    for day in days:
        if day == -1:
            yield _("last day")
        elif day < 0:
            yield _("%(day)s to last day") % {"day": _ordinal(-day)}
        else:
            yield _ordinal(day)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _and(words: Iterable[str]) -> str:
    return get_text_list(list(words), _("and"))

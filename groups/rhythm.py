"""How often a group meets, as a form asks it: the usual rules (recurrence.py), without their letters."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import recurrence

OFTEN = {
    "1": gettext_lazy("Every week"),
    "2": gettext_lazy("Every 2 weeks"),
    "3": gettext_lazy("Every 3 weeks"),
    "4": gettext_lazy("Every 4 weeks"),
    "month": gettext_lazy("Once or more a month"),
    "once": gettext_lazy("Only once"),
}
NTH = {
    "1": gettext_lazy("first"),
    "2": gettext_lazy("second"),
    "3": gettext_lazy("third"),
    "4": gettext_lazy("fourth"),
    "5": gettext_lazy("fifth"),
    "-1": gettext_lazy("last"),
}
_WEEKLY = re.compile(r"FREQ=WEEKLY;(?:INTERVAL=([234]);)?BYDAY=([A-Z,]+)")
_MONTHLY = re.compile(r"FREQ=MONTHLY;BYDAY=((?:-?\d[A-Z]{2},?)+)")


@dataclass(frozen=True)
class Rhythm:
    """`often` is a key of OFTEN, `days` are days of the week (Monday is 0), `nth` keys of NTH."""

    often: str
    days: tuple[int, ...] = ()
    nth: tuple[str, ...] = ()

    @classmethod
    def of(cls, rule: str) -> "Rhythm | None":
        """None for a rule that the form has no words for: it can be kept, and not be made there."""
        if not rule:
            return cls("once")
        if weekly := _WEEKLY.fullmatch(rule):
            return cls(weekly[1] or "1", tuple(recurrence.DAYS.index(day) for day in weekly[2].split(",")))
        if monthly := _MONTHLY.fullmatch(rule):
            named = [(each[:-2], recurrence.DAYS.index(each[-2:])) for each in monthly[1].split(",")]
            nth, days = {number for number, _day in named}, {day for _number, day in named}
            if len(nth) * len(days) == len(named) and nth <= set(NTH):
                return cls("month", tuple(sorted(days)), tuple(number for number in NTH if number in nth))
        return None

    @property
    def rule(self) -> str:
        """In the one writing of recurrence.py. Raises RuleRefused where something is missing."""
        if self.often == "once":
            return ""
        if self.often == "month":
            named = ",".join(f"{number}{recurrence.DAYS[day]}" for number in self.nth for day in self.days)
            return recurrence.canonical(f"FREQ=MONTHLY;BYDAY={named}" if named else "FREQ=MONTHLY")
        if not self.days:
            raise recurrence.RuleRefused(_("Say on which days of the week the group meets."))
        return recurrence.weekly(self.days, int(self.often))

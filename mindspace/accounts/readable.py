"""Plain data as a page that people can read: headings, names and values.

A name that is not in NAMES is read as it is written. What only a machine needs is in the file, and not on the page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mindspace.site.hours import moment

NAMES = {
    "account": gettext_lazy("You, and how you sign in"),
    "notifications": gettext_lazy("What we told you"),
    "moderation": gettext_lazy("You and the moderators"),
    "vouching": gettext_lazy("Being vouched for"),
    "groups": gettext_lazy("Groups that you look after"),
    "circles": gettext_lazy("Your circles"),
    "mutualaid": gettext_lazy("What you posted and answered"),
    "reports": gettext_lazy("What you told us about others"),
    "mutualaid.asked": gettext_lazy("Whether you could help"),
    "timebank": gettext_lazy("Your hours"),
    "is_adult": gettext_lazy("18 or over"),
    "at": gettext_lazy("When"),
    "made_at": gettext_lazy("Written"),
    "opened_at": gettext_lazy("On the board since"),
    "closed_at": gettext_lazy("Off the board since"),
    "closed_as": gettext_lazy("How it ended"),
    "agreed_at": gettext_lazy("Agreed on"),
    "starts_at": gettext_lazy("Begins"),
    "chosen_at": gettext_lazy("Time chosen"),
    "passed_at": gettext_lazy("A moderator let it pass"),
    "held_for": gettext_lazy("Why somebody read it first"),
    "suggested_at": gettext_lazy("Time suggested"),
    "suggested_minutes": gettext_lazy("Minutes suggested"),
    "suggested_by_you": gettext_lazy("Suggested by you"),
    "done_by_author_at": gettext_lazy("Done, says who posted"),
    "done_by_other_at": gettext_lazy("Done, says who answered"),
    "ended_at": gettext_lazy("Ended"),
    "ends_on": gettext_lazy("Ends on"),
    "decided_at": gettext_lazy("Decided"),
    "lifted_at": gettext_lazy("Taken back"),
    "read_at": gettext_lazy("Read"),
    "area_name": gettext_lazy("Area"),
    "area_zip": gettext_lazy("ZIP code"),
    "zip_code": gettext_lazy("ZIP code"),
    "stated": gettext_lazy("Said so on"),
    "helps_not": gettext_lazy("What does not help"),
    "helps": gettext_lazy("What helps"),
    "category": gettext_lazy("About"),
    "lines": gettext_lazy("What you gave and got"),
    "slots": gettext_lazy("People needed"),
    "reckoning": gettext_lazy("In return"),
    "audience": gettext_lazy("Who sees it"),
    "state": gettext_lazy("How it stands"),
    "done_for_you_by_phone": gettext_lazy("What a moderator did for you"),
    "choices": gettext_lazy("What comes by mail"),
    "told": gettext_lazy("News"),
    "remote": gettext_lazy("By phone or online"),
    "bookable": gettext_lazy("Each time can be booked on its own"),
    "urgent": gettext_lazy("Read before others"),
    "hours": gettext_lazy("Hours each"),
    "start": gettext_lazy("From"),
    "asked_to_let_a_helper_pass": gettext_lazy("Where you asked a moderator to let somebody help"),
}
MACHINE = {"path", "area_point", "rule", "kind_name", "choice", "codes", "zone"}


@dataclass(frozen=True)
class Line:
    """One thing with its words; or, with `lines`, a heading over more."""

    name: str
    words: str = ""
    lines: list["Line"] = field(default_factory=list)


def lines(data: Mapping[str, Any]) -> list[Line]:
    """What is empty is left out."""
    return [line for name, value in data.items() if name not in MACHINE and (line := _line(_title(name), value))]


def _line(name: str, value: Any) -> Line | None:
    if value in (None, "", [], {}, ()):
        return None
    if isinstance(value, Mapping):
        within = lines(value)
        return Line(name, lines=within) if within else None
    if isinstance(value, list | tuple):
        if any(isinstance(each, Mapping) for each in value):
            return Line(name, lines=list(_numbered(value)))
        return Line(name, ", ".join(_words(each) for each in value))
    return Line(name, _words(value))


def _numbered(values: Any) -> Iterator[Line]:
    for number, value in enumerate(values, start=1):
        if line := _line(str(number), value):
            yield line


def _title(name: str) -> str:
    return str(NAMES.get(name, "")) or capfirst(name.replace("_", " "))


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(timezone.localtime(value), "M j, Y")
    if isinstance(value, date):
        return date_format(value, "M j, Y")
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)

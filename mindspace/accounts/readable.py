"""Plain data as a page that people can read: headings, names and values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """One thing with its words; or, with `lines`, a heading over more."""

    name: str
    words: str = ""
    lines: list["Line"] = field(default_factory=list)


def lines(data: Mapping[str, Any]) -> list[Line]:
    """What is empty is left out."""
    return [line for name, value in data.items() if (line := _line(_title(name), value))]


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
    return name.replace("_", " ").capitalize()


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "M j, Y, g:i A")
    if isinstance(value, date):
        return date_format(value, "M j, Y")
    return str(value)

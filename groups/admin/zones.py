"""Time zones as a choice: those of the United States by the names people use, then all others."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

OURS = [
    ("America/New_York", _("Eastern (New York)")),
    ("America/Chicago", _("Central (Chicago, Dallas)")),
    ("America/Denver", _("Mountain (Denver)")),
    ("America/Phoenix", _("Mountain without summer time (Phoenix)")),
    ("America/Los_Angeles", _("Pacific (Los Angeles)")),
    ("America/Anchorage", _("Alaska (Anchorage)")),
    ("Pacific/Honolulu", _("Hawaii (Honolulu)")),
    ("America/Puerto_Rico", _("Atlantic (Puerto Rico)")),
]
REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


def zone_choices(current: str = "") -> list[tuple[Any, Any]]:
    """The empty choice stands for "as at the place". `current` is offered even if it is none of ours."""
    choices = _choices()
    known = {name for name, _words in [*OURS, *choices[-1][1]]}
    return choices if not current or current in known else [*choices, (current, current)]


@lru_cache(maxsize=1)
def _choices() -> list[tuple[Any, Any]]:
    ours = {name for name, _words in OURS}
    others = sorted(name for name in available_timezones() if name.startswith(REGIONS) and name not in ours)
    elsewhere = [(name, name.replace("_", " ")) for name in others]
    return [("", _("As at the place")), *OURS, (_("Elsewhere"), [*elsewhere, ("UTC", "UTC")])]

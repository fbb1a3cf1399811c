"""The wall clock of the site, and the hour that is skipped in spring."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


class NoSuchTime(ValueError):
    """The clocks go forward over this time; the message says so."""


def at_wall_clock(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment when clocks in `zone` show this day and time; of a time shown twice in autumn, the first.

    Raises NoSuchTime for a time that no clock shows, and for a day too far off to reckon with.
    """
    wall = datetime.combine(day, clock)
    try:
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        exists = moment.astimezone(zone).replace(tzinfo=None) == wall
    except OverflowError as error:
        raise NoSuchTime(_("That day is too far off.")) from error
    if not exists:
        raise NoSuchTime(_("The clocks go forward then, so this time does not exist. Choose one an hour later."))
    return moment

"""An agreed time as a calendar file (RFC 5545). It says when, and to whoever looks over a shoulder nothing else."""

from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from mutualaid.models import Arrangement

BEFORE = timedelta(hours=2)


def file_of(arrangement: Arrangement) -> bytes:
    """One event. Sent again after a change, it takes the place of the earlier one: same UID, higher SEQUENCE."""
    assert arrangement.starts_at is not None  # noqa: S101 - asked for only where there is one
    event = Event()
    event.add("uid", f"{arrangement.pk}@calendar")
    event.add("dtstamp", arrangement.agreed_at)
    event.add("sequence", arrangement.sequence)
    event.add("summary", _("Meeting"))
    event.add("dtstart", arrangement.starts_at)
    event.add("dtend", arrangement.ends_at)
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Meeting"))
    alarm.add("trigger", -BEFORE)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())

"""Moments as the pages of the board say and send them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.wording import LONG_DAY, city_word
from mindspace.site import hours


def stamp(moment: datetime) -> str:
    """For an address or a field: UTC, without a plus sign."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_words(moment: datetime, zone: str, reader: ZoneInfo) -> str:
    """Such as "Thursday, November 26, 2.15 pm (Chicago time)".

    Where the clock of the reader shows another hour, that stands beside it: "(Chicago time; 3.15 pm in New York)".
    """
    there, here = timezone.localtime(moment, ZoneInfo(zone)), timezone.localtime(moment, reader)
    said = {"when": hours.moment(there, LONG_DAY), "city": city_word(zone)}
    if here.utcoffset() == there.utcoffset():
        return _("%(when)s (%(city)s time)") % said
    said["here"] = hours.moment(here, LONG_DAY if here.date() != there.date() else "")
    said["own_city"] = city_word(str(reader))
    return _("%(when)s (%(city)s time; %(here)s in %(own_city)s)") % said


def in_full(moment: datetime | None, minutes: int | None, zone: str, reader: ZoneInfo) -> str:
    """With how long it takes, where that was said; "" without a moment."""
    if moment is None:
        return ""
    when = in_words(moment, zone, reader)
    return _("%(when)s, %(length)s") % {"when": when, "length": length(minutes)} if minutes else when


def length(minutes: int) -> str:
    """Such as "2 hours", "45 minutes", "1 hour and 30 minutes"."""
    full, rest = divmod(minutes, 60)
    whole = ngettext("%(count)d hour", "%(count)d hours", full) % {"count": full}
    part = ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
    if full and rest:
        return _("%(hours)s and %(minutes)s") % {"hours": whole, "minutes": part}
    return part if rest else whole

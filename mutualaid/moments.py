"""Moments as the pages of the board say and send them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mindspace.site.hours import clock


def stamp(moment: datetime) -> str:
    """For an address or a field: UTC, without a plus sign."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_words(moment: datetime, zone: str) -> str:
    """Such as "Thursday, November 26, 2:15 pm", in that zone."""
    local = timezone.localtime(moment, ZoneInfo(zone))
    return f"{date_format(local, 'l, F j')}, {clock(local.time())}"


def length(minutes: int) -> str:
    """Such as "2 hours", "45 minutes", "1 hour and 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    whole = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    part = ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
    if hours and rest:
        return _("%(hours)s and %(minutes)s") % {"hours": whole, "minutes": part}
    return part if rest else whole

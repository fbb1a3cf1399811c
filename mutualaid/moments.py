"""Moments as the pages of the board say and send them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from mindspace.site.hours import clock


def stamp(moment: datetime) -> str:
    """For an address or a field: UTC, without a plus sign."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_words(moment: datetime, zone: str) -> str:
    """Such as "Thursday, November 26, 2:15 pm", in that zone."""
    local = timezone.localtime(moment, ZoneInfo(zone))
    return f"{date_format(local, 'l, F j')}, {clock(local.time())}"

"""When a member is not to be disturbed, in the wall time of where they live."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mindspace.accounts.models import User
from mindspace.site.models import SiteDetails

MORNING = time(8)  # when what is told once a day is told


def zone_of(user: User) -> ZoneInfo:
    """The member's own zone; where they have named none, the site's."""
    profile = getattr(user, "profile", None)
    try:
        return ZoneInfo(getattr(profile, "time_zone", "") or SiteDetails.current().time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def next_time(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first moment after `now` at which clocks in `zone` show `at`, or jump over it."""
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(3)]
    # An hour that comes twice in the fall is fold 0, then fold 1.
    moments = [datetime.combine(day, at, zone).replace(fold=fold) for day in days for fold in (0, 1)]
    utc = ZoneInfo("UTC")
    return min(moment.astimezone(utc) for moment in moments if moment.astimezone(utc) > now)


def after_quiet(now: datetime, starts: time | None, ends: time | None, zone: ZoneInfo) -> datetime:
    """`now`, or the end of the quiet hours that it lies in. They may run over midnight."""
    if starts is None or ends is None or starts == ends:
        return now
    clock = now.astimezone(zone).time()
    is_quiet = starts <= clock < ends if starts < ends else clock >= starts or clock < ends
    return next_time(now, ends, zone) if is_quiet else now

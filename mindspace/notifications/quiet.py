"""When a member is not to be disturbed, in the wall time of where they live."""

from datetime import UTC, datetime, time, timedelta
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
    """The first moment after `now` at which clocks in `zone` show `at`, in UTC.

    A time that they jump over in spring counts as it would without the jump; one that comes twice in fall counts twice.
    """
    today = now.astimezone(zone).date()
    first = [datetime.combine(today + timedelta(days=ahead), at, zone) for ahead in range(3)]
    again = [moment.replace(fold=1) for moment in first]
    twice = [later for moment, later in zip(first, again, strict=True) if later.utcoffset() < moment.utcoffset()]  # type: ignore[operator]
    return min(moment for moment in (each.astimezone(UTC) for each in (*first, *twice)) if moment > now)


def after_quiet(now: datetime, starts: time | None, ends: time | None, zone: ZoneInfo) -> datetime:
    """`now`, or the end of the quiet hours that it lies in. They may run over midnight."""
    if starts is None or ends is None or starts == ends:
        return now
    clock = now.astimezone(zone).time()
    is_quiet = starts <= clock < ends if starts < ends else clock >= starts or clock < ends
    return next_time(now, ends, zone) if is_quiet else now

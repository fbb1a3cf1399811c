"""The time zones in calendars say what the time zone database says, for the years ahead."""

# ruff: noqa: DTZ001 - wall times, which have no zone

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical

from groups.exports.timezones import timezone_of

USUAL = (
    "America/Chicago", "America/New_York", "America/Phoenix", "Pacific/Honolulu", "Europe/London", "Asia/Kathmandu",
    "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "Asia/Jerusalem", "America/Nuuk", "UTC",
)  # fmt: skip


def is_plain(wall: datetime, zone: str) -> bool:
    """Whether a clock shows `wall` just once. About the others, readers differ."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    exists = there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall
    return exists and there.utcoffset() == there.replace(fold=1).utcoffset()


def differences(zone: str, begins: datetime, ends: datetime, step: timedelta) -> list[datetime]:
    """The wall times of which dateutil's own reader thinks otherwise than the database."""
    read = tzical(io.StringIO(timezone_of(zone).decode())).get(zone)
    walls = (begins + number * step for number in range((ends - begins) // step))
    return [
        wall
        for wall in walls
        if is_plain(wall, zone)
        and wall.replace(tzinfo=read).utcoffset() != wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    ]


@pytest.mark.parametrize("zone", USUAL)
def test_a_zone_is_right_for_thirty_years_back_and_ahead(zone: str) -> None:
    assert differences(zone, datetime(1992, 1, 1), datetime(2060, 1, 1), timedelta(hours=67)) == []


@pytest.mark.parametrize("zone", USUAL[:2])
@pytest.mark.parametrize("begins", [datetime(2026, 3, 7), datetime(2033, 10, 31), datetime(2045, 3, 7)])
def test_a_change_comes_at_its_minute(zone: str, begins: datetime) -> None:
    assert differences(zone, begins, begins + timedelta(days=12), timedelta(minutes=15)) == []


def test_every_zone_can_be_written_briefly() -> None:
    assert max(len(timezone_of(zone)) for zone in sorted(available_timezones())[::12]) < 4000

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.times import NoSuchTime, at_wall_clock

IRVING = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2027, 1, 5), time(9), datetime(2027, 1, 5, 15, tzinfo=UTC)),
        (date(2027, 7, 5), time(9), datetime(2027, 7, 5, 14, tzinfo=UTC)),
        (date(2027, 3, 14), time(1, 59), datetime(2027, 3, 14, 7, 59, tzinfo=UTC)),
        (date(2027, 3, 14), time(3), datetime(2027, 3, 14, 8, tzinfo=UTC)),
        (date(2027, 11, 7), time(1), datetime(2027, 11, 7, 6, tzinfo=UTC)),  # the first of two
        (date(2027, 11, 7), time(2), datetime(2027, 11, 7, 8, tzinfo=UTC)),
    ],
)
def test_the_moment_of_a_wall_clock(day: date, clock: time, moment: datetime) -> None:
    assert at_wall_clock(day, clock, IRVING) == moment


@pytest.mark.parametrize("clock", [time(2), time(2, 30), time(2, 59, 59)])
def test_the_hour_that_is_skipped(clock: time) -> None:
    with pytest.raises(NoSuchTime, match="does not exist"):
        at_wall_clock(date(2027, 3, 14), clock, IRVING)


@given(
    st.dates(), st.times(), st.sampled_from(["America/Chicago", "Pacific/Apia", "Europe/Dublin", "Australia/Lord_Howe"])
)
def test_any_day_gives_a_moment_that_clocks_show_or_words(day: date, clock: time, zone: str) -> None:
    try:
        moment = at_wall_clock(day, clock, ZoneInfo(zone))
    except NoSuchTime:
        return
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, clock)

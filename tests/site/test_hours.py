"""Open or closed, and until when: by example, and against a second implementation that counts minutes."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindspace.site.hours import OpenState, Span, in_words, open_state, part_of_day

CHICAGO = ZoneInfo("America/Chicago")
DAILY = [Span(day, time(8), time(22)) for day in range(7)]
NIGHTS = [Span(day, time(20), time(2)) for day in range(7)]
ALWAYS = [Span(day, time(0), time(0)) for day in range(7)]


def here(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO, fold=fold)


def state(spans: list[Span], at: datetime, closed_on: tuple[date, ...] = ()) -> OpenState:
    return open_state(spans, closed_on, CHICAGO, at)


@pytest.mark.parametrize(
    ("at", "is_open", "detail"),
    [
        ("2026-06-03T07:59:59", False, "we open at 8.00 am"),
        ("2026-06-03T08:00:00", True, "until 10.00 pm"),
        ("2026-06-03T21:59:59", True, "until 10.00 pm"),
        ("2026-06-03T22:00:00", False, "we open tomorrow at 8.00 am"),
        ("2026-06-03T23:59:59", False, "we open tomorrow at 8.00 am"),
        ("2026-06-04T00:00:00", False, "we open at 8.00 am"),
    ],
)
def test_a_day_from_eight_to_ten(at: str, is_open: bool, detail: str) -> None:
    found = state(DAILY, here(at))
    assert (found.is_open, found.detail) == (is_open, detail)


@pytest.mark.parametrize(
    ("at", "is_open", "detail"),
    [
        ("2026-06-03T19:59", False, "we open at 8.00 pm"),
        ("2026-06-03T23:59", True, "until 2.00 am"),
        ("2026-06-04T00:00", True, "until 2.00 am"),
        ("2026-06-04T01:59", True, "until 2.00 am"),
        ("2026-06-04T02:00", False, "we open at 8.00 pm"),
    ],
)
def test_a_span_over_midnight(at: str, is_open: bool, detail: str) -> None:
    found = state(NIGHTS, here(at))
    assert (found.is_open, found.detail) == (is_open, detail)


@pytest.mark.parametrize("day", ["2026-03-08", "2027-03-14"])
def test_the_night_the_clock_springs_forward(day: str) -> None:
    """2 am to 3 am does not exist: 8 pm to 4 am lasts seven hours, and 1.59 am is followed by 3 am."""
    spans = [Span(weekday, time(20), time(4)) for weekday in range(7)]
    opens = here(f"{day}T20:00") - timedelta(days=1)
    closes = here(f"{day}T04:00")
    assert closes.astimezone(UTC) - opens.astimezone(UTC) == timedelta(hours=7)
    for minutes in range(7 * 60):
        assert state(spans, opens.astimezone(UTC) + timedelta(minutes=minutes)).until == closes
    assert not state(spans, opens.astimezone(UTC) + timedelta(hours=7)).is_open


@pytest.mark.parametrize("day", ["2026-11-01", "2027-11-07"])
def test_the_night_the_clock_falls_back(day: str) -> None:
    """1 am to 2 am comes twice: 8 pm to 4 am lasts nine hours; a span that closes at 1.30 am closes the first time."""
    spans = [Span(weekday, time(20), time(4)) for weekday in range(7)]
    opens = (here(f"{day}T20:00") - timedelta(days=1)).astimezone(UTC)
    assert all(state(spans, opens + timedelta(minutes=minutes)).is_open for minutes in range(9 * 60))
    assert not state(spans, opens + timedelta(hours=9)).is_open

    early = [Span(weekday, time(20), time(1, 30)) for weekday in range(7)]
    assert state(early, here(f"{day}T01:29", fold=0)).is_open
    assert not state(early, here(f"{day}T01:30", fold=0)).is_open
    assert not state(early, here(f"{day}T01:29", fold=1)).is_open


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"])
def test_the_word_keeps_to_the_clock_on_the_wall_after_a_change(day: str) -> None:
    assert state(DAILY, here(f"{day}T07:59")).detail == "we open at 8.00 am"
    assert state(DAILY, here(f"{day}T08:00")).detail == "until 10.00 pm"
    assert not state(DAILY, here(f"{day}T22:00")).is_open


def test_a_closed_day() -> None:
    christmas = (date(2026, 12, 25),)
    assert state(DAILY, here("2026-12-24T22:30"), christmas).detail == "we open on Saturday, December 26 at 8.00 am"
    assert not state(DAILY, here("2026-12-25T12:00"), christmas).is_open
    # The evening before belongs to the day before: it ends when it ends.
    assert state(NIGHTS, here("2026-12-25T01:00"), christmas).is_open
    assert not state(NIGHTS, here("2026-12-25T20:00"), christmas).is_open


def test_spans_that_meet_are_one() -> None:
    spans = [Span(0, time(20), time(0)), Span(1, time(0), time(8))]
    assert state(spans, here("2026-06-01T21:00")).detail == "until 8.00 am"


def test_day_and_night_never_ends() -> None:
    found = state(ALWAYS, here("2026-06-03T03:00"))
    assert (found.is_open, found.until, found.detail) == (True, None, "day and night")


def test_no_hours_at_all_promise_nothing() -> None:
    found = state([], here("2026-06-03T12:00"))
    assert (found.is_open, found.opens_at, found.detail) == (False, None, "")


def test_the_week_in_words() -> None:
    assert in_words(DAILY) == "Daily, 8.00 am to 10.00 pm"
    assert in_words(ALWAYS) == "Daily, day and night"
    assert in_words([]) == ""
    week = [Span(day, time(9), time(17, 30)) for day in range(5)] + [Span(5, time(12), time(0))]
    assert in_words(week) == "Monday to Friday, 9.00 am to 5.30 pm; Saturday, 12.00 pm to 12.00 am"
    assert in_words([Span(2, time(9), time(12)), Span(2, time(13), time(17))]) == (
        "Wednesday, 9.00 am to 12.00 pm and 1.00 pm to 5.00 pm"
    )


def test_the_part_of_the_day() -> None:
    parts = [part_of_day(time(hour)) for hour in range(24)]
    assert parts == ["night"] * 5 + ["morning"] * 7 + ["day"] * 5 + ["evening"] * 5 + ["night"] * 2


# -- A second implementation: every minute is looked at on the wall clock. ----------------------

CHANGES = [date(2026, 3, 8), date(2026, 11, 1), date(2027, 3, 14), date(2027, 11, 7)]
AROUND = timedelta(days=25)
AHEAD = timedelta(days=12)


@cache
def minutes_around(change: date) -> tuple[list[datetime], dict[datetime, int]]:
    """Each minute around a clock change, in UTC, and the index at which the wall clock first shows a time."""
    start = datetime.combine(change, time(), UTC) - AROUND
    minutes = [start + timedelta(minutes=index) for index in range(2 * AROUND // timedelta(minutes=1))]
    first: dict[datetime, int] = {}
    for index, minute in enumerate(minutes):
        first.setdefault(minute.astimezone(CHICAGO).replace(tzinfo=None), index)
    return minutes, first


def open_minutes(spans: list[Span], closed_on: frozenset[date], change: date) -> bytearray:
    """A flag per minute: is somebody there? A time the clock skips is the one that shows an hour later."""
    minutes, first = minutes_around(change)
    flags = bytearray(len(minutes))

    def index(day: date, at: time) -> int | None:
        wall = datetime.combine(day, at)
        return first.get(wall, first.get(wall + timedelta(hours=1)))

    for offset in range(-AROUND.days + 2, AROUND.days - 2):
        day = change + timedelta(days=offset)
        for span in spans:
            if span.weekday != day.weekday() or day in closed_on:
                continue
            begin, end = index(day, span.opens), index(day + timedelta(days=span.closes <= span.opens), span.closes)
            assert begin is not None
            assert end is not None
            for minute in range(begin, end):
                flags[minute] = 1
    return flags


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
weeks = st.lists(st.builds(Span, st.integers(0, 6), clocks, clocks), max_size=9)


@settings(deadline=None, max_examples=300)  # the first look at a month of minutes takes half a second
@given(
    spans=weeks,
    change=st.sampled_from(CHANGES),
    minute=st.integers(-4 * 24 * 60, 4 * 24 * 60),
    closed=st.frozensets(st.integers(-4, 8), max_size=3),
)
def test_it_agrees_with_counting_minutes(spans: list[Span], change: date, minute: int, closed: frozenset[int]) -> None:
    closed_on = frozenset(change + timedelta(days=offset) for offset in closed)
    minutes, _first = minutes_around(change)
    flags = open_minutes(spans, closed_on, change)
    now = datetime.combine(change, time(8), UTC) + timedelta(minutes=minute)
    start = minutes.index(now)
    found = open_state(spans, closed_on, CHICAGO, now)

    assert found.is_open == bool(flags[start])
    turns = next((index for index in range(start, len(minutes)) if flags[index] != flags[start]), None)
    turn = minutes[turns] if turns is not None else None
    told = found.until if found.is_open else found.opens_at
    if turn is not None and turn - now < AHEAD:
        assert told is not None
        assert told.astimezone(UTC) == turn

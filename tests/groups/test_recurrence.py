"""The next meetings are right for two years ahead, against a second implementation over random rules and zones."""

# ruff: noqa: DTZ001 - wall times, which have no zone

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from groups import recurrence
from groups.models import Group, MeetingException, MeetingSchedule
from tests.groups.naive_calendar import Rhythm, days, instant

ZONES = (
    "America/Chicago", "America/New_York", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe",
    "America/Sao_Paulo", "Pacific/Apia",
)  # fmt: skip
TWO_YEARS = timedelta(days=730)
# Hours at which some clock jumps, beside any other.
TIMES = st.sampled_from(
    [time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(2, 30), time(23, 59)]
) | st.times(max_value=time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0))
WEEKDAYS = st.integers(0, 6)
RHYTHMS = st.one_of(
    st.builds(
        Rhythm,
        every=st.integers(1, 5),
        days=st.lists(WEEKDAYS, min_size=1, max_size=4, unique=True).map(tuple),
        week=WEEKDAYS,
    ),
    st.builds(
        Rhythm,
        every=st.integers(1, 4),
        nth=st.lists(
            st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]), WEEKDAYS), min_size=1, max_size=3, unique=True
        ).map(tuple),
    ),
    st.builds(
        Rhythm,
        every=st.integers(1, 4),
        month_days=st.lists(st.sampled_from([1, 13, 15, 29, 30, 31, -1, -2, -31]), min_size=1, max_size=3, unique=True)
        .map(sorted)
        .map(tuple),
    ),
)
THOROUGH = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def schedule(rule: str, **fields: Any) -> MeetingSchedule:
    """One that is in no database."""
    whole = {"pk": 1, "modality": "online", "first_day": date(2026, 3, 3), "start": time(18, 30),
             "zone": "America/Chicago", "rule": rule, "exceptions": [], **fields}  # fmt: skip
    otherwise = whole.pop("exceptions")
    made = MeetingSchedule(**whole)
    made._prefetched_objects_cache = {"exceptions": otherwise}
    return made


@THOROUGH
@given(
    rhythm=RHYTHMS,
    zone=st.sampled_from(ZONES),
    start=TIMES,
    minutes=st.sampled_from([5, 60, 90, 24 * 60]),
    now=st.datetimes(datetime(2009, 1, 1), datetime(2036, 1, 1)),
    begun=st.integers(-300, 4000),
    ends_after=st.none() | st.integers(0, 5000),
    data=st.data(),
)
@example(  # Samoa had no December 30, 2011
    rhythm=Rhythm(1, days=(4,)), zone="Pacific/Apia", start=time(18), minutes=60, now=datetime(2011, 12, 1), begun=30,
    ends_after=None, data=None,
)  # fmt: skip
@example(  # midnight did not come on the night of the jump
    rhythm=Rhythm(1, days=(6,)), zone="America/Sao_Paulo", start=time(0), minutes=60, now=datetime(2016, 1, 1),
    begun=30, ends_after=None, data=None,
)  # fmt: skip
def test_the_next_meetings_are_those_of_a_second_implementation(
    rhythm: Rhythm, zone: str, start: time, minutes: int, now: datetime, begun: int, ends_after: int | None, data: Any
) -> None:
    first = (now - timedelta(days=begun)).date()
    until = None if ends_after is None else first + timedelta(days=ends_after)
    after = now.replace(tzinfo=UTC)
    before = after + TWO_YEARS
    on = days(rhythm, first, until, before.date() + timedelta(days=3))
    moved, cancelled = data.draw(exceptions(on)) if data else ({}, set())
    expected = []
    for day in on:
        begins = instant(moved.get(day, datetime.combine(day, start)), zone)
        ends = begins + timedelta(minutes=minutes)
        if day not in cancelled and ends > after and begins < before:
            expected.append((begins, ends))
    made = schedule(
        recurrence.canonical(rhythm.rule), first_day=first, start=start, duration=minutes, zone=zone, until=until,
        exceptions=[
            *(MeetingException(day=day, kind="cancelled") for day in cancelled),
            *(
                MeetingException(day=day, kind="moved", moved_day=to.date(), moved_time=to.time())
                for day, to in moved.items()
            ),
        ],
    )  # fmt: skip
    found = [(meeting.starts.astimezone(UTC), meeting.ends.astimezone(UTC)) for meeting in made.meetings(after, before)]
    assert sorted(found) == sorted(expected)
    soonest = made.next_meeting(after)
    assert (soonest.starts if soonest else None) == (min(expected)[0] if expected else None)


@st.composite
def exceptions(draw: Any, on: list[date]) -> tuple[dict[date, datetime], set[date]]:
    """Some of the days moved and others cancelled, and exceptions for days on which nothing is held anyway."""
    some = st.sampled_from(on) if on else st.nothing()
    other = st.dates(date(2009, 1, 1), date(2037, 12, 31)).filter(lambda day: day not in on)
    moved = draw(st.lists(some | other, max_size=3, unique=True))
    cancelled = draw(st.lists((some | other).filter(lambda day: day not in moved), max_size=3, unique=True))
    away = st.integers(-40, 40)
    to = {day: datetime.combine(day + timedelta(days=draw(away)), draw(TIMES)) for day in moved}
    return to, set(cancelled)


@THOROUGH
@given(rhythm=RHYTHMS, first=st.dates(date(1990, 1, 1), date(2030, 1, 1)), count=st.integers(1, 40))
def test_a_count_becomes_the_last_day(rhythm: Rhythm, first: date, count: int) -> None:
    on = days(rhythm, first, None, first + timedelta(days=6000))
    assume(len(on) >= count)
    assert recurrence.ending(f"{rhythm.rule};COUNT={count}", first) == on[count - 1]


@THOROUGH
@given(rhythm=RHYTHMS, first=st.dates(date(1990, 1, 1), date(2030, 1, 1)), day=st.integers(0, 3000), start=TIMES,
       zone=st.sampled_from(ZONES))  # fmt: skip
def test_an_until_in_utc_is_the_last_day_where_the_group_meets(
    rhythm: Rhythm, first: date, day: int, start: time, zone: str
) -> None:
    last = first + timedelta(days=day)
    until = recurrence.local_to_utc(datetime.combine(last, start), zone)
    assume(instant(datetime.combine(last, start), zone).astimezone(UTC) == until)
    wall = until.astimezone(recurrence.ZoneInfo(zone))
    assume(wall.date() == last)
    rule = f"{rhythm.rule};UNTIL={until:%Y%m%dT%H%M%SZ}"
    assert recurrence.ending(rule, first, start, zone) == last
    a_second_too_early = f"{rhythm.rule};UNTIL={until - timedelta(seconds=1):%Y%m%dT%H%M%SZ}"
    if wall.time() == start:
        assert recurrence.ending(a_second_too_early, first, start, zone) == last - timedelta(days=1)


@THOROUGH
@given(rhythm=RHYTHMS)
def test_the_one_writing_is_stable_and_says_the_same(rhythm: Rhythm) -> None:
    first = date(2026, 1, 1)
    written = recurrence.canonical(rhythm.rule)
    assert recurrence.canonical(written) == written
    theirs = rrulestr(rhythm.rule, dtstart=datetime(2026, 1, 1)).between(
        datetime(2026, 1, 1), datetime(2028, 1, 1), inc=True
    )
    assert recurrence.days(written, first, None, first, date(2028, 1, 1)) == [each.date() for each in theirs]


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        (datetime(2026, 3, 8, 2, 30), "America/Chicago", datetime(2026, 3, 8, 8, 30)),  # is 3:30
        (datetime(2026, 11, 1, 1, 30), "America/Chicago", datetime(2026, 11, 1, 6, 30)),  # the first of two
        (datetime(2026, 10, 4, 2, 15), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 45)),  # is 2:45: half an hour
        (datetime(2018, 11, 4, 0, 0), "America/Sao_Paulo", datetime(2018, 11, 4, 3, 0)),  # is 1:00
        (datetime(2011, 12, 30, 18, 0), "Pacific/Apia", datetime(2011, 12, 31, 4, 0)),  # is the 31st, at the same hour
        (datetime(2026, 5, 5, 18, 0), "Asia/Kathmandu", datetime(2026, 5, 5, 12, 15)),
    ],
)
def test_a_time_that_does_not_exist_moves_forward_and_of_two_the_first_counts(
    wall: datetime, zone: str, utc: datetime
) -> None:
    assert recurrence.local_to_utc(wall, zone) == utc.replace(tzinfo=UTC) == instant(wall, zone)


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=TH,TU", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("freq=weekly;interval=1;byday=tu;wkst=su", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"),
        ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        ("FREQ=DAILY;BYDAY=MO,FR", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=MONTHLY;BYSETPOS=1,-1;BYDAY=MO", "FREQ=MONTHLY;BYDAY=1MO,-1MO"),
        ("FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20270101", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("", ""),
    ],
)
def test_rules_are_kept_in_one_writing(rule: str, written: str) -> None:
    assert recurrence.canonical(rule) == written


REFUSED = [
    ("FREQ=WEEKLY;BYDAY=TU;COUNT=1000000000", "number"),
    ("FREQ=WEEKLY;BYDAY=TU;COUNT=0", "number"),
    ("FREQ=WEEKLY;BYDAY=TU;COUNT=99999999999999999999", "number"),
    ("FREQ=WEEKLY;BYDAY=TU;COUNT=3;UNTIL=20270101", "twice"),
    ("FREQ=WEEKLY;BYDAY=TU;UNTIL=99991231", "before 2101"),
    ("FREQ=WEEKLY;BYDAY=TU;UNTIL=99991231T235959Z", "before 2101"),
    ("FREQ=WEEKLY;BYDAY=TU;UNTIL=00000101T000000Z", "cannot read the day"),
    ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260231", "cannot read the day"),
    ("FREQ=WEEKLY;BYDAY=TU;UNTIL=2026", "cannot read the day"),
    ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=0", "number"),
    ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=1000000", "number"),
    ("FREQ=WEEKLY;BYDAY=1TU,WE", "not a rule"),
    ("FREQ=WEEKLY", "days of the week"),
    ("FREQ=SECONDLY", "by the week or by the month"),
    ("FREQ=YEARLY;BYMONTH=1;BYDAY=1MO", "by the week or by the month"),
    ("FREQ=DAILY;INTERVAL=3", "no rhythm"),
    ("FREQ=MONTHLY", "Say which one"),
    ("FREQ=MONTHLY;BYDAY=TU", "Say which one"),
    ("FREQ=MONTHLY;BYDAY=6TU", "Say which one"),
    ("FREQ=MONTHLY;BYMONTHDAY=0", "number"),
    ("FREQ=MONTHLY;BYMONTHDAY=32", "number"),
    ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "cannot read this part"),
    ("FREQ=WEEKLY;BYDAY=TU;BYHOUR=9", "cannot read this part"),
    ("FREQ=WEEKLY;BYDAY=TU;BYDAY=WE", "not a rule"),
    ("FREQ=WEEKLY;BYDAY=XX", "not a rule"),
    ("FREQ=WEEKLY;BYDAY=TU;WKST=1", "not a rule"),
    ("COUNT=3", "not a rule"),
    ("WKST=MO", "not a rule"),
    ("every Tuesday", "not a rule"),
    ("FREQ=WEEKLY;BYDAY=TU\x00", "not a rule"),
    ("FREQ=WEEKLY;BYDAY=TU\nEXDATE:20260303", "not a rule"),
    ("FREQ=WEEKLY;BYDAY=" + "TU," * 3_333_333, "too long"),
    ("A" * 10_000_000, "too long"),
]


def read(rule: str) -> str:
    recurrence.ending(rule, date(2026, 3, 3), time(18, 30), "America/Chicago")
    return recurrence.canonical(rule)


@pytest.mark.parametrize(("rule", "said"), REFUSED, ids=lambda each: each[:40])
def test_what_is_no_rule_is_refused_in_words(rule: str, said: str) -> None:
    with pytest.raises(recurrence.RuleRefused, match=said) as refused:
        read(rule)
    assert len(str(refused.value)) < 200


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"FREQ=(WEEKLY|MONTHLY);([A-Z]{2,10}=[A-Z0-9,+-]{0,10};?){0,3}"))
def test_no_junk_ends_in_anything_but_a_rule_or_a_refusal(rule: str) -> None:
    try:
        written = read(rule)
    except recurrence.RuleRefused:
        return
    assert recurrence.canonical(written) == written
    recurrence.days(written, date(2026, 3, 3), None, date(2026, 3, 3), date(2028, 3, 3))


@pytest.mark.django_db
class TestSchedule:
    """What the model makes of it."""

    @pytest.fixture
    def group(self) -> Group:
        return Group.objects.create(
            slug="tea", name="Tea", status="listed", confirmed_at=datetime(2026, 1, 1, tzinfo=UTC)
        )

    @pytest.mark.parametrize(
        ("fields", "field", "said"),
        [
            ({"first_day": date(9999, 12, 31)}, "__all__", "between 1990 and 2100"),
            ({"first_day": date(1, 1, 1)}, "__all__", "between 1990 and 2100"),
            ({"until": date(9999, 12, 31)}, "until", "before 2101"),
            ({"until": date(2020, 1, 1)}, "__all__", "before the first"),
            ({"zone": "Mars/Olympus"}, "zone", "time zone"),
            ({"zone": "../../etc/passwd"}, "zone", "time zone"),
            ({"zone": "America/Chicago\x00"}, "zone", ""),
            ({"zone": "x" * 10_000_000}, "zone", ""),
            ({"zone": "Mars/Olympus", "rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270101T000000Z"}, "zone", "time zone"),
            ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=1000000000"}, "rule", "number"),
            ({"rule": "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30", "first_day": date(2026, 2, 1)}, "rule", "No day"),
            ({"rule": "A" * 10_000_000}, "rule", "too long"),
            ({"duration": 0}, "duration", "5"),
            ({"duration": 10**9}, "duration", "1440"),
        ],
        ids=lambda each: str(each)[:40],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, group: Group, fields: Any, field: str, said: str) -> None:
        whole = {"first_day": date(2026, 3, 3), "start": time(18, 30), "zone": "America/Chicago",
                 "rule": "FREQ=WEEKLY;BYDAY=TU", **fields}  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            MeetingSchedule(group=group, modality="online", **whole).full_clean()
        assert any(said in message for message in refused.value.message_dict[field])

    def test_an_end_in_the_rule_becomes_the_last_day(self, group: Group) -> None:
        for rule, last in (
            ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270106T003000Z", date(2027, 1, 5)),  # 6.30 pm in Chicago
            ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270105T182959", date(2027, 1, 4)),
            ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", date(2026, 3, 10)),
        ):
            made = MeetingSchedule(group=group, modality="online", first_day=date(2026, 3, 3), start=time(18, 30),
                                   zone="America/Chicago", rule=rule)  # fmt: skip
            made.full_clean()
            assert (made.rule, made.until) == ("FREQ=WEEKLY;BYDAY=TU", last)

    def test_meetings_follow_the_rule_and_its_exceptions(self, group: Group) -> None:
        made = MeetingSchedule.objects.create(
            group=group, modality="online", first_day=date(2026, 3, 3), start=time(18, 30), zone="America/Chicago",
            rule="FREQ=WEEKLY;BYDAY=TU",
        )  # fmt: skip
        made.cancel(date(2026, 3, 10), "staff")
        made.move(date(2026, 3, 17), datetime(2026, 3, 18, 19), "staff")
        found = made.meetings(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC))
        assert [meeting.starts.astimezone(UTC) for meeting in found] == [
            datetime(2026, 3, 4, 0, 30, tzinfo=UTC),
            datetime(2026, 3, 19, 0, 0, tzinfo=UTC),
            datetime(2026, 3, 24, 23, 30, tzinfo=UTC),
        ]
        assert made.sequence == 2

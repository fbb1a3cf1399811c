"""The clock is stopped, and moved over the nights in which clocks change: nothing is late, early or twice."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from groups import recurrence
from mindspace.accounts.models import Profile, User
from mindspace.notifications import tasks as notifications
from mindspace.notifications.models import Notification, QuietHours
from mutualaid import tasks
from mutualaid.models import Arrangement, Post, Response
from tests.mutualaid.cast import alice, bob, post

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")
FORWARD, BACK = date(2026, 3, 8), date(2026, 11, 1)  # a day of 23 hours, and one of 25
CHANGES = pytest.mark.parametrize("day", [FORWARD, BACK], ids=["forward", "back"])


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CHICAGO)


def hours(first: datetime, last: datetime) -> Iterator[datetime]:
    """Each full hour that passes, whatever the clocks show, with the clock stopped at it."""
    moment, end = first.astimezone(ZoneInfo("UTC")), last.astimezone(ZoneInfo("UTC"))
    while moment <= end:
        with time_machine.travel(moment, tick=False):
            yield moment.astimezone(CHICAGO)
        moment += timedelta(hours=1)


@CHANGES
def test_its_last_day_is_whole_and_it_ends_once(day: date) -> None:
    with time_machine.travel(at(day - timedelta(days=30), 12), tick=False):
        made = post(alice())
        assert made.ends_on == day
    ended = []
    for moment in hours(at(day - timedelta(days=1), 22), at(day + timedelta(days=1), 3)):
        was = made.state
        tasks.end(0)
        made.refresh_from_db()
        ended += [moment] if (was, made.state) == ("open", "closed") else []
    assert ended == [at(day + timedelta(days=1), 0)]
    assert Notification.objects.filter(key__startswith="ended:").count() == 1


@CHANGES
def test_notices_come_seven_days_and_one_day_before(day: date) -> None:
    with time_machine.travel(at(day - timedelta(days=28), 12), tick=False):
        made = post(alice())
    told = []
    for ahead in range(20, 31):
        with time_machine.travel(at(day - timedelta(days=28) + timedelta(days=ahead), 9, 20), tick=False):
            before = Notification.objects.count()
            tasks.remind(0)
            tasks.remind(0)
            if Notification.objects.count() > before:
                told.append((made.ends_on - timezone.localdate()).days)
    assert told == [7, 1]


def agreed(starts_at: datetime) -> Arrangement:
    response = Response.objects.send_in(None, post(alice()), bob(), "I can.")
    response.accept()
    arrangement: Arrangement = response.arrangements.get()
    Arrangement.objects.update(starts_at=starts_at, minutes=60)
    arrangement.refresh_from_db()
    return arrangement


@CHANGES
def test_both_are_reminded_once_and_a_day_before(day: date) -> None:
    with time_machine.travel(at(day - timedelta(days=3), 12), tick=False):
        arrangement = agreed(at(day, 14, 30))
    told = []
    for moment in hours(at(day - timedelta(days=2), 0), at(day, 14)):
        before = Notification.objects.filter(kind="mutualaid.reminder").count()
        tasks.agreed(0)
        if Notification.objects.filter(kind="mutualaid.reminder").count() > before:
            told.append(arrangement.starts_at - moment)
    assert Notification.objects.filter(kind="mutualaid.reminder").count() == 2
    assert len(told) == 1
    assert timedelta(hours=23) < told[0] <= timedelta(hours=24)


@CHANGES
def test_a_reminder_waits_for_the_end_of_quiet_hours(day: date) -> None:
    with time_machine.travel(at(day - timedelta(days=3), 12), tick=False):
        arrangement = agreed(at(day, 22))
        for user in (arrangement.response.by, arrangement.response.post.author):
            quiet_at_night(user)
    mail.outbox.clear()
    mailed = []
    for moment in hours(at(day - timedelta(days=1), 20), at(day, 12)):
        before = len(mail.outbox)
        tasks.agreed(0)
        notifications.mail_waiting(0)
        mailed += [moment] * (len(mail.outbox) - before)
    assert mailed == [at(day, 7), at(day, 7)]


def quiet_at_night(user: User) -> None:
    QuietHours.objects.create(user=user, starts=time(21), ends=time(7))
    Profile.objects.filter(user=user).update(time_zone="America/Chicago")


@CHANGES
def test_what_comes_each_week_keeps_its_hour(day: date) -> None:
    sunday = {
        "when": "recurring",
        "bookable": True,
        "first_day": day - timedelta(days=7),
        "start": time(14, 15),
        "minutes": 30,
    }
    with time_machine.travel(at(day - timedelta(days=10), 12), tick=False):
        made: Post = post(alice(), slots=3, rule=recurrence.weekly([6]), **sunday)
        days = [each.astimezone(CHICAGO) for each in made.free_times()]
    assert [each.strftime("%m-%d %H:%M") for each in days] == [
        f"{day + timedelta(days=7 * week):%m-%d} 14:15" for week in (-1, 0, 1)
    ]
    assert days[1].utcoffset() != days[0].utcoffset()

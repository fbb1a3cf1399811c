"""Visitors say that a meeting was on, or was not; three of the latter within 30 days put it into the queue."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from groups.models import GroupReport, Sighting
from mindspace.moderation.models import Verdict
from tests.groups.cast import form_data, group, max_

ADDRESS = "/groups/tea-and-talk/was-it-on/"


def say(answer: str, visitor: int = 1) -> Any:
    client = Client(REMOTE_ADDR=f"203.0.113.{visitor}")
    return client.post(ADDRESS, form_data(client.get(ADDRESS).content, was_on=answer))


@pytest.mark.django_db
def test_three_who_found_nobody_put_it_into_the_queue_once() -> None:
    made = group(confirmed_at=timezone.now() - timedelta(days=100))
    waiting = []
    for visitor in range(1, 6):
        assert say("no", visitor).status_code == 302
        waiting.append(GroupReport.objects.waiting().count())
    assert waiting == [0, 0, 1, 1, 1]
    GroupReport.objects.get().decide(max_(), Verdict.REFUSE)
    made.refresh_from_db()
    assert made.confirmed_by == "staff"
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        say("no", 9)
    assert not GroupReport.objects.waiting().exists()  # counted from the day on which we looked


@pytest.mark.django_db
def test_what_is_older_than_30_days_does_not_count() -> None:
    group(confirmed_at=timezone.now() - timedelta(days=100))
    say("no", 1)
    say("no", 2)
    Sighting.objects.update(at=timezone.now() - timedelta(days=30))
    say("no", 3)
    assert not GroupReport.objects.exists()


@pytest.mark.django_db
def test_one_visitor_counts_once_a_day_and_is_thanked_each_time() -> None:
    group()
    for _number in range(3):
        assert say("no").url == "/groups/tea-and-talk/thanks/"
    assert Sighting.objects.count() == 1


@pytest.mark.django_db
def test_it_was_on_is_kept_too_and_nothing_about_who_said_so() -> None:
    group()
    say("yes")
    assert Sighting.objects.get().was_on
    assert {field.name for field in Sighting._meta.fields} == {"id", "group", "was_on", "at", "key"}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{}, {"was_on": "perhaps"}, {"was_on": "no\x00"}, {"was_on": "no", "form_key": "x"}])
def test_junk_is_told(client: Client, wrong: dict[str, str]) -> None:
    group()
    assert client.post(ADDRESS, {"filler": "x", **wrong}).status_code == 400
    assert not Sighting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_three_at_the_same_moment_make_one_entry_in_the_queue() -> None:
    made = group(confirmed_at=timezone.now() - timedelta(days=1))

    def nobody_there(_number: int) -> None:
        Sighting.objects.say(made, was_on=False, key=None)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(nobody_there, range(4)))
    assert (Sighting.objects.count(), GroupReport.objects.count()) == (4, 1)


@pytest.mark.django_db
def test_the_day_of_the_last_meeting_that_was_held_is_named() -> None:
    with time_machine.travel(datetime(2026, 3, 6, 18, tzinfo=UTC), tick=False):
        made = group()
        schedule = made.schedules.get()
        page = "/groups/tea-and-talk/"
        assert "on Tuesday, March 3, at 6.30 pm" in Client().get(ADDRESS).content.decode()
        schedule.cancel(date(2026, 3, 3), "organizer")
        assert "on Tuesday, February 24, at 6.30 pm" in Client().get(ADDRESS).content.decode()
        assert ADDRESS in Client().get(page).content.decode()
        made.pause("organizer")
        assert ADDRESS not in Client().get(page).content.decode()
        assert [Client().get(ADDRESS).status_code, Client().post(ADDRESS, {"was_on": "no"}).status_code] == [404, 404]
        made.resume("organizer")
        schedule.delete()
        assert ADDRESS not in Client().get(page).content.decode()
    assert not Sighting.objects.exists()

"""Alice lives in Chicago, Bob elsewhere: both read the same hour, each by their own clock too. The clock is frozen."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mindspace.accounts.models import PhoneMember, Profile, User
from mutualaid.models import Arrangement, Response
from mutualaid.moments import in_words
from tests.mutualaid.cast import alice, bob, client_of, max_, mia, post
from tests.mutualaid.test_booking import THURSDAYS

pytestmark = pytest.mark.django_db
CHANGES = pytest.mark.parametrize(
    ("now", "at", "says", "beside"),
    [
        # The night to Sunday, March 8: in Phoenix the clocks stay, in Chicago they go forward at 2.
        ("2026-03-05", "2026-03-08T07:30Z", "Sunday, March 8, 1.30 am", "12.30 am in Phoenix"),
        ("2026-03-05", "2026-03-08T08:30Z", "Sunday, March 8, 3.30 am", "1.30 am in Phoenix"),
        # The night to Sunday, November 1: back at 2.
        (
            "2026-10-28",
            "2026-11-01T05:30Z",
            "Sunday, November 1, 12.30 am",
            "Saturday, October 31, 10.30 pm in Phoenix",
        ),
        ("2026-10-28", "2026-11-01T08:30Z", "Sunday, November 1, 2.30 am", "1.30 am in Phoenix"),
    ],
    ids=["before forward", "after forward", "before back", "after back"],
)


def lives_in(user: User, zone: str) -> User:
    Profile.objects.update_or_create(user=user, defaults={"time_zone": zone})
    return User.objects.get(pk=user.pk)


@CHANGES
def test_both_clocks_are_named_across_a_change(now: str, at: str, says: str, beside: str) -> None:
    with time_machine.travel(f"{now}T15:00Z", tick=False):
        here, there = lives_in(alice(), "America/Chicago"), lives_in(bob(), "America/Phoenix")
        response = Response.objects.send_in(None, post(here), there, "I can.")
        response.accept()
        path = response.get_absolute_url()
        one = Arrangement.objects.select_related("response__post__author").get()
        one.suggest(here, datetime.fromisoformat(at))
        assert f"suggests {says} (Chicago time; {beside})." in client_of(there).get(path).content.decode()
        one.agree(there, one.suggested_at)
        for page in (path, "/my/"):
            assert f"{says} (Chicago time; {beside})" in client_of(there).get(page).content.decode()
            own = client_of(here).get(page).content.decode()
            assert f"{says} (Chicago time)" in own
            assert "Phoenix" not in own


def test_two_names_for_one_clock_are_said_once() -> None:
    noon = datetime(2026, 7, 1, 17, 0, tzinfo=UTC)
    said = "Wednesday, July 1, 12.00 pm (Chicago time)"
    assert in_words(noon, "America/Chicago", ZoneInfo("America/Menominee")) == said


@time_machine.travel("2026-10-20 15:00Z", tick=False)
def test_the_hours_to_choose_from_and_the_lines_go_by_the_reader_s_clock_too() -> None:
    there, fields = lives_in(bob(), "America/New_York"), {"slots": 2, "bookable": True, **THURSDAYS}
    made = post(alice(), remote=True, **fields)
    assert "at 2.15 pm, Chicago time" in client_of(there).get(made.get_absolute_url()).content.decode()
    form = client_of(there).get(f"{made.get_absolute_url()}answer/").content.decode()
    assert "Thursday, October 22, 2.15 pm (Chicago time; 3.15 pm in New York)" in form
    response = Response.objects.send_in(None, made, there, "I can.", made.free_times()[0])
    assert "Oct 20, 11.00 am" in client_of(there).get(response.get_absolute_url()).content.decode()
    assert "Oct 20, 10.00 am" in client_of(made.author).get(response.get_absolute_url()).content.decode()


@time_machine.travel("2026-10-20 15:00Z", tick=False)
def test_the_author_reads_what_time_a_yes_is_to_and_that_time_stands() -> None:
    made: Any = post(lives_in(alice(), "America/New_York"), slots=2, bookable=True, **THURSDAYS)
    booked = Response.objects.send_in(None, made, bob(), "I can.", made.free_times()[1])
    says, asks = "Thursday, October 29, 2.15 pm (Chicago time; 3.15 pm in New York)", client_of(booked.post.author)
    assert f"A yes is to <strong>{says}</strong>." in asks.get(booked.get_absolute_url()).content.decode()
    assert f"Bob answered for {says}." in asks.get("/my/").content.decode()
    assert "October 29" in client_of(booked.by).get(booked.get_absolute_url()).content.decode()
    said = asks.post(f"{booked.get_absolute_url()}accept/", follow=True).content.decode()
    assert "You both said yes. The time stands." in said
    assert Arrangement.objects.get().starts_at == booked.chosen_at


@time_machine.travel("2026-10-20 15:00Z", tick=False)
def test_a_moderator_reads_it_out_to_whoever_is_helped_by_phone() -> None:
    rosa = PhoneMember.objects.welcome(max_(), "Rosa", "Yes.", adult=True)
    made: Any = post(rosa.user, slots=2, bookable=True, **THURSDAYS)
    response = Response.objects.send_in(None, made, bob(), "I can.", made.free_times()[0])
    page = client_of(mia()).get(f"/mutual-aid/by-phone/{rosa.pk}/answers/{response.pk}/").content.decode()
    assert "A yes is to Thursday, October 22, 2.15 pm (Chicago time)." in page


@time_machine.travel("2026-10-20 15:00Z", tick=False)
def test_a_day_with_an_hour_is_the_time_of_a_yes() -> None:
    day = {"when": "window", "first_day": THURSDAYS["first_day"], "start": THURSDAYS["start"]}
    response = Response.objects.send_in(None, post(alice(), **day), bob(), "I can.")
    page = client_of(response.post.author).get(response.get_absolute_url()).content.decode()
    assert "A yes is to <strong>Thursday, October 22, 2.15 pm (Chicago time)</strong>." in page
    response.accept()
    assert Arrangement.objects.get().starts_at == datetime(2026, 10, 22, 19, 15, tzinfo=UTC)

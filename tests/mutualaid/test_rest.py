"""Alice rests: what pauses, who is told, and how it goes on when she is back."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core import mail

from mindspace.accounts.models import Profile, User
from mindspace.notifications.models import Notification
from mutualaid import tasks
from mutualaid.models import Post, Response
from tests.mutualaid.cast import alice, bob, client_of, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 3, 2, 18, tzinfo=UTC), tick=False)


def kinds_told(user: User) -> list[str]:
    return [row.kind for row in Notification.objects.filter(user=user)]


def state_of(title: str) -> str:
    return str(Post.objects.get(title=title).state)


def rests(until: date = date(2026, 3, 5)) -> User:
    """With an offer, one she had paused herself, and a request."""
    user = alice()
    for title, kind in (("Listening", "offer"), ("Rides", "offer"), ("Soup", "request")):
        post(user, title, kind=kind)
    Post.objects.get(title="Rides").pause()
    Profile.of(user).rest(until)
    return user


def test_offers_pause_and_requests_stay() -> None:
    rests()
    assert [state_of(title) for title in ("Listening", "Rides", "Soup")] == ["paused", "paused", "open"]


def test_she_is_told_on_the_day_after_once_and_one_tap_goes_on(time_machine: Any) -> None:
    user = rests()
    client = client_of(user)
    assert "Good to have you back" not in client.get("/my/").content.decode()
    tasks.remind(0)
    assert "mutualaid.back" not in kinds_told(user)
    time_machine.move_to(datetime(2026, 3, 6, 18, tzinfo=UTC), tick=False)
    mail.outbox.clear()
    for _twice in range(2):
        tasks.remind(0)
    assert kinds_told(user).count("mutualaid.back") == 1
    assert state_of("Listening") == "paused"  # nothing starts by itself
    page = client_of(user).get("/my/").content.decode()
    assert "Put them back on the board" in page
    client_of(user).post("/mutual-aid/go-on/")
    assert [state_of("Listening"), state_of("Rides")] == ["open", "paused"]
    assert "Good to have you back" not in client_of(user).get("/my/").content.decode()


def test_what_she_put_back_and_paused_again_herself_stays_paused() -> None:
    user = rests()
    made = Post.objects.get(title="Listening")
    made.resume()
    made.pause()
    Profile.of(user).rest(None)
    client_of(user).post("/mutual-aid/go-on/")
    assert state_of("Listening") == "paused"


def test_who_rested_without_offers_is_asked_nothing(time_machine: Any) -> None:
    user = bob()
    Profile.of(user).rest(date(2026, 3, 5))
    time_machine.move_to(datetime(2026, 3, 6, 18, tzinfo=UTC), tick=False)
    tasks.remind(0)
    assert kinds_told(user) == []


def test_whoever_counts_on_her_is_told_kindly_and_it_still_stands() -> None:
    user, other = alice(), bob()
    response = Response.objects.send_in(None, post(other, "Soup"), user, "I can.")
    response.accept()
    mail.outbox.clear()
    Profile.of(user).rest(date(2026, 3, 5))
    assert "mutualaid.rests" in kinds_told(other)
    assert response.arrangements.get().state == "agreed"
    assert user.display_name not in mail.outbox[0].subject + str(mail.outbox[0].body)


def agreed_for(other: User, user: User, day: date | None) -> Response:
    """Their post, and her answer to it, for that day."""
    on = {"when": "window", "first_day": day, "start": time(14, 15)} if day else {}
    response: Response = Response.objects.send_in(None, post(other, f"Soup {day}", **on), user, "I can.")
    response.accept()
    return response


def test_they_read_until_when_she_rests_as_long_as_she_does(time_machine: Any) -> None:
    user, other = alice(), bob()
    response = agreed_for(other, user, date(2026, 3, 4))
    path, said = response.get_absolute_url(), "Alice rests until March 5."
    assert said not in client_of(other).get(path).content.decode()
    Profile.of(user).rest(date(2026, 3, 5))
    page = client_of(other).get(path).content.decode()
    assert said in page
    assert "You can keep this day, find another, or call it off." in page
    assert "rests until" not in client_of(user).get(path).content.decode()
    time_machine.move_to(datetime(2026, 3, 6, 18, tzinfo=UTC), tick=False)
    assert said not in client_of(other).get(path).content.decode()


def test_it_is_no_news_where_nothing_is_agreed_any_more() -> None:
    user, other = alice(), bob()
    response = agreed_for(other, user, None)
    Profile.of(user).rest(date(2026, 3, 5))
    page = client_of(other).get(response.get_absolute_url()).content.decode()
    assert "You can find a day together, or call it off." in page
    response.arrangements.get().cancel(other)
    assert "rests until" not in client_of(other).get(response.get_absolute_url()).content.decode()


def test_what_has_a_day_after_the_rest_goes_on_as_it_is() -> None:
    user, other = alice(), bob()
    inside, later = agreed_for(other, user, date(2026, 3, 5)), agreed_for(other, user, date(2026, 3, 6))
    Profile.of(user).rest(date(2026, 3, 5))
    told = Notification.objects.filter(user=other, kind="mutualaid.rests")
    assert [row.path for row in told] == [inside.get_absolute_url()]
    assert "rests until" not in client_of(other).get(later.get_absolute_url()).content.decode()
    page = client_of(user).get("/accounts/rest/").content.decode()
    assert inside.get_absolute_url() in page
    assert later.get_absolute_url() not in page

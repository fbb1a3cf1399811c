"""Alice rests: what pauses, who is told, and how it goes on when she is back."""

from datetime import UTC, date, datetime
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

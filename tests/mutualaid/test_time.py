"""When two people meet: one suggests, the other agrees; a calendar file, a reminder, and what nobody speaks of ends."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups import recurrence
from mindspace.notifications.models import Notification
from mutualaid import reminding
from mutualaid.errors import NotNow, TimeTaken
from mutualaid.models import Arrangement, Message, Post, Response, Seat
from mutualaid.tasks import redact
from tests.mutualaid.cast import alice, bob, charlie, client_of, form_data, post
from tests.mutualaid.test_response import answer, told

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 10, 20, 15, 0, tzinfo=UTC)
THEN = datetime(2026, 11, 5, 20, 15, tzinfo=UTC)  # 2.15 pm in Chicago, after the clocks went back


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def agreed(frozen: object) -> Arrangement:
    answer(post(alice(), ends_on=date(2026, 12, 1)), bob()).accept()
    return arrangement()


def arrangement() -> Arrangement:
    return Arrangement.objects.select_related("response__post__author", "response__by").get()


def test_nothing_stands_before_both_have_said_yes(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    path = agreed.response.get_absolute_url()
    client_of(asks).post(f"{path}time/", {"day": "2026-11-05", "start": "14:15", "minutes": "30"})
    assert (arrangement().starts_at, arrangement().suggested_at) == (None, THEN)
    assert "Thursday, November 5, 2.15 pm" in client_of(gives).get(path).content.decode()
    assert "That suits me" not in client_of(asks).get(path).content.decode()
    with pytest.raises(NotNow):
        arrangement().agree(asks, THEN)
    assert "suggests a time" in client_of(gives).get("/my/").content.decode()
    client_of(gives).post(f"{path}time/agree/", {"suggested_at": "2026-11-05T20:15:00Z"})
    assert (arrangement().starts_at, arrangement().minutes, arrangement().suggested_at) == (THEN, 30, None)
    assert told(gives).count("time") == told(asks).count("time") == 1


def test_a_yes_is_to_the_time_they_saw(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    agreed.suggest(asks, THEN)
    agreed.suggest(asks, THEN + timedelta(days=1))
    with pytest.raises(NotNow):
        arrangement().agree(gives, THEN)
    arrangement().agree(gives, THEN + timedelta(days=1))


def test_both_suggest_the_same_and_it_stands(agreed: Arrangement) -> None:
    agreed.suggest(agreed.response.post.author, THEN)
    arrangement().suggest(agreed.response.by, THEN, 45)
    assert arrangement().starts_at == THEN


def test_a_no_leaves_what_stood_before(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    agreed.suggest(asks, THEN)
    arrangement().agree(gives, THEN)
    arrangement().suggest(gives, THEN + timedelta(days=7))
    client_of(asks).post(f"{agreed.response.get_absolute_url()}time/keep/")
    assert (arrangement().starts_at, arrangement().suggested_at) == (THEN, None)


@pytest.mark.parametrize(
    ("day", "start", "said"),
    [
        ("2026-10-20", "09:00", "That time has passed"),
        ("2029-01-01", "09:00", "in the year to come"),
        ("9999-12-31", "23:59", "in the year to come"),
        ("0001-01-01", "00:00", "in the year to come"),
        ("soon", "9", "Enter a valid date"),
        ("2026-11-05\0", "14:15", "Enter a valid date"),
    ],
)
def test_a_time_that_cannot_be_is_answered_in_words(agreed: Arrangement, day: str, start: str, said: str) -> None:
    client = client_of(agreed.response.by)
    sent = client.post(f"{agreed.response.get_absolute_url()}time/", {"day": day, "start": start})
    assert sent.status_code == 400
    assert said in sent.content.decode()
    assert arrangement().suggested_at is None


def test_the_hour_that_the_clocks_skip_moves_on(agreed: Arrangement) -> None:
    with time_machine.travel(datetime(2027, 3, 10, tzinfo=UTC), tick=False):
        client_of(agreed.response.by).post(
            f"{agreed.response.get_absolute_url()}time/", {"day": "2027-03-14", "start": "02:30"}
        )
    found = arrangement().suggested_at
    assert found is not None
    assert found.astimezone(CHICAGO).strftime("%H:%M") == "03:30"


def test_the_calendar_file_says_when_and_nothing_else(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    path = f"{agreed.response.get_absolute_url()}calendar/"
    assert client_of(asks).get(path).status_code == 404
    agreed.suggest(asks, THEN, 30)
    arrangement().agree(gives, THEN)
    first = client_of(asks).get(path)
    assert "no-store" in first["Cache-Control"]
    event = icalendar.Calendar.from_ical(first.content).walk("VEVENT")[0]
    assert (event.start, event.end) == (THEN, THEN + timedelta(minutes=30))
    for word in ("Soup", "Irving", asks.display_name, gives.display_name, "example.org"):
        assert word.encode() not in first.content
    arrangement().suggest(gives, THEN + timedelta(days=1))
    arrangement().agree(asks, THEN + timedelta(days=1))
    second = icalendar.Calendar.from_ical(client_of(asks).get(path).content).walk("VEVENT")[0]
    assert second["uid"] == event["uid"]
    assert int(second["sequence"]) > int(event["sequence"])
    arrangement().cancel(asks)
    assert client_of(asks).get(path).status_code == 404


def test_both_are_reminded_once_a_day_before_and_again_when_it_moves(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    agreed.suggest(asks, THEN)
    arrangement().agree(gives, THEN)
    reminding.remind(THEN - timedelta(hours=25))
    assert "reminder" not in told(asks)
    for hours in (24, 23, 1):
        reminding.remind(THEN - timedelta(hours=hours))
    assert told(asks).count("reminder") == told(gives).count("reminder") == 1
    arrangement().suggest(asks, THEN + timedelta(days=2))
    arrangement().agree(gives, THEN + timedelta(days=2))
    reminding.remind(THEN + timedelta(days=2, hours=-5))
    assert told(asks).count("reminder") == 2
    arrangement().cancel(asks)
    reminding.remind(THEN + timedelta(days=2, hours=-4))
    assert told(gives).count("reminder") == 2


def test_afterwards_both_are_asked_once_how_it_went(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    agreed.suggest(asks, THEN, 240)
    arrangement().agree(gives, THEN)
    reminding.ask(THEN + timedelta(hours=5))
    assert "how_it_went" not in told(asks)
    for hours in (6, 7, 100):
        reminding.ask(THEN + timedelta(hours=hours))
    assert told(asks).count("how_it_went") == told(gives).count("how_it_went") == 1


def test_a_word_at_the_last_moment_keeps_it(agreed: Arrangement, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = Arrangement.locked

    def after_a_word(row: Arrangement, *states: str) -> Any:
        Message.objects.update(made_at=NOW + timedelta(days=61))
        return locked(row, *states)

    monkeypatch.setattr(Arrangement, "locked", after_a_word)
    reminding.lapse(NOW + timedelta(days=61))
    assert arrangement().state == "agreed"


def test_what_nobody_speaks_of_ends_and_its_words_go(agreed: Arrangement) -> None:
    reminding.lapse(NOW + timedelta(days=59))
    assert arrangement().state == "agreed"
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        agreed.response.say(agreed.response.by, "I have not forgotten you.")
    reminding.lapse(NOW + timedelta(days=61))
    assert arrangement().state == "agreed"
    with time_machine.travel(NOW + timedelta(days=91), tick=False):
        reminding.lapse(timezone.now())
    assert arrangement().state == "lapsed"
    assert "cancelled" in told(agreed.response.by)
    assert "cancelled" in told(agreed.response.post.author)
    with time_machine.travel(NOW + timedelta(days=182), tick=False):
        redact(0)
    assert not Message.objects.exists()


def test_one_says_done_and_the_other_sees_it_differently(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    agreed.say_done(gives)
    path = agreed.response.get_absolute_url()
    assert "I see it differently" in client_of(asks).get(path).content.decode()
    with pytest.raises(NotNow):
        arrangement().dispute(gives)
    client_of(asks).post(f"{path}dispute/")
    assert arrangement().state == "disputed"
    assert "It counts for nobody" in client_of(gives).get(path).content.decode()
    arrangement().response.say(gives, "Shall we talk?")
    with pytest.raises(NotNow):
        arrangement().say_done(asks)


def test_nothing_is_done_before_its_time(agreed: Arrangement) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    agreed.suggest(asks, THEN)
    arrangement().agree(gives, THEN)
    path = agreed.response.get_absolute_url()
    page = client_of(gives).get(path).content.decode()
    assert "Once that time has come" in page
    assert f"{path}done/" not in page
    assert "You said it is done" not in client_of(gives).get("/my/").content.decode()
    with pytest.raises(NotNow):
        arrangement().say_done(gives)
    with time_machine.travel(THEN, tick=False):
        assert f"{path}done/" in client_of(gives).get(path).content.decode()
        arrangement().say_done(gives)
        arrangement().say_done(asks)
    assert arrangement().state == "confirmed"


@pytest.mark.parametrize(("ahead", "says"), [(timedelta(hours=30), True), (timedelta(hours=20), False)])
def test_a_reminder_is_spoken_of_only_where_one_comes(agreed: Arrangement, ahead: timedelta, says: bool) -> None:
    asks, gives = agreed.response.post.author, agreed.response.by
    agreed.suggest(asks, NOW + ahead)
    arrangement().agree(gives, NOW + ahead)
    page = client_of(gives).get(agreed.response.get_absolute_url()).content.decode()
    assert ("We remind you both a day before" in page) is says


def test_news_of_a_thread_is_read_once_it_is_opened(agreed: Arrangement) -> None:
    gives = agreed.response.by
    news = Notification.objects.of(gives).filter(path=agreed.response.get_absolute_url())
    assert news.unread().exists()
    client_of(agreed.response.post.author).get(agreed.response.get_absolute_url())
    assert news.unread().exists()
    client_of(gives).get(agreed.response.get_absolute_url())
    assert news.exists()
    assert not news.unread().exists()


@pytest.fixture
def weekly(frozen: object) -> Post:
    thursdays = {
        "when": "recurring",
        "bookable": True,
        "first_day": date(2026, 10, 22),
        "start": time(14, 15),
        "minutes": 30,
        "rule": recurrence.weekly([3]),
    }
    return post(alice(), slots=4, ends_on=date(2026, 12, 20), **thursdays)


def test_each_chair_of_a_series_is_a_day_and_stays_that_day(weekly: Post) -> None:
    client = client_of(bob())
    page = client.get(weekly.get_absolute_url()).content.decode()
    assert [page.index(day) for day in ("Oct 22", "Oct 29", "Nov 5", "Nov 12")] == sorted(
        page.index(day) for day in ("Oct 22", "Oct 29", "Nov 5", "Nov 12")
    )
    assert "?chair=2026-11-05T20:15:00Z" in page
    form = client.get(f"{weekly.get_absolute_url()}answer/?chair=2026-11-05T20:15:00Z").content
    assert b'value="2026-11-05T20:15:00Z"' in form[: form.index(b" checked")][-200:]
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        client.post(f"{weekly.get_absolute_url()}answer/", form_data(form, words="Thursday suits me."))
    Response.objects.get().accept()
    assert arrangement().starts_at == Seat.objects.get().starts_at == THEN
    assert arrangement().minutes == 30
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        page = client_of(charlie()).get(weekly.get_absolute_url()).content.decode()
    taken = page[page.index("Nov 5") :]
    assert "Taken" in taken[: taken.index("Nov 12")]
    assert "?chair=2026-11-05" not in page
    assert "?chair=2026-11-12" in page


def test_two_who_want_the_same_day_and_one_gets_it(weekly: Post) -> None:
    first, second = (Response.objects.send_in(None, weekly, each, "I can.", THEN) for each in (bob(), charlie()))
    first.accept()
    second.refresh_from_db()
    assert (second.state, told(second.by)) == ("lapsed", ["lapsed"])
    with pytest.raises(TimeTaken):
        Response.objects.send_in(None, weekly, second.by, "I can.", THEN)
    assert (
        Response.objects.send_in(None, weekly, second.by, "Then later.", THEN + timedelta(days=7)).state == "proposed"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(post=weekly, number=3, response=second, starts_at=THEN)


def test_a_day_that_is_moved_is_free_for_somebody_else(weekly: Post) -> None:
    response = Response.objects.send_in(None, weekly, bob(), "I can.", THEN)
    response.accept()
    one = arrangement()
    one.suggest(response.by, THEN + timedelta(days=1))
    arrangement().agree(weekly.author, THEN + timedelta(days=1))
    assert THEN in Post.objects.get().free_times()


@pytest.mark.parametrize("chair", ["", "x", "2026-11-05T20:15:00Z\0", "9" * 50, "2026-11-06T20:15:00Z"])
def test_a_chair_that_is_none_is_no_harm(weekly: Post, chair: str) -> None:
    path = f"{weekly.get_absolute_url()}answer/"
    client = client_of(bob())
    assert client.get(path, {"chair": chair}).status_code == 200
    assert client.post(path, {"words": "I can.", "chosen_at": chair}).status_code == 400

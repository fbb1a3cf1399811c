"""Hours that come again and again: booked one by one, or all by whoever has a chair. Alice offers, Bob books."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from groups import recurrence
from mindspace.accounts.models import User
from mutualaid import reminding, tasks
from mutualaid.errors import Answered, CountedOnce, NotNow, TimeTaken
from mutualaid.models import Arrangement, Post, Response, Seat
from tests.mutualaid.cast import alice, bob, charlie, client_of, draft, form_data, grown_up, max_, post
from tests.mutualaid.test_response import answer, told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 20, 15, 0, tzinfo=UTC)
FIRST = datetime(2026, 10, 22, 19, 15, tzinfo=UTC)  # Thursday, 2.15 pm in Chicago
SECOND = FIRST + timedelta(days=7)
THIRD = datetime(2026, 11, 5, 20, 15, tzinfo=UTC)  # the clocks went back meanwhile
THURSDAYS: dict[str, Any] = {
    "when": "recurring", "first_day": date(2026, 10, 22), "start": time(14, 15), "minutes": 30,
    "rule": recurrence.weekly([3]),
}  # fmt: skip


@pytest.fixture(autouse=True)
def frozen() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def bench(**fields: Any) -> Post:
    return post(alice(), kind="offer", category="listening", bookable=True, **{"slots": 2, **THURSDAYS, **fields})


def series(**fields: Any) -> Post:
    return post(alice(), **{"ends_on": date(2026, 12, 20), **THURSDAYS, **fields})


def books(made: Post, by: User, at: datetime | None) -> Arrangement:
    response = Response.objects.send_in(None, made, by, "I would like to.", at)
    response.accept()
    return of(response)


def of(response: Response) -> Arrangement:
    found: Arrangement = Arrangement.objects.select_related("response__post__author", "response__by").get(
        response=response
    )
    return found


def fresh(made: Post) -> Post:
    return Post.objects.get(pk=made.pk)


def test_a_booked_hour_is_not_offered_again_and_is_free_once_called_off() -> None:
    made = bench()
    assert made.free_times() == [FIRST, SECOND]
    one = books(made, bob(), FIRST)
    assert one.starts_at == FIRST
    assert fresh(made).free_times() == [SECOND]
    page = client_of(charlie()).get(f"{made.get_absolute_url()}answer/").content.decode()
    assert "October 29" in page
    assert "October 22" not in page
    one.cancel(one.response.by)
    assert fresh(made).free_times() == [FIRST, SECOND]


def test_an_hour_that_nobody_can_book_is_refused() -> None:
    made, books_it = bench(), bob()
    for at in (None, FIRST + timedelta(hours=1), NOW - timedelta(days=5)):
        with pytest.raises(TimeTaken):
            Response.objects.send_in(None, made, books_it, "Then?", at)
    assert not Response.objects.exists()


def test_whoever_waits_for_the_same_hour_is_told_kindly_and_can_book_another() -> None:
    made = bench()
    waits = Response.objects.send_in(None, made, charlie(), "Me, too.", FIRST)
    books(made, bob(), FIRST)
    waits.refresh_from_db()
    assert (waits.state, told(waits.by)) == ("lapsed", ["lapsed"])
    page = client_of(waits.by).get(waits.get_absolute_url()).content.decode()
    assert "That time is not free any more" in page
    assert "has a chair free" in page
    assert Response.objects.send_in(None, made, waits.by, "Then later.", SECOND).state == "proposed"


def test_the_database_lets_nobody_else_have_the_hour() -> None:
    made = bench()
    books(made, bob(), FIRST)
    other = Response.objects.create(post=made, by=charlie(), chosen_at=SECOND)
    with pytest.raises(IntegrityError, match="seat_time_taken_once"), transaction.atomic():
        Seat.objects.create(post=made, number=1, response=other, starts_at=FIRST)
    with pytest.raises(IntegrityError, match="post_booked_recurs"), transaction.atomic():
        Post.objects.filter(pk=made.pk).update(when="any")


@pytest.mark.parametrize("ends_on", [None, date(2026, 12, 20)])
def test_the_next_hours_keep_coming(frozen: Any, ends_on: date | None) -> None:
    made = bench(ends_on=ends_on)
    done, silent = books(made, bob(), FIRST), books(made, charlie(), SECOND)
    assert fresh(made).free_times() == []
    with pytest.raises(NotNow):
        Response.objects.send_in(None, made, grown_up("dora"), "Any?", THIRD)
    frozen.move_to(FIRST + timedelta(hours=1))
    for by in (made.author, done.response.by):
        of(done.response).say_done(by)
    assert fresh(made).free_times() == [THIRD]
    frozen.move_to(SECOND + timedelta(minutes=5))
    tasks.agreed(0)
    assert of(silent.response).state == "agreed"  # nobody has said how it went
    assert fresh(made).free_times() == [THIRD, THIRD + timedelta(days=7)]
    assert Response.objects.send_in(None, made, done.response.by, "Once more.", THIRD).state == "proposed"


def test_each_chair_of_a_request_is_one_time_and_the_last_ends_it(frozen: Any) -> None:
    made = post(alice(), slots=2, bookable=True, ends_on=date(2026, 12, 20), **THURSDAYS)
    rides = [books(made, bob(), FIRST), books(made, charlie(), SECOND)]
    for at, ride in zip((FIRST, SECOND), rides, strict=True):
        frozen.move_to(at + timedelta(hours=1))
        tasks.agreed(0)
        assert fresh(made).free_times() == []
        for by in (made.author, ride.response.by):
            of(ride.response).say_done(by)
    assert fresh(made).closed_as == "fulfilled"


def test_a_yes_to_an_hour_that_has_passed_is_none_and_whoever_waits_is_told(frozen: Any) -> None:
    made = bench()
    waits = Response.objects.send_in(None, made, bob(), "I would like to.", FIRST)
    frozen.move_to(FIRST)
    with pytest.raises(TimeTaken):
        waits.accept()
    tasks.agreed(0)
    waits.refresh_from_db()
    assert (waits.state, told(waits.by)) == ("lapsed", ["lapsed"])


def test_an_hour_that_two_move_to_is_theirs() -> None:
    made = bench()
    one = books(made, bob(), FIRST)
    waits = Response.objects.send_in(None, made, charlie(), "I would like to.", SECOND)
    one.suggest(one.response.by, SECOND)
    of(one.response).agree(made.author, SECOND)
    waits.refresh_from_db()
    assert waits.state == "lapsed"
    assert fresh(made).free_times() == [FIRST]


def test_a_chair_without_a_time_is_not_offered(frozen: Any) -> None:
    made, browser = bench(last_day=date(2026, 10, 22)), client_of(bob())
    page = browser.get(made.get_absolute_url()).content.decode()
    assert page.count("Take this chair") == 1
    frozen.move_to(FIRST + timedelta(hours=1))
    assert "Take this chair" not in browser.get(made.get_absolute_url()).content.decode()


def test_whoever_has_a_chair_of_a_series_comes_each_time(frozen: Any) -> None:
    made = series()
    assert made.free_times() == []
    asks, helps = made.author, bob()
    assert "comes each time" in client_of(helps).get(f"{made.get_absolute_url()}answer/").content.decode()
    one = books(made, helps, None)
    assert one.starts_at == FIRST
    assert Seat.objects.get().starts_at is None
    assert not one.can_be_done_by(helps)
    frozen.move_to(FIRST + timedelta(minutes=10))
    tasks.agreed(0)
    assert of(one.response).starts_at == FIRST  # it is on just now
    frozen.move_to(FIRST + timedelta(minutes=30))
    tasks.agreed(0)
    one = of(one.response)
    assert (one.starts_at, one.sequence) == (SECOND, 1)
    assert "Thursday, October 29, 2.15 pm" in client_of(helps).get("/my/").content.decode()
    reminding.remind(SECOND - timedelta(hours=20))
    assert told(helps).count("reminder") == told(asks).count("reminder") == 1
    assert "how_it_went" not in told(helps)
    for by in (asks, helps):  # after the first time, either can say that it was the last one
        one.say_done(by)
    assert of(one.response).state == "confirmed"
    made = fresh(made)
    assert (made.state, made.seats.count()) == ("open", 0)  # somebody else can drive from now on


def test_a_series_nobody_speaks_of_is_asked_about_and_ends(frozen: Any) -> None:
    one = books(series(), bob(), None)
    for day in range(130):
        frozen.move_to(NOW + timedelta(days=day))
        tasks.agreed(0)
    assert told(one.response.by).count("how_it_went") == 1
    assert of(one.response).state == "lapsed"


def test_what_began_a_while_ago_can_be_changed(frozen: Any) -> None:
    made = bench(remote=True)
    frozen.move_to(THIRD)
    path = f"/mutual-aid/{made.pk}/edit/when/"
    said = {"where": "remote", "when": "recurring", "first_day": "2026-10-22", "every": "week", "bookable": "on"}
    client = client_of(made.author)
    assert client.post(path, {**said, "start": "15:00"}).status_code == 302
    assert fresh(made).start == time(15)
    assert client.post(path, {**said, "start": "15:00", "first_day": "2026-10-23"}).status_code == 400


def test_whoever_booked_an_hour_is_not_bound_to_each_of_them() -> None:
    made = bench()
    books(made, bob(), FIRST)
    with pytest.raises(Answered):
        made.change(bookable=False)
    once = post(grown_up("dora"), "Bread")
    answer(once, charlie())
    with pytest.raises(Answered):
        once.change(**THURSDAYS)
    once.change(**THURSDAYS | {"when": "window", "rule": ""})


def test_in_the_time_bank_each_time_is_booked() -> None:
    """What somebody does each time, and is counted once, would be nobody's fair hour."""
    made = draft(alice(), reckoning="timebank", hours=1, **THURSDAYS)
    sent = client_of(made.author).post(f"/mutual-aid/{made.pk}/edit/check/", follow=True).content.decode()
    assert "In the time bank each time counts by itself." in sent
    assert fresh(made).state == "draft"
    made.change(bookable=True)
    made.submit()
    with pytest.raises(CountedOnce):
        made.change(bookable=False)


def test_the_form_says_which_of_the_two_it_is() -> None:
    made = post(alice())
    said = {"where": "near", "area": "75038", "when": "recurring", "first_day": "2026-10-22", "start": "14:15"}
    for bookable, sent in ((True, {"bookable": "on"}), (False, {})):
        client_of(made.author).post(f"/mutual-aid/{made.pk}/edit/when/", {**said, "every": "week", **sent})
        assert fresh(made).bookable is bookable
        assert fresh(made).is_series is not bookable
    client_of(made.author).post(
        f"/mutual-aid/{made.pk}/edit/when/", {**said, "when": "any", "every": "week", "bookable": "on"}
    )
    assert fresh(made).bookable is False


WEEKLY = {
    "where": "remote", "when": "recurring", "first_day": "2026-10-22", "start": "14:15", "minutes": "30",
    "every": "week", "bookable": "on",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "label"), [("offer", "How many times at once"), ("request", "How many times")])
def test_the_hours_of_a_listener_begin_with_four_times(kind: str, label: str) -> None:
    made = draft(alice(), kind=kind, category="listening")
    client, path = client_of(made.author), f"/mutual-aid/{made.pk}/edit/"
    sent = client.post(f"{path}when/", WEEKLY)
    page = client.get(sent["Location"]).content
    assert f">{label}<" in page.decode()
    assert page.index(b'name="slots"') < page.index(b"form-fold")
    client.post(f"{path}who/", form_data(page, audience="members"))  # with nothing more said
    assert (fresh(made).slots, fresh(made).hours) == (4, Decimal("0.5"))
    check = client.get(f"{path}check/").content.decode()
    assert "4 times can be booked. Each is for one person." in check
    assert "30 minutes" in check
    assert "About 30 minutes" not in check  # that is the same
    client.post(f"{path}when/", {**WEEKLY, "bookable": ""})
    assert fresh(made).slots == 1


def test_after_one_booking_the_next_week_is_offered() -> None:
    made = draft(alice(), kind="offer", category="listening")
    client_of(made.author).post(f"/mutual-aid/{made.pk}/edit/when/", WEEKLY)
    fresh(made).change(ends_on=date(2026, 12, 20))
    fresh(made).submit()
    fresh(made).publish(max_())  # a first post is read before
    books(fresh(made), bob(), FIRST)
    assert fresh(made).free_times()[0] == SECOND


def test_a_number_of_times_that_was_said_stays() -> None:
    made = bench(slots=3)
    client_of(made.author).post(f"/mutual-aid/{made.pk}/edit/when/", WEEKLY)
    assert fresh(made).slots == 3


def test_how_long_it_takes_stands_where_it_is_agreed_on() -> None:
    made = bench()
    assert "30 minutes" in client_of(bob()).get(made.get_absolute_url()).content.decode()
    agreed = books(made, charlie(), FIRST)
    page = client_of(made.author).get(agreed.response.get_absolute_url()).content.decode()
    assert "(Chicago time), 30 minutes" in page
    agreed.suggest(made.author, SECOND, 45)
    page = client_of(agreed.response.by).get(agreed.response.get_absolute_url()).content.decode()
    assert "(Chicago time), 45 minutes" in page


def test_a_full_one_says_so_and_leads_on() -> None:
    made, like = post(alice()), post(charlie(), "Rice")
    form = form_data(client_of(bob()).get(f"{made.get_absolute_url()}answer/").content, words="I can cook, Bob says.")
    books(made, grown_up("dora"), None)
    client = client_of(User.objects.get(display_name="Bob"))
    page = client.get(made.get_absolute_url()).content.decode()
    assert "You pick a chair" not in page
    assert like.get_absolute_url() in page
    assert f'<a href="{made.get_absolute_url()}">' not in page[page.index("Like it, and still open") :]
    opened = client.get(f"{made.get_absolute_url()}answer/")
    assert b'name="words"' not in opened.content
    assert "Every chair is taken" in opened.content.decode()
    sent = client.post(f"{made.get_absolute_url()}answer/", form)
    assert sent.status_code == 409
    assert "I can cook, Bob says." in sent.content.decode()
    assert made.responses.count() == 1


def test_where_the_time_is_chosen_nobody_is_asked_when_they_can_come() -> None:
    asked = "Such as when you can come."
    user = bob()
    assert asked in client_of(user).get(f"{post(alice()).get_absolute_url()}answer/").content.decode()
    made = post(charlie(), kind="offer", slots=2, bookable=True, **THURSDAYS)
    assert asked not in client_of(user).get(f"{made.get_absolute_url()}answer/").content.decode()


def test_an_hour_that_two_move_to_later_is_nobody_elses(frozen: Any) -> None:
    made = bench()
    arrangement = books(made, bob(), FIRST)
    frozen.move_to(FIRST + timedelta(hours=1))
    tasks.agreed(0)
    assert not Seat.objects.exists()
    arrangement.refresh_from_db()
    arrangement.suggest(arrangement.response.by, SECOND)
    of(arrangement.response).agree(made.author, SECOND)
    assert SECOND not in fresh(made).free_times()
    assert Seat.objects.get().starts_at == SECOND


def test_an_hour_far_ahead_leaves_its_chair_when_it_is_over(frozen: Any) -> None:
    made = bench(slots=20)
    late = made.free_times()[-1]
    books(made, bob(), late)
    frozen.move_to(late + timedelta(hours=1))
    tasks.agreed(0)
    assert not Seat.objects.exists()

"""What ends by itself, what is redacted, and what goes or stays with its author."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import Profile
from mindspace.moderation import tasks as moderation
from mutualaid import ending, tasks
from mutualaid.models import HeldPost, Post, Response
from tests.mutualaid.cast import alice, bob, draft, max_, post

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")


def test_it_ends_at_midnight_here_also_when_clocks_change() -> None:
    with time_machine.travel(datetime(2026, 10, 2, 12, tzinfo=CHICAGO), tick=False):
        made = post(alice())
        assert made.ends_on.isoformat() == "2026-11-01"  # the day that has 25 hours
    for moment, state in ((datetime(2026, 11, 1, 23, 59), "open"), (datetime(2026, 11, 2, 0, 1), "closed")):  # noqa: DTZ001
        with time_machine.travel(moment.replace(tzinfo=CHICAGO), tick=False):
            tasks.end(0)
            tasks.end(0)
            made.refresh_from_db()
            assert made.state == state
    assert made.closed_as == "expired"


def test_a_standing_offer_does_not_end() -> None:
    made = post(alice(), kind="offer")
    assert made.ends_on is None
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        tasks.end(0)
    made.refresh_from_db()
    assert made.state == "open"


def test_words_and_place_go_after_90_days_and_the_row_stays() -> None:
    made = post(alice(), helps="secret-canary")
    made.close("fulfilled")
    with time_machine.travel(timezone.now() + timedelta(days=89)):
        tasks.redact(0)
    made.refresh_from_db()
    assert made.title
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        tasks.redact(0)
        tasks.redact(0)
    made.refresh_from_db()
    kept = (made.title, made.words, made.helps, made.area_name, made.latitude, made.search, made.facets)
    assert kept == ("", "", "", "", None, None, [])
    assert (made.closed_as, made.kind, made.category) == ("fulfilled", "request", "groceries")


def test_words_stay_while_two_are_in_the_middle_of_it() -> None:
    made = post(alice())
    response = Response.objects.send_in(None, made, bob(), "I can come.")
    response.accept()
    made.close("fulfilled")
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        response.say(response.by, "See you tomorrow.")
        tasks.redact(0)
        made.refresh_from_db()
        assert made.title
        response.arrangements.get().cancel(response.by)
        tasks.redact(0)
    made.refresh_from_db()
    assert not made.title


def test_an_address_goes_a_month_after_the_decision() -> None:
    made = draft(alice())
    made.submit()
    held = HeldPost.objects.get()
    held.decide(max_(), "approve")
    assert held.sealed_email
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        moderation.forget(0)
    held.refresh_from_db()
    assert held.sealed_email == ""


@pytest.mark.parametrize("keep", [True, False])
def test_leaving(keep: bool) -> None:
    author, other = alice(), bob()
    post(author, "Open")
    ended = post(author, "Ended")
    ended.close("fulfilled")
    draft(author, "Draft")
    post(other, "Not theirs")
    leaving.leave(author, keep_posts=keep)
    found = {(each.title, each.state, each.author) for each in Post.objects.exclude(author=other)}
    assert found == ({("Open", "closed", None), ("Ended", "closed", None)} if keep else set())
    assert Post.objects.filter(author=other).count() == 1


def test_export_holds_every_post_of_theirs_and_no_other() -> None:
    author = alice()
    post(author, "Mine", helps="quiet")
    draft(author, "My draft")
    post(bob(), "Not mine")
    told = leaving.everything(author)["mutualaid"]["posts"]
    assert [(each["title"], each["helps"]) for each in told] == [("Mine", "quiet"), ("My draft", "")]


def test_a_rest_pauses_offers() -> None:
    author = alice()
    offer, request = post(author, "Offer", kind="offer"), post(author, "Request")
    Profile.of(author).rest(timezone.localdate() + timedelta(days=7))
    offer.refresh_from_db()
    request.refresh_from_db()
    assert (offer.state, request.state) == ("paused", "open")


def test_an_offer_whose_author_answers_at_the_last_moment_is_not_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both were found; while one is paused, the author says that the other still is true."""
    author = alice()
    for title in ("Rides", "Soup"):
        post(author, title, kind="offer")
    now = timezone.now() + timedelta(days=121)

    def tell(found: Post, _kind: object, key: str) -> None:
        if key.startswith("rests:"):
            Post.objects.exclude(pk=found.pk).update(true_at=now)

    monkeypatch.setattr(ending, "tell", tell)
    ending.ask(now)
    assert sorted(Post.objects.values_list("state", flat=True)) == ["open", "paused"]

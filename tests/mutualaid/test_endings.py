"""How something agreed on ends: called off with a kind line, missed, or done to the last chair; and what leads on."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from groups.circles.models import Circle
from mindspace.moderation.models import Sanction
from mutualaid.answering_forms import CallOffForm, MissedForm
from mutualaid.errors import BelowFloor, NotNow
from mutualaid.models import Arrangement, Message, Post, Response
from tests.mutualaid.cast import alice, bob, charlie, client_of, draft, grown_up, max_, post
from tests.mutualaid.test_response import answer, told

pytestmark = pytest.mark.django_db
OFF, MISSED = (str(form().initial["words"]) for form in (CallOffForm, MissedForm))


@pytest.fixture
def agreed() -> Arrangement:
    answer(post(alice()), bob()).accept()
    return Arrangement.objects.select_related("response__post__author", "response__by").get()


def page(one: Arrangement, user: Any) -> str:
    return client_of(user).get(one.response.get_absolute_url()).content.decode()


def confirm(made: Post, by: Any) -> Response:
    response = answer(made, by)
    response.accept()
    for side in (response.by, made.author):
        response.arrangements.get().say_done(side)
    response.refresh_from_db()
    return response


# -- Two steps, and a line ------------------------------------------------------------------------------


@pytest.mark.parametrize(("act", "line", "state"), [("cancel", OFF, "cancelled"), ("missed", MISSED, "missed")])
def test_it_is_a_fold_first_and_its_line_goes_along(agreed: Arrangement, act: str, line: str, state: str) -> None:
    path, helper, author = agreed.response.get_absolute_url(), agreed.response.by, agreed.response.post.author
    shown = page(agreed, helper)
    fold = shown[shown.rindex("<details", 0, shown.index(f"{path}{act}/")) :]
    assert line in fold[: fold.index("</details>")]
    for _click in range(2):
        client_of(helper).post(f"{path}{act}/", {"words": line})
    assert Arrangement.objects.get().state == state
    assert Message.objects.filter(words=line).count() == 1
    assert line in page(agreed, author)
    assert told(author).count("cancelled") == 1
    assert "message" not in told(author)


@pytest.mark.parametrize("act", ["cancel", "missed"])
def test_the_line_may_be_emptied(agreed: Arrangement, act: str) -> None:
    client_of(agreed.response.by).post(f"{agreed.response.get_absolute_url()}{act}/", {"words": ""})
    assert Message.objects.count() == 1
    assert Arrangement.objects.get().ended_at is not None


def test_the_same_guard_holds_the_line(agreed: Arrangement) -> None:
    words, path = "Call me at 214-555-0199.", f"{agreed.response.get_absolute_url()}cancel/"
    client = client_of(agreed.response.by)
    first = client.post(path, {"words": words})
    assert first.status_code == 400
    assert "It seems to hold a phone number" in first.content.decode()
    assert Arrangement.objects.get().state == "agreed"
    client.post(path, {"words": words, "as_it_is": "on"})
    assert Arrangement.objects.get().state == "cancelled"
    assert words not in page(agreed, agreed.response.post.author)


def test_whoever_may_not_write_calls_it_off_without_a_line(agreed: Arrangement) -> None:
    helper = agreed.response.by
    until = timezone.now() + timedelta(days=3)
    Sanction.objects.impose(helper, "mute", by=max_(), reason="x", until=until)
    assert OFF not in page(agreed, helper)
    client_of(helper).post(f"{agreed.response.get_absolute_url()}cancel/", {"words": "Unkind."})
    assert Arrangement.objects.get().state == "cancelled"
    assert not Message.objects.filter(words="Unkind.").exists()


# -- Done to the last chair -----------------------------------------------------------------------------


def test_a_request_ends_with_its_last_chair_and_its_author_reads_so() -> None:
    made = post(alice(), slots=2)
    confirm(made, bob())
    made.refresh_from_db()
    assert made.state == "open"
    last = confirm(made, charlie())
    made.refresh_from_db()
    assert (made.state, made.closed_as) == ("closed", "fulfilled")
    theirs = client_of(made.author).get(last.get_absolute_url()).content.decode()
    assert "Your post is off the board: help was found." in theirs
    assert "Put your post up again" in theirs
    assert "off the board" not in client_of(last.by).get(last.get_absolute_url()).content.decode()


def test_an_offer_and_what_somebody_still_waits_for_go_on() -> None:
    offer, helper = post(alice(), kind="offer", ends_on=timezone.localdate()), bob()
    confirm(offer, helper)
    two = post(grown_up("dora"), "Bread", slots=2)
    other = answer(two, charlie())
    other.accept()
    confirm(two, helper)
    for made in (offer, two):
        made.refresh_from_db()
        assert made.state == "open"
    other.arrangements.get().cancel(other.by)  # nobody sits there, so it still is open
    two.refresh_from_db()
    assert two.state == "open"


def test_one_tap_puts_it_up_again_with_its_chairs_free() -> None:
    made = post(alice())
    response = confirm(made, bob())
    client_of(made.author).post(f"/mutual-aid/{made.pk}/renew/")
    made.refresh_from_db()
    assert (made.state, made.seats.count()) == ("open", 0)
    assert "has a chair free" in client_of(response.by).get(response.get_absolute_url()).content.decode()
    assert answer(made, response.by).state == "proposed"


def test_after_a_month_it_stays_ended() -> None:
    made = post(alice())
    confirm(made, bob())
    made.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert not made.can_be_renewed_by(made.author)


def test_its_hours_are_counted_once_more_when_it_comes_back() -> None:
    made = post(alice(), reckoning="timebank", hours=Decimal(6))
    confirm(made, bob())
    made.refresh_from_db()
    assert made.closed_as == "fulfilled"
    with pytest.raises(BelowFloor):  # six were got, and six more would be twelve
        made.renew()
    made.refresh_from_db()
    assert (made.state, made.seats.count()) == ("closed", 1)
    draft(made.author, "Four hours", reckoning="timebank", hours=4).submit()  # what is done asks for no more


def test_what_was_for_a_circle_comes_back_only_for_who_still_sits_in_it() -> None:
    author, helper = alice(), bob()
    porch = Circle.objects.start(grown_up("fay"), name="Porch Circle")
    for user in (author, helper):
        porch.seat(user)
    made = post(author, audience="circle", circle=porch)
    confirm(made, helper)
    made.refresh_from_db()
    assert made.can_be_renewed_by(author)
    porch.leave(author)
    assert not made.can_be_renewed_by(author)
    with pytest.raises(NotNow):
        made.renew()


# -- What leads on --------------------------------------------------------------------------------------


def test_a_conversation_that_is_over_leads_on() -> None:
    made, like = post(alice()), post(grown_up("dora"), "Bread for Monday")
    response = answer(made, bob())
    assert "Where to now" not in client_of(response.by).get(response.get_absolute_url()).content.decode()
    response.decline()
    theirs = client_of(response.by).get(response.get_absolute_url()).content.decode()
    assert like.get_absolute_url() in theirs
    ways = theirs[theirs.index("Where to now") : theirs.index("</main>")]
    assert 'href="/my/"' in ways
    assert 'href="/mutual-aid/?kind=request&amp;category=groceries">See all that are like it' in ways
    own = client_of(made.author).get(response.get_absolute_url()).content.decode()
    assert "Your post is still on the board" in own
    assert like.get_absolute_url() not in own
    made.close("withdrawn")
    theirs = client_of(response.by).get(response.get_absolute_url()).content.decode()
    assert "still open, and has a chair" not in theirs

"""What is sent again and again, or with what is somebody else's, comes to an end that is friendly."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from mindspace.accounts.models import Profile
from mindspace.accounts.models.user import User
from mutualaid import rest
from mutualaid.models import Acted, Asked, HeldPost, Post, PostReport, Response
from tests.mutualaid.cast import alice, bob, charlie, client_of, draft, max_, mia, post, rosa
from tests.mutualaid.test_matching import PLACE, ask, author, gives, has_done

pytestmark = pytest.mark.django_db
CRISIS, CALM = "I want to die.", "A pot of soup would carry me."


def codes(path: str, user: User, count: int) -> set[int]:
    client = client_of(user)
    return {client.post(path, {"filler": "x"}).status_code for _time in range(count)}


@pytest.mark.parametrize("path", ["time/", "time/keep/"])
def test_suggesting_and_saying_no_has_an_end(path: str) -> None:
    response = Response.objects.send_in(None, post(alice()), bob(), "I can.")
    response.accept()
    assert 429 not in codes(f"{response.get_absolute_url()}{path}", response.by, 60)
    assert codes(f"{response.get_absolute_url()}{path}", response.by, 1) == {429}


def test_changing_a_post_has_an_end() -> None:
    made = post(alice())
    assert codes(f"{made.get_absolute_url()}edit/what/", author(made), 200) == {400}
    assert codes(f"{made.get_absolute_url()}edit/what/", author(made), 1) == {429}


def test_staff_are_called_once_a_day_for_one_post() -> None:
    max_()
    made = post(alice())
    mail.outbox.clear()
    for words in (CRISIS, CALM, CRISIS, CALM, CRISIS):
        made.change(words=words)
        HeldPost.objects.undecided().update(risk=0)
    assert len([sent for sent in mail.outbox if sent.to == ["max@example.org"]]) == 1


def test_the_key_of_a_form_is_for_one_person() -> None:
    key = str(uuid4())
    data = {"kind": "request", "category": "groceries", "title": "Soup", "words": CALM, "form_key": key}
    for user in (alice(), bob()):
        for _twice in range(2):
            assert client_of(user).post("/mutual-aid/new/", data).status_code == 302
        assert Post.objects.filter(author=user).count() == 1


def test_so_is_that_of_an_answer_and_of_a_report() -> None:
    made, key, first, second = post(alice(), slots=3), uuid4(), bob(), charlie()
    for user in (first, second):
        assert Response.objects.send_in(key, made, user, "I can.").by == user
        assert PostReport.objects.send_in(key, made, "scam", "", user).made_by == user


def test_junk_in_the_address_of_a_new_post_is_no_choice() -> None:
    client = client_of(alice())
    assert client.get("/mutual-aid/new/?kind=offer").context["form"]["kind"].value() == "offer"
    for junk in ("x", "%00", "offer%00"):
        page = client.get(f"/mutual-aid/new/?kind={junk}")
        assert (page.status_code, page.context["form"]["kind"].value()) == (200, None)


def test_nobody_is_asked_beyond_the_hours_they_gave() -> None:
    helper = gives(bob(), hours=2)
    has_done(helper, "1.5")
    made = post(alice(), hours=Decimal(1))
    assert ask(made, helper).status_code == 404
    assert not Asked.objects.exists()
    gives(helper, hours=9)
    assert ask(made, helper).status_code == 302


def test_nobody_is_asked_from_far_away() -> None:
    helper = gives(bob(), x=PLACE["x"] + 100_000)
    assert ask(post(alice()), helper).status_code == 404


def test_for_others_a_moderator_asks_with_a_second_factor(settings: object) -> None:
    helper, made, moderator = gives(bob()), post(alice()), max_()
    settings.ON_LOOPBACK = False  # type: ignore[attr-defined]
    assert ask(made, helper, by=moderator)["Location"].startswith("/accounts/")
    assert not Asked.objects.exists()
    assert client_of(moderator).get(f"{made.get_absolute_url()}moderation/")["Location"].startswith("/accounts/")
    assert ask(made, helper).status_code == 302


@pytest.mark.parametrize("was_up", [False, True])
def test_an_offer_let_through_while_its_author_rests_waits_for_them(was_up: bool) -> None:
    giver = alice()
    offer = (post if was_up else draft)(giver, kind="offer", category="rides")
    offer.hold("private") if was_up else offer.submit()
    assert offer.state == "held"
    Profile.of(giver).rest(timezone.localdate() + timedelta(days=3))
    offer.publish(max_())
    assert (offer.state, offer.paused_for_rest) == ("paused", True)
    Profile.of(giver).rest(None)
    assert rest.go_on(giver) == 1
    offer.refresh_from_db()
    assert offer.state == "open"


def test_a_pass_is_for_one_answer_of_one_helper() -> None:
    made = post(alice(), category="rides", slots=3)
    passed = Response.objects.send_in(None, made, bob(), "I can drive.")
    passed.let_pass()
    passed.refresh_from_db()
    other = Response.objects.send_in(None, made, charlie(), "So can I.")
    assert (passed.needs_a_word, other.needs_a_word) == (False, True)
    passed.withdraw()
    again = Response.objects.send_in(None, made, passed.by, "I can after all.")
    assert again.needs_a_word


def test_two_who_say_the_same_with_one_form_both_say_it() -> None:
    response, key = Response.objects.send_in(None, post(alice()), bob(), "I can."), uuid4()
    assert response.post.author
    for user in (response.by, response.post.author):
        for _twice in range(2):
            assert response.say(user, "On Friday, then.", key).by == user
    assert response.messages.filter(words="On Friday, then.").count() == 2


def test_what_two_moderators_do_for_somebody_is_written_down_twice() -> None:
    moderators, key = (max_(), mia()), uuid4()
    member = rosa(moderators[0])
    response = Response.objects.send_in(None, post(alice()), member.user, "I can.")
    for moderator in moderators:
        for _twice in range(2):
            assert Acted.objects.write(member.pk, moderator, "say", lambda: None, key, response).by == moderator
    assert Acted.objects.count() == 2

"""Coming in: by a link that somebody handed on."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from groups.circles.errors import CannotBeUsed
from groups.circles.models import MOST_MEMBERS, Circle, Invitation, Membership
from mindspace.accounts.models import Block, User
from mindspace.moderation.models import Sanction
from tests.circles.cast import alice, bob, chair_of, circle, client_of, fay, form_data, grown_up, link_to, max_, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Circle:
    return circle(fay(), agreements="What is said here stays here.", area_name="Valley Ranch")


def facilitator(made: Circle) -> User:
    user: User = made.memberships.first().user
    return user


def body(page: Any) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page.content)


def test_from_the_link_to_the_chair(made: Circle) -> None:
    browser = client_of(facilitator(made))
    page = browser.get(made.get_absolute_url())
    key = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
    assert key
    pages = {
        browser.post(f"{made.get_absolute_url()}invite/", {"form_key": key[1]}).content.decode().partition("<code")[2]
        for _click in range(10)
    }
    assert len({page.partition("</code>")[0] for page in pages}) == 1
    invitation = Invitation.objects.get()
    link = re.search(r"http://localhost:8000(/circles/invitations/\w+/)", pages.pop())
    assert link
    assert link[1].split("/")[3] not in str(Invitation.objects.values())
    assert not mail.outbox

    guest = client_of(alice())
    page = guest.get(link[1])
    for said in ("Porch Circle", "What is said here stays here.", "Valley Ranch", "Who sees what"):
        assert said in page.content.decode()
    assert "Fay" not in page.content.decode()
    assert made.memberships.count() == 1  # looking changes nothing
    assert guest.post(link[1], form_data(page.content)).url == made.get_absolute_url()
    assert "Alice" in browser.get(made.get_absolute_url()).content.decode()
    invitation.refresh_from_db()
    assert invitation.ended_at is not None
    assert guest.post(link[1]).status_code == 404  # once; whoever sits looks for the circle on their own page


def test_whoever_sits_already_uses_no_chair_twice(made: Circle) -> None:
    path = link_to(made, facilitator(made))
    assert client_of(facilitator(made)).post(path).url == made.get_absolute_url()
    assert Invitation.objects.open().count() == 1


def test_the_link_in_the_page_of_the_circle_is_not_shown_again(made: Circle) -> None:
    path = link_to(made, facilitator(made))
    page = client_of(facilitator(made)).get(made.get_absolute_url()).content.decode()
    assert path.split("/")[3] not in page
    assert "Take it back" in page


def test_all_that_cannot_be_used_looks_the_same(made: Circle, time_machine: Any) -> None:
    guest, other = client_of(alice()), bob()
    first = facilitator(made)
    used, taken_back, old, apart = (link_to(made, first) for _number in range(4))
    client_of(other).post(used)
    Invitation.objects.with_token(taken_back.split("/")[3]).get().end()
    unknown = body(guest.get("/circles/invitations/unknown/"))
    assert b"This invitation cannot be used." in unknown
    assert b"Porch" not in unknown
    assert {body(guest.get(path)) for path in (used, taken_back)} == {unknown}
    assert body(guest.post(used)) == unknown
    for one, two in ((first, User.objects.get(display_name="Alice")), (User.objects.get(display_name="Alice"), first)):
        block = Block.objects.put(one, two)
        assert body(guest.get(apart)) == body(guest.post(apart)) == unknown
        block.delete()
    assert guest.get(old).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1))
    guest = client_of(User.objects.get(display_name="Alice"))
    assert guest.get(old).status_code == 404
    assert made.memberships.count() == 2


def test_two_who_keep_apart_may_be_in_it_if_neither_facilitates(made: Circle) -> None:
    member, guest = alice(), bob()
    made.seat(member)
    Block.objects.put(guest, member)
    page = client_of(guest).post(link_to(made, facilitator(made)), follow=True).content.decode()
    assert "Welcome" in page
    assert "Alice" not in page


def test_a_link_can_be_taken_back_by_any_facilitator(made: Circle) -> None:
    first, second = facilitator(made), alice()
    made.seat(second)
    path = link_to(made, first)
    made.hand_over(first, chair_of(second, made))
    client_of(second).post(f"{made.get_absolute_url()}invitations/{Invitation.objects.get().pk}/end/")
    assert client_of(bob()).get(path).status_code == 404


def test_the_links_of_whoever_leaves_go_with_them(made: Circle) -> None:
    first = facilitator(made)
    made.seat(alice())
    path = link_to(made, first)
    made.leave(first)
    assert client_of(bob()).get(path).status_code == 404


def test_the_young_are_asked_first_and_strangers_sign_in(made: Circle) -> None:
    path = link_to(made, facilitator(made))
    for send in (client_of(person("kid")).get, client_of(person("kid2")).post):
        answer = send(path)
        assert answer.status_code == 403
        assert "Porch" not in answer.content.decode()
    answer = Client().get(path)
    assert answer["Location"].startswith("/accounts/login/")


def test_the_last_chair_is_gone(made: Circle) -> None:
    path = link_to(made, facilitator(made))
    for number in range(MOST_MEMBERS - 1):
        made.seat(grown_up(f"n{number}"))
    guest = client_of(alice())
    assert guest.get(path).status_code == 200
    assert "Every chair in this circle is taken." in guest.post(path).content.decode()
    assert Membership.objects.count() == MOST_MEMBERS
    page = client_of(facilitator(made)).get(made.get_absolute_url()).content.decode()
    assert "Make an invitation" not in page


def test_two_facilitators_with_one_form_make_two_links(made: Circle) -> None:
    first, second, key = facilitator(made), alice(), uuid4()
    made.seat(second)
    made.hand_over(first, chair_of(second, made), together=True)
    made_by = [Invitation.objects.make(made, by, key) for by in (first, second, second)]
    assert (len(set(made_by)), made_by[1]) == (2, made_by[2])
    assert {each.made_by for each in Invitation.objects.all()} == {first, second}


def test_the_link_of_somebody_who_may_not_write_answers_as_one_that_has_ended(made: Circle) -> None:
    by, guest = facilitator(made), alice()
    link, ended = link_to(made, by), link_to(made, by)
    Invitation.objects.order_by("-made_at").first().end()
    opened = Invitation.objects.open().get()
    Sanction.objects.impose(by, "mute", by=max_(), reason="Words.", until=timezone.now() + timedelta(days=3))
    browser = client_of(guest)
    for path in (link, ended):
        page = browser.get(path)
        assert page.status_code == 404
        assert "Porch Circle" not in page.content.decode()
    assert body(browser.get(link)) == body(browser.get(ended))
    with pytest.raises(CannotBeUsed):
        opened.accept(guest)
    assert not made.memberships.filter(user=guest).exists()

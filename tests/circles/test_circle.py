"""Starting a circle, looking after it, and going."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from groups.circles.errors import CircleFull, NotTheirs
from groups.circles.forms import STARTER
from groups.circles.models import MOST_MEMBERS, Circle, Invitation, Membership
from mindspace.accounts.models import Block
from mindspace.moderation.models import Sanction
from mindspace.notifications.models import Notification
from tests.circles.cast import (
    alice,
    bob,
    chair_of,
    charlie,
    circle,
    client_of,
    facilitators,
    fay,
    form_data,
    grown_up,
    link_to,
    max_,
    person,
)

pytestmark = pytest.mark.django_db


def test_starting_one_with_the_text_to_begin_from() -> None:
    browser = client_of(fay())
    page = browser.get("/circles/new/")
    assert str(STARTER).partition("\n")[0] in page.content.decode()
    answers = {browser.post("/circles/new/", form_data(page.content, name="Porch Circle")).url for _click in range(10)}
    made = Circle.objects.get()
    assert answers == {made.get_absolute_url()}
    assert "988" in made.agreements
    assert facilitators(made) == ["Fay"]
    page = browser.get(made.get_absolute_url()).content.decode()
    for said in ("Porch Circle", "What is said here stays here.", "Fay", "1 person"):
        assert said in page


@pytest.mark.parametrize(
    "said",
    [{"name": ""}, {"name": "x" * 61}, {"name": "Call 972 555 0147"}, {"agreements": "x" * 2001}, {"name": "\0"}],
)
def test_what_cannot_be_is_said_beside_its_field(said: dict[str, str]) -> None:
    answer = client_of(fay()).post("/circles/new/", {"name": "Porch", **said})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == set(said)
    assert not Circle.objects.exists()


def test_circles_are_for_grown_ups_who_may_write() -> None:
    assert "18 and over" in client_of(person("kid")).get("/circles/new/").content.decode()
    muted = fay()
    Sanction.objects.impose(muted, "mute", by=max_(), reason="Words.", until=timezone.now() + timedelta(days=3))
    answer = client_of(muted).post("/circles/new/", {"name": "Porch"})
    assert answer.status_code == 403
    assert "You cannot write just now" in answer.content.decode()
    assert not Circle.objects.exists()


def test_whoever_may_not_write_looks_after_nothing_and_may_leave() -> None:
    muted, other = fay(), alice()
    made = circle(muted, other)
    Sanction.objects.impose(muted, "mute", by=max_(), reason="Words.", until=timezone.now() + timedelta(days=3))
    browser = client_of(muted)
    assert "Make an invitation" not in browser.get(made.get_absolute_url()).content.decode()
    assert browser.post(f"{made.get_absolute_url()}invite/").status_code == 404
    browser.post(f"{made.get_absolute_url()}leave/")
    assert facilitators(made) == ["Alice"]


def test_a_facilitator_changes_what_it_says() -> None:
    made = circle(fay(), alice())
    page = client_of(made.memberships.first().user).get(f"{made.get_absolute_url()}edit/")
    client_of(made.memberships.first().user).post(
        f"{made.get_absolute_url()}edit/", form_data(page.content, name="Garden Circle", agreements="We listen.")
    )
    made.refresh_from_db()
    assert (made.name, made.agreements) == ("Garden Circle", "We listen.")


def test_twelve_chairs_and_not_one_more() -> None:
    made = circle(fay(), *(grown_up(f"n{number}") for number in range(MOST_MEMBERS - 1)))
    with pytest.raises(CircleFull):
        made.seat(alice())
    with pytest.raises(CircleFull):
        Invitation.objects.make(made, made.memberships.first().user, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.memberships.create(user=bob(), chair=MOST_MEMBERS)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.memberships.create(user=charlie(), chair=3)


def test_handing_it_on() -> None:
    first, second = fay(), alice()
    made = circle(first, second)
    client_of(first).post(f"{made.get_absolute_url()}hand-over/", {"member": chair_of(second, made).pk})
    assert facilitators(made) == ["Alice"]
    told = Notification.objects.get(user=second)
    assert (told.path, told.about) == (made.get_absolute_url(), "Porch Circle: you facilitate it now")
    (sent,) = mail.outbox
    for word in ("Porch", "circle", "Fay", "facilitat"):
        assert word not in sent.subject + str(sent.body)
    with pytest.raises(NotTheirs):
        made.hand_over(first, chair_of(second, made))


def test_facilitating_together() -> None:
    first, second = fay(), alice()
    made = circle(first, second)
    data = {"member": chair_of(second, made).pk, "how": "together"}
    client_of(first).post(f"{made.get_absolute_url()}hand-over/", data)
    assert facilitators(made) == ["Alice", "Fay"]


def test_the_last_facilitator_goes_and_the_longest_member_does_it() -> None:
    first, second, third = fay(), alice(), bob()
    made = circle(first, second, third)
    Membership.objects.filter(user=third).update(joined_at=timezone.now() - timedelta(days=1))
    page = client_of(first).get(f"{made.get_absolute_url()}leave/").content.decode()
    assert "whoever has been here longest" in page
    client_of(first).post(f"{made.get_absolute_url()}leave/")
    assert facilitators(made) == ["Bob"]
    assert Notification.objects.get().user == third
    assert client_of(first).get(made.get_absolute_url()).status_code == 404
    made.leave(first)  # a second click
    assert facilitators(made) == ["Bob"]


def test_the_database_keeps_somebody_who_facilitates_whatever_takes_them_away() -> None:
    first, second, third = fay(), alice(), bob()
    made = circle(first, second, third)
    first.delete()
    assert facilitators(made) == ["Alice"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE circles_membership SET role = 'member'")
    assert facilitators(made) == ["Alice"]


def test_a_circle_without_members_closes_and_forgets() -> None:
    first = fay()
    made = circle(first, agreements="Canary agreement", area_name="Canary area")
    path = link_to(made, first)
    assert "the circle closes" in client_of(first).get(f"{made.get_absolute_url()}leave/").content.decode()
    made.leave(first)
    assert made.closed_at is not None
    assert (made.agreements, made.area_name) == ("", "")
    assert client_of(alice()).get(path).status_code == 404
    with pytest.raises(NotTheirs):
        made.seat(first)


def test_removing_somebody_without_a_reason() -> None:
    first, second = fay(), alice()
    made = circle(first, second)
    client_of(first).post(f"{made.get_absolute_url()}remove/", {"member": chair_of(second, made).pk})
    assert [row.user for row in made.memberships.all()] == [first]
    told = Notification.objects.get()
    assert (told.user, told.about) == (second, "Porch Circle: you are no longer in it")
    assert client_of(second).get(made.get_absolute_url()).status_code == 404


def test_no_facilitator_sends_another_one_away() -> None:
    first, second = fay(), alice()
    made = circle(first, second)
    made.hand_over(first, chair_of(second, made), together=True)
    with pytest.raises(NotTheirs):
        made.remove(first, chair_of(second, made))


def test_two_who_keep_apart_do_not_see_each_other_in_it() -> None:
    first, second, third = fay(), alice(), bob()
    made = circle(first, second, third)
    Block.objects.put(second, third)
    for one, other in ((second, "Bob"), (third, "Alice")):
        page = client_of(one).get(made.get_absolute_url()).content.decode()
        assert other not in page
        assert "2 people" in page
        assert "2 people" in client_of(one).get("/my/").content.decode()
    assert "3 people" in client_of(first).get("/my/").content.decode()


@pytest.mark.parametrize("verb", ["hand-over", "remove"])
@pytest.mark.parametrize("whom", ["nobody", "junk", "oneself", "elsewhere", "apart"])
def test_only_those_one_sees_in_it(verb: str, whom: str) -> None:
    first, apart, stranger = fay(), alice(), bob()
    made = circle(first, apart)
    elsewhere = circle(stranger, name="Elsewhere")
    Block.objects.put(apart, first)
    members: dict[str, Any] = {
        "nobody": "",
        "junk": "\0",
        "oneself": chair_of(first, made).pk,
        "elsewhere": chair_of(stranger, elsewhere).pk,
        "apart": chair_of(apart, made).pk,
    }
    answer = client_of(first).post(f"{made.get_absolute_url()}{verb}/", {"member": members[whom]})
    assert answer.status_code == 404
    assert made.memberships.count() == 2
    assert facilitators(made) == ["Fay"]


def test_on_their_page_only_when_they_are_in_one() -> None:
    first, other = fay(), alice()
    made = circle(first)
    assert made.name in client_of(first).get("/my/").content.decode()
    assert made.name in client_of(first).get("/circles/").content.decode()
    for path in ("/my/", "/circles/"):
        page = client_of(other).get(path).content.decode()
        assert "Porch Circle" not in page
        assert "Where you sit" not in page
    assert "Your circles" not in client_of(other).get("/my/").content.decode()


def test_every_member_can_tell_moderators_about_another() -> None:
    first, second = fay(), alice()
    page = client_of(second).get(circle(first, second).get_absolute_url()).content.decode()
    assert f"/accounts/people/{first.pk}/" in page
    assert "tell the moderators" in page


@pytest.mark.parametrize("kind", ["suspension", "ban"])
def test_whoever_may_not_take_part_is_not_met_there_while_it_lasts(kind: str) -> None:
    first, away, third = fay(), alice(), bob()
    made = circle(first, away, third)
    until = None if kind == "ban" else timezone.now() + timedelta(days=7)
    sanction = Sanction.objects.impose(away, kind, by=max_(), reason="Unkind words.", until=until)
    for one in (first, third):
        page = client_of(one).get(made.get_absolute_url()).content.decode()
        assert "Alice" not in page
        assert "2 people" in page
        assert "2 people" in client_of(one).get("/my/").content.decode()
    handed = client_of(first).post(f"{made.get_absolute_url()}hand-over/", {"member": chair_of(away, made).pk})
    assert handed.status_code == 404
    assert "3 people" in client_of(away).get("/my/").content.decode()  # theirs is still theirs
    sanction.lift()
    assert "Alice" in client_of(third).get(made.get_absolute_url()).content.decode()


def test_a_mute_hides_nobody() -> None:
    first, quiet = fay(), alice()
    made = circle(first, quiet)
    Sanction.objects.impose(quiet, "mute", by=max_(), reason="Unkind words.", until=timezone.now() + timedelta(days=7))
    assert "Alice" in client_of(first).get(made.get_absolute_url()).content.decode()

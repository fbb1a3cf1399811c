"""Saying that something is wrong with a post."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from groups.circles.models import Circle
from mindspace.accounts.models import Block, User
from mindspace.moderation.models import Sanction
from mindspace.site.models import SiteDetails
from mutualaid.models import Acted, Post, PostReport, Response
from tests.mutualaid.cast import alice, bob, client_of, form_data, max_, mia, person, post, rosa

pytestmark = pytest.mark.django_db


def report(client: Client, made: Post, reason: str = "scam") -> Any:
    page = client.get(f"/mutual-aid/{made.pk}/report/")
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        return client.post(f"/mutual-aid/{made.pk}/report/", form_data(page.content, reason=reason))


def old(name: str) -> User:
    user = person(name)
    user.date_joined = timezone.now() - timedelta(days=30)
    user.save()
    return user


def test_whoever_acted_on_it_for_its_author_does_not_decide_about_it() -> None:
    moderator, other = max_(), mia()
    member = rosa(other)
    made = post(member.user, written_by=other)
    Acted.objects.write(member.pk, moderator, "renew", made.renew, None, made)
    said = PostReport.objects.send_in(None, made, "scam", "", bob())
    assert not said.can_be_decided_by(moderator)
    assert said.can_be_decided_by(person("moe", "Moderator"))


def test_signed_out_for_public_things_only() -> None:
    made = post(alice(), audience="public")
    assert report(Client(), made).status_code == 200
    assert PostReport.objects.waiting().count() == 1
    Post.objects.update(audience="members")
    assert Client().get(f"/mutual-aid/{made.pk}/report/").status_code == 404


def test_three_known_members_hide_it_and_new_accounts_do_not() -> None:
    made = post(alice())
    for name in ("new1", "new2", "new3", "new4"):
        report(client_of(person(name)), made)
    for name in ("old1", "old2"):
        report(client_of(old(name)), made)
    made.refresh_from_db()
    assert made.state == "open"
    report(client_of(old("old3")), made)
    made.refresh_from_db()
    assert (made.state, made.held_reasons) == ("held", ["reported"])


def test_self_harm_goes_first_and_takes_nothing_down() -> None:
    made = post(alice())
    for number in range(3):
        answer = report(client_of(old(f"old{number}")), made, "self_harm")
    assert "You can talk to someone now" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "open"
    PostReport.objects.waiting().first().decide(max_(), "approve", "I phoned.")
    made.refresh_from_db()
    assert made.state == "open"


def test_one_open_report_a_person() -> None:
    made, client = post(alice()), client_of(bob())
    assert {report(client, made).status_code for _again in range(3)} == {200}
    assert PostReport.objects.count() == 1


def test_a_program_that_fills_it_in_at_once_is_asked_again() -> None:
    made, client = post(alice()), client_of(bob())
    page = client.get(f"/mutual-aid/{made.pk}/report/")
    answer = client.post(f"/mutual-aid/{made.pk}/report/", form_data(page.content, reason="scam"))
    assert answer.status_code == 400
    assert PostReport.objects.count() == 0


def test_who_is_muted_writes_no_post() -> None:
    author = alice()
    Sanction.objects.impose(author, "mute", by=max_(), reason="Unkind words.", until=timezone.now() + timedelta(days=1))
    answer = client_of(author).get("/mutual-aid/new/")
    assert answer.status_code == 403
    assert "You cannot write just now" in answer.content.decode()


def answered(made: Post, moderator: User) -> None:
    Response.objects.create(post=made, by=moderator)


def wrote_it_down(made: Post, moderator: User) -> None:
    Post.objects.filter(pk=made.pk).update(written_by=moderator)


def blocks(made: Post, moderator: User) -> None:
    Block.objects.create(blocker=moderator, blocked=made.author)


def is_blocked(made: Post, moderator: User) -> None:
    Block.objects.create(blocker=made.author, blocked=moderator)


def sits_with_them(made: Post, moderator: User) -> None:
    Circle.objects.start(made.author, name="Porch Circle").seat(moderator)


@pytest.mark.parametrize(
    "near", [answered, wrote_it_down, blocks, is_blocked, sits_with_them], ids=lambda each: each.__name__
)
def test_whoever_is_near_its_author_leaves_it_to_others(near: Callable[[Post, User], None]) -> None:
    made, moderator, other = post(alice(), audience="public"), max_(), mia()
    row = PostReport.objects.send_in(None, made, "scam", "", bob())
    address = f"/moderation/post_report/{row.pk}/"
    assert client_of(moderator).get(address).status_code == 200
    near(made, moderator)
    assert client_of(moderator).get(address).status_code == 404
    assert client_of(other).get(address).status_code == 200


def test_nobody_gets_out_of_reach_by_blocking_every_moderator() -> None:
    made, everybody = post(alice(), audience="public"), (max_(), mia())
    row = PostReport.objects.send_in(None, made, "scam", "", bob())
    for moderator in everybody:
        is_blocked(made, moderator)
    address = f"/moderation/post_report/{row.pk}/"
    assert [client_of(moderator).get(address).status_code for moderator in everybody] == [200, 200]


@pytest.mark.parametrize(("near", "may"), [(sits_with_them, True), (answered, False)])
def test_a_staff_of_one_decides_about_their_circle_and_never_about_themselves(near: Any, may: bool) -> None:
    made, moderator = post(alice()), max_()
    row = PostReport.objects.send_in(None, made, "scam", "", bob())
    near(made, moderator)
    SiteDetails.objects.update(staff_of_one=True)
    assert PostReport.objects.get(pk=row.pk).can_be_decided_by(moderator) is may

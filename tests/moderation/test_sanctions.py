"""Max and Mia moderate; Bob may not write for a while, sees why, and can ask once that somebody looks again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.circles.models import Circle
from mindspace.accounts.models import Block, User
from mindspace.moderation import errors, standing
from mindspace.moderation.models import Appeal, Decision, Sanction, ThreadLook, Verdict, may_write
from mindspace.site.models import SiteDetails
from tests.groups.cast import client_of, max_, mia, person

pytestmark = pytest.mark.django_db
HERE = "/my/standing/"


@pytest.fixture
def bob() -> User:
    return person("bob")


def impose(user: User, by: User, kind: str = "mute", **fields: Any) -> Sanction:
    until = None if kind == "ban" else timezone.now() + timedelta(days=7)
    made: Sanction = Sanction.objects.impose(user, kind, by=by, reason="Unkind words.", **{"until": until, **fields})
    return made


def test_it_ends_by_itself(bob: User) -> None:
    assert may_write(bob)
    impose(bob, max_())
    assert not may_write(bob)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert may_write(bob)


def test_the_weightiest_counts(bob: User) -> None:
    moderator = max_()
    impose(bob, moderator, "suspension")
    impose(bob, moderator, "mute")
    assert Sanction.objects.now(bob).kind == "suspension"


def test_a_ban_holds_a_week_and_for_good_once_another_moderator_agrees(bob: User) -> None:
    one, other = max_(), mia()
    ban = impose(bob, one, "ban")
    assert not may_write(bob)
    with pytest.raises(errors.YourOwn):
        ban.decide(one, Verdict.APPROVE)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert may_write(bob)
    ban.decide(other, Verdict.APPROVE)
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        assert not may_write(bob)


def test_the_other_moderator_may_disagree(bob: User) -> None:
    ban = impose(bob, max_(), "ban")
    client = client_of(mia())
    assert "A ban of" in client.get("/moderation/").content.decode()
    data = {"verdict": "refuse", "seen": ban.fingerprint}
    assert client.post(f"/moderation/sanction/{ban.pk}/", data).status_code == 302
    assert may_write(bob)


def test_staff_of_one_is_both_and_the_record_says_so(bob: User) -> None:
    SiteDetails.objects.update(staff_of_one=True)
    impose(bob, max_(), "ban")
    assert (Sanction.objects.get().state, Decision.objects.get().alone) == ("approved", True)


def test_nobody_imposes_it_on_themselves_nor_on_staff(bob: User) -> None:
    one = max_()
    with pytest.raises(errors.YourOwn):
        impose(one, one)
    with pytest.raises(errors.CannotBeDone):
        impose(mia(), one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.create(user=bob, kind="mute", reason="x", until=None, made_by=one)


def test_he_sees_why_until_when_and_is_told_by_a_mail_that_says_neither(bob: User) -> None:
    impose(bob, max_())
    page = client_of(bob).get(HERE).content.decode()
    assert "Unkind words." in page
    assert "Until " in page
    assert "988" in page
    assert 'href="/my/standing/"' in client_of(bob).get("/my/").content.decode()
    assert "Unkind" not in mail.outbox[-1].body
    assert "All is well" in client_of(person("carol")).get(HERE).content.decode()


def test_he_asks_once_and_another_moderator_lifts_it(bob: User) -> None:
    one, other = max_(), mia()
    impose(bob, one)
    client = client_of(bob)
    for words in ("I said nothing.", "Again."):
        assert client.post(HERE, {"words": words}).status_code == 302
    appeal = Appeal.objects.get()
    assert appeal.words == "I said nothing."
    with pytest.raises(errors.YourOwn):
        appeal.decide(one, Verdict.APPROVE)
    assert client_of(one).get(f"/moderation/appeal/{appeal.pk}/").status_code == 404
    appeal.decide(other, Verdict.APPROVE)
    assert may_write(bob)


def test_who_is_under_nothing_has_nothing_to_appeal(bob: User) -> None:
    assert client_of(bob).post(HERE, {"words": "Why?"}).status_code == 404
    assert Client().post(HERE, {"words": "Why?"}).status_code == 302
    assert client_of(bob).post(HERE, {"words": "x\x00"}).status_code == 400


def test_a_moderator_does_it_on_a_page_once_and_lifts_it(bob: User) -> None:
    client, address = client_of(max_()), f"/moderation/people/{bob.pk}/"
    key = str(client.get(address).context["form"]["form_key"].value())
    data = {"kind": "mute", "days": "3", "reason": "Unkind words.", "form_key": key}
    for _click in range(3):
        assert client.post(address, data).status_code == 302
    sanction = Sanction.objects.get()
    client.post(f"/moderation/sanctions/{sanction.pk}/lift/")
    assert may_write(bob)


def test_the_page_of_a_person_asks_no_more_for_many_sanctions(bob: User, django_assert_num_queries: Any) -> None:
    moderator = max_()
    client, address = client_of(moderator), f"/moderation/people/{bob.pk}/"
    impose(bob, moderator)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(5):
        impose(bob, moderator)
    with django_assert_num_queries(len(one)):
        assert client.get(address).content.decode().count("in force") == 6


@pytest.mark.parametrize("wrong", [{"kind": "burn"}, {"days": "9"}, {"reason": ""}, {"reason": "x\x00"}])
def test_junk_is_told(bob: User, wrong: dict[str, str]) -> None:
    data = {"kind": "mute", "days": "3", "reason": "Unkind words."}
    assert client_of(max_()).post(f"/moderation/people/{bob.pk}/", data | wrong).status_code == 400
    assert not Sanction.objects.exists()


@pytest.mark.parametrize("roles", [(), ("Editor",), ("Reviewer",)])
def test_for_others_the_page_does_not_exist(bob: User, roles: tuple[str, ...]) -> None:
    sanction = impose(bob, max_())
    client = client_of(person("other", *roles))
    data = {"kind": "mute", "days": "3", "reason": "x"}
    assert client.post(f"/moderation/people/{bob.pk}/", data).status_code == 404
    assert client.post(f"/moderation/sanctions/{sanction.pk}/lift/").status_code == 404
    assert not may_write(bob)


def test_the_database_changes_and_deletes_no_decision(bob: User) -> None:
    one = max_()
    sanction = impose(bob, one)
    ThreadLook.objects.create(queue="x", item=sanction.pk, thread=sanction.pk, by=one, reason="It was reported.")
    for rows in (Decision.objects.all(), ThreadLook.objects.all()):
        for change in (lambda rows=rows: rows.update(queue="y"), rows.delete, lambda rows=rows: rows.update(by=bob)):
            with pytest.raises(Error, match="never changed or deleted"), transaction.atomic():
                change()
    one.delete()
    assert Decision.objects.get().by is None


def test_a_thread_is_read_only_while_reported_by_who_said_why(bob: User) -> None:
    one, other = max_(), mia()
    report, thread, another = impose(bob, other, "ban"), bob.pk, one.pk
    assert not ThreadLook.objects.allows(report, thread, one)
    ThreadLook.objects.open(report, thread, one, "It was reported.")
    assert ThreadLook.objects.allows(report, thread, one)
    assert not ThreadLook.objects.allows(report, another, one)
    assert not ThreadLook.objects.allows(report, thread, other)
    with pytest.raises(errors.YourOwn):
        ThreadLook.objects.open(report, thread, other, "Curious.")
    report.decide(one, Verdict.REFUSE)
    assert not ThreadLook.objects.allows(report, thread, one)
    with pytest.raises(errors.AlreadyDecided):
        ThreadLook.objects.open(report, thread, one, "Once more.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ThreadLook.objects.create(queue="x", item=thread, thread=thread, by=one, reason="")


def appealed(user: User, by: User) -> Appeal:
    sanction = impose(user, by)
    made: Appeal = Appeal.objects.send_in(None, sanction.decisions().get(), user, "I said nothing.")
    return made


@pytest.mark.parametrize("near", ["circle", "block", "blocked"])
def test_nobody_near_looks_again(bob: User, near: str) -> None:
    appeal, friend = appealed(bob, max_()), mia()
    client, address = client_of(friend), f"/moderation/appeal/{appeal.pk}/"
    assert client.get(address).status_code == 200
    if near == "circle":
        Circle.objects.start(bob, name="Porch Circle").seat(friend)
    else:
        Block.objects.put(*((friend, bob) if near == "block" else (bob, friend)))
    assert client.get(address).status_code == 404
    assert client.post(address, {"verdict": "approve", "seen": appeal.fingerprint}).status_code == 404
    assert "Nothing waits for you" in client.get("/moderation/").content.decode()
    with pytest.raises(errors.YourOwn):
        appeal.decide(friend, Verdict.APPROVE)
    appeal.decide(person("moe", "Moderator"), Verdict.APPROVE)
    assert may_write(bob)


def test_where_only_two_moderate_the_one_who_proposed_a_ban_looks_again_unless_near(bob: User) -> None:
    first, second = max_(), mia()
    sanction = impose(bob, first, "ban")
    sanction.decide(second, Verdict.APPROVE)
    decision = standing.decision_on(sanction)
    assert decision
    appeal = Appeal.objects.send_in(None, decision, bob, "I said nothing.")
    assert [appeal.can_be_decided_by(each) for each in (first, second)] == [True, False]
    Block.objects.put(first, bob)
    assert not appeal.can_be_decided_by(first)


def test_nobody_sanctions_somebody_near(bob: User) -> None:
    friend = mia()
    Circle.objects.start(bob, name="Porch Circle").seat(friend)
    client = client_of(friend)
    page = client.post(
        f"/moderation/people/{bob.pk}/", {"kind": "mute", "days": "7", "reason": "For a while."}, follow=True
    )
    assert "another moderator decides it" in page.content.decode()
    with pytest.raises(errors.YourOwn):
        impose(bob, friend)
    assert may_write(bob)


def test_a_ban_is_agreed_to_by_nobody_near(bob: User) -> None:
    sanction, friend = impose(bob, max_(), "ban"), mia()
    Circle.objects.start(bob, name="Porch Circle").seat(friend)
    with pytest.raises(errors.YourOwn):
        sanction.decide(friend, Verdict.APPROVE)


def test_the_key_of_a_form_is_for_one_person_and_one_thing(bob: User) -> None:
    key, carol, first, second = uuid4(), person("carol"), max_(), mia()
    made = {impose(who, by, key=key).pk for who in (bob, carol) for by in (first, second) for _twice in range(2)}
    assert len(made) == 4
    decisions = [Decision.objects.get(item=pk) for pk in made]
    appeals = {
        Appeal.objects.send_in(key, each, Sanction.objects.get(pk=each.item).user, "I said nothing.").pk
        for each in decisions
    }
    assert len(appeals) == 4

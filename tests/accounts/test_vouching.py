"""Alice is vouched, so are Bea and Cat; Nia is new; Max is a moderator."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import Block, CannotVouch, User, Vouch
from mindspace.moderation.models import Sanction
from mindspace.notifications.models import Notification
from tests.accounts.conftest import make

pytestmark = pytest.mark.django_db


def vouched(name: str) -> User:
    user = make(name)
    Vouch.objects.create(vouched=user, by_moderator=True)
    return user


@pytest.fixture
def alice() -> User:
    return vouched("alice")


@pytest.fixture
def bea() -> User:
    return vouched("bea")


@pytest.fixture
def nia() -> User:
    return make("nia")


def test_two_vouched_members_are_enough_and_one_is_not(alice: User, bea: User, nia: User) -> None:
    assert not nia.is_vouched
    Vouch.objects.give(alice, nia)
    assert not nia.is_vouched
    Vouch.objects.give(bea, nia)
    assert nia.is_vouched
    assert nia in User.objects.vouched()


def test_the_page_of_a_person_does_not_deny_the_word_of_whoever_reads_it(
    alice: User, bea: User, nia: User, client: Client
) -> None:
    client.force_login(alice)
    Vouch.objects.give(alice, nia)
    page = client.get(reverse("accounts:person_show", args=[nia.pk])).content.decode()
    assert "You have vouched for them. When a second member or a moderator does, too" in page
    assert "Vouch for them" not in page
    assert "that takes two members" in page
    assert "Nobody" not in page[page.index("<main") :]
    Vouch.objects.give(bea, nia)
    page = client.get(reverse("accounts:person_show", args=[nia.pk])).content.decode()
    assert "When a second member" not in page


def test_one_moderator_is_enough(max_: User, nia: User) -> None:
    Vouch.objects.give(max_, nia)
    assert nia.is_vouched
    assert Vouch.objects.get(vouched=nia).by_moderator


def test_the_same_person_twice_is_one_word(alice: User, nia: User) -> None:
    Vouch.objects.give(alice, nia)
    Vouch.objects.give(alice, nia)
    assert Vouch.objects.filter(vouched=nia).count() == 1
    assert not nia.is_vouched
    with pytest.raises(IntegrityError), transaction.atomic():
        Vouch.objects.create(voucher=alice, vouched=nia)


def test_who_is_not_vouched_cannot_vouch(nia: User, mona: User, ed: User) -> None:
    for voucher in (mona, ed):  # an editor is staff, and no moderator
        with pytest.raises(CannotVouch):
            Vouch.objects.give(voucher, nia)
    assert not Vouch.objects.exists()


def test_nobody_vouches_for_themselves(alice: User, max_: User) -> None:
    for user in (alice, max_):
        with pytest.raises(CannotVouch):
            Vouch.objects.give(user, user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vouch.objects.create(voucher=alice, vouched=alice)


def test_not_for_somebody_they_are_apart_from(alice: User, nia: User) -> None:
    Block.objects.put(nia, alice)
    with pytest.raises(CannotVouch):
        Vouch.objects.give(alice, nia)


def test_a_word_can_be_taken_back_and_outlives_an_account(alice: User, bea: User, nia: User) -> None:
    Vouch.objects.give(alice, nia)
    Vouch.objects.give(bea, nia)
    alice.delete()
    assert nia.is_vouched
    Vouch.objects.take_back(bea, nia)
    assert not nia.is_vouched


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_word() -> None:
    alice, nia = vouched("alice"), make("nia")
    failures: list[Exception] = []

    def vouch() -> None:
        try:
            Vouch.objects.give(alice, nia)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=vouch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Vouch.objects.filter(vouched=nia).count() == 1


def ban(user: User, by: User) -> Sanction:
    made: Sanction = Sanction.objects.impose(user, "ban", by=by, reason="Harm.")
    return made


def test_what_a_banned_member_vouched_for_does_not_count(alice: User, bea: User, nia: User, max_: User) -> None:
    for voucher in (alice, bea):
        Vouch.objects.give(voucher, nia)
    assert nia.is_vouched
    made = ban(alice, max_)
    assert not nia.is_vouched
    assert nia not in User.objects.vouched()
    made.lift()  # it was wrong
    assert nia.is_vouched


@pytest.mark.parametrize("kind", ["mute", "suspension"])
def test_what_ends_by_itself_takes_nothing_away(alice: User, bea: User, nia: User, max_: User, kind: str) -> None:
    for voucher in (alice, bea):
        Vouch.objects.give(voucher, nia)
    until = timezone.now() + timedelta(days=7)
    Sanction.objects.impose(alice, kind, by=max_, reason="Unkind words.", until=until)
    assert nia.is_vouched


@pytest.mark.parametrize("banned", [True, False])
def test_leaving_is_no_way_to_have_it_count_again(alice: User, bea: User, nia: User, max_: User, banned: bool) -> None:
    for voucher in (alice, bea):
        Vouch.objects.give(voucher, nia)
    if banned:
        ban(alice, max_)
    leaving.leave(alice, keep_posts=False)
    assert nia.is_vouched is not banned


def test_who_has_too_few_then_is_told_kindly_what_to_do(
    alice: User, bea: User, nia: User, max_: User, signed_in: Callable[[User], Client]
) -> None:
    for voucher in (alice, bea):
        Vouch.objects.give(voucher, nia)
    client = signed_in(nia)
    assert "does not count just now" not in client.get("/moderation/vouching/").content.decode()
    mail.outbox.clear()
    ban(alice, max_)
    told = Notification.objects.get(user=nia)
    assert told.path == "/moderation/vouching/"
    assert nia.email in [to for sent in mail.outbox for to in sent.to]
    page = client.get(told.path).content.decode()
    assert "It is not about you" in page
    assert "So far 1 member vouches for you" in page
    assert "Ask a moderator" in page
    assert alice.display_name not in page


def test_who_has_enough_all_the_same_is_told_nothing(alice: User, bea: User, nia: User, max_: User) -> None:
    for voucher in (alice, bea, max_):
        Vouch.objects.give(voucher, nia)
    ban(alice, max_)
    assert nia.is_vouched
    assert not Notification.objects.filter(user=nia).exists()

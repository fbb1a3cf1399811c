"""Alice blocks Bob; Charlie has nothing to do with it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client

from mindspace.accounts.models import Block, CannotBlockYourself, User
from tests.accounts.conftest import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make("alice")


@pytest.fixture
def bob() -> User:
    return make("bob")


@pytest.fixture
def charlie() -> User:
    return make("charlie")


def test_it_counts_in_both_directions(alice: User, bob: User, charlie: User) -> None:
    Block.objects.put(alice, bob)
    assert Block.objects.between(alice, bob).exists()
    assert Block.objects.between(bob, alice).exists()
    assert not Block.objects.between(alice, charlie).exists()
    assert set(User.objects.not_blocked_with(alice)) == {alice, charlie}
    assert set(User.objects.not_blocked_with(bob)) == {bob, charlie}
    assert set(User.objects.not_blocked_with(charlie)) == {alice, bob, charlie}


def test_the_others_of_somebody_are_those_of_both_directions(alice: User, bob: User, charlie: User) -> None:
    Block.objects.put(alice, bob)
    Block.objects.put(charlie, alice)
    assert set(Block.objects.others_of(alice)) == {bob.pk, charlie.pk}
    assert set(Block.objects.others_of(bob)) == {alice.pk}
    assert set(Block.objects.others_of(AnonymousUser())) == set()


def test_somebody_signed_out_is_apart_from_nobody(alice: User, bob: User) -> None:
    Block.objects.put(alice, bob)
    assert set(User.objects.not_blocked_with(AnonymousUser())) == {alice, bob}
    assert not Block.objects.between(AnonymousUser(), alice).exists()
    assert not Block.objects.between(None, alice).exists()


def test_twice_is_once(alice: User, bob: User) -> None:
    assert Block.objects.put(alice, bob) == Block.objects.put(alice, bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=alice, blocked=bob)


def test_both_may_block_each_other(alice: User, bob: User) -> None:
    mine = Block.objects.put(alice, bob)
    Block.objects.put(bob, alice)
    mine.delete()
    assert Block.objects.between(alice, bob).exists()


def test_nobody_blocks_themselves_whatever_python_thinks(alice: User) -> None:
    with pytest.raises(CannotBlockYourself):
        Block.objects.put(alice, alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(blocker=alice, blocked=alice)


def test_only_whoever_put_it_lifts_it(alice: User, bob: User) -> None:
    block = Block.objects.put(alice, bob)
    theirs, hers = Client(), Client()
    theirs.force_login(bob)
    hers.force_login(alice)
    assert theirs.post(f"/accounts/blocks/{block.pk}/lift/").status_code == 404
    assert Block.objects.between(alice, bob).exists()
    hers.post(f"/accounts/blocks/{block.pk}/lift/")
    assert not Block.objects.between(alice, bob).exists()

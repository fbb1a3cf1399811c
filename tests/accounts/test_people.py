"""A member's page: Alice and Bob see each other until one of them would rather not."""

from collections.abc import Callable

import pytest
from django.test import Client

from mindspace.accounts.models import Block, User, Vouch
from tests.accounts.conftest import make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def alice() -> User:
    return make("alice")


@pytest.fixture
def bob() -> User:
    return make("bob")


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 404
    return answer.content.decode()


def test_a_block_hides_both_and_looks_like_nobody(alice: User, bob: User, signed_in: SignedIn) -> None:
    client_of_alice, client_of_bob = signed_in(alice), signed_in(bob)
    assert client_of_alice.get(f"/accounts/people/{bob.pk}/").status_code == 200
    client_of_alice.post(f"/accounts/people/{bob.pk}/block/", follow=True)
    for client, other in ((client_of_alice, bob), (client_of_bob, alice)):
        hidden = body(client, f"/accounts/people/{other.pk}/")
        assert hidden == body(client, f"/accounts/people/{NOBODY}/")
        assert client.post(f"/accounts/people/{other.pk}/vouch/").status_code == 404
    assert client_of_bob.post(f"/accounts/people/{alice.pk}/block/").status_code == 404
    assert client_of_alice.post(f"/accounts/people/{bob.pk}/block/").status_code == 302  # as her first click was


def test_it_is_lifted_on_the_safety_page_by_its_owner_alone(alice: User, bob: User, signed_in: SignedIn) -> None:
    block = Block.objects.put(alice, bob)
    client_of_bob = signed_in(bob)
    assert "alice" not in client_of_bob.get("/accounts/safety/").content.decode().lower()
    assert client_of_bob.post(f"/accounts/blocks/{block.pk}/lift/").status_code == 404
    client = signed_in(alice)
    assert "bob" in client.get("/accounts/safety/").content.decode()
    client.post(f"/accounts/blocks/{block.pk}/lift/")
    assert not Block.objects.exists()


def test_nobody_blocks_themselves(alice: User, signed_in: SignedIn) -> None:
    assert signed_in(alice).post(f"/accounts/people/{alice.pk}/block/").status_code == 404


def test_one_tap_of_a_moderator_vouches(alice: User, max_: User, signed_in: SignedIn) -> None:
    client = signed_in(max_)
    assert "I vouch for them" in client.get(f"/accounts/people/{alice.pk}/").content.decode()
    client.post(f"/accounts/people/{alice.pk}/vouch/")
    assert alice.is_vouched
    client.post(f"/accounts/people/{alice.pk}/vouch/take-back/")
    assert not alice.is_vouched


def test_who_may_not_vouch_finds_no_button_and_no_way(alice: User, bob: User, signed_in: SignedIn) -> None:
    client = signed_in(bob)
    assert "I vouch" not in client.get(f"/accounts/people/{alice.pk}/").content.decode()
    assert client.post(f"/accounts/people/{alice.pk}/vouch/").status_code == 404
    assert not Vouch.objects.exists()


def test_somebody_who_closed_their_account_is_nobody(alice: User, bob: User, signed_in: SignedIn) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert signed_in(alice).get(f"/accounts/people/{bob.pk}/").status_code == 404


def test_signed_out_everywhere_but_here(alice: User, signed_in: SignedIn) -> None:
    here, there = signed_in(alice), signed_in(alice)
    assert there.get("/accounts/safety/").status_code == 200
    here.post("/accounts/safety/sign-out/")
    assert here.get("/accounts/safety/").status_code == 200
    assert there.get("/accounts/safety/").status_code == 302


def test_signed_in_pages_are_not_stored(alice: User, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    for path in ("profile/", "rest/", "safety/", "contact/", f"people/{alice.pk}/", "still-you/"):
        assert "no-store" in client.get(f"/accounts/{path}")["Cache-Control"], path

"""Every address of circles, by who asks. An address missing here fails the last test."""

import re
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from groups.circles.models import Circle, Invitation, Membership
from mindspace.accounts.models import Block
from tests.accounts.test_access import addresses
from tests.circles.cast import again, alice, bob, charlie, circle, client_of, fay, grown_up, max_, person

pytestmark = pytest.mark.django_db
OK, GONE, BAD, IN, NO, NOT_YET = 200, 404, 400, 302, 405, 403
NOWHERE = (NO,) * 9
MEMBERS = (IN, GONE, OK, OK, GONE, GONE, OK, GONE, GONE)
FACILITATOR = (IN, GONE, OK, GONE, GONE, GONE, GONE, GONE, GONE)

# address: what GET and then an empty POST give a stranger, a member of the site, who facilitates, who is in the circle,
# who is in another one, who has left, who is in it and keeps apart from the facilitator, a moderator, and a superuser.
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "circles/": ((OK,) * 9, NOWHERE),
    "circles/new/": (
        (IN, OK, OK, OK, OK, OK, OK, NOT_YET, NOT_YET),
        (IN, BAD, BAD, BAD, BAD, BAD, BAD, NOT_YET, NOT_YET),
    ),
    # Whoever sits is led to the circle; to whom the facilitator keeps apart from, no link opens anything.
    "circles/invitations/<str:token>/": (
        (IN, OK, IN, IN, OK, OK, GONE, NOT_YET, NOT_YET),
        (IN, IN, IN, IN, IN, IN, GONE, NOT_YET, NOT_YET),
    ),
    "circles/<uuid:pk>/": (MEMBERS, NOWHERE),
    "circles/<uuid:pk>/edit/": (FACILITATOR, (IN, GONE, BAD, GONE, GONE, GONE, GONE, GONE, GONE)),
    "circles/<uuid:pk>/invite/": (NOWHERE, (IN, GONE, OK, GONE, GONE, GONE, GONE, GONE, GONE)),
    "circles/<uuid:pk>/invitations/<uuid:invitation>/end/": (
        NOWHERE,
        (IN, GONE, IN, GONE, GONE, GONE, GONE, GONE, GONE),
    ),
    "circles/<uuid:pk>/leave/": (MEMBERS, (IN, GONE, IN, IN, GONE, GONE, IN, GONE, GONE)),
    # Nobody is named; see test_circle.py.
    "circles/<uuid:pk>/hand-over/": (NOWHERE, (IN, *(GONE,) * 8)),
    "circles/<uuid:pk>/remove/": (NOWHERE, (IN, *(GONE,) * 8)),
}


@pytest.fixture(scope="module")
def kept(once_for_all: None) -> Circle:
    return circle(fay(), agreements="Canary agreement")


@pytest.fixture
def made(kept: Circle) -> Circle:
    return deepcopy(kept)


@pytest.fixture(scope="module")
def signed_in(kept: Circle) -> list[Client]:
    facilitator = kept.memberships.get().user
    stranger, inside, other, gone, apart = charlie(), alice(), grown_up("dora"), grown_up("gone"), bob()
    circle(other, name="Elsewhere")
    for each in (inside, gone, apart):
        kept.seat(each)
    kept.leave(gone)
    Block.objects.put(apart, facilitator)
    superuser = person("sue")
    superuser.is_staff = superuser.is_superuser = True
    superuser.save()
    people = [None, stranger, facilitator, inside, other, gone, apart, max_(), superuser]
    return [client_of(each) for each in people]


@pytest.fixture
def clients(signed_in: list[Client]) -> list[Client]:
    return [again(client) for client in signed_in]


@pytest.fixture
def token(made: Circle, clients: list[Client]) -> str:
    link: str = Invitation.objects.make(made, made.memberships.facilitating().get().user, None)
    return link.split("/")[-2]


def path_of(address: str, made: Circle, token: str) -> str:
    invitation = str(Invitation.objects.with_token(token).get().pk)
    said = {"<uuid:pk>": str(made.pk), "<uuid:invitation>": invitation, "<str:token>": token}
    for name, value in said.items():
        address = address.replace(name, value)
    return f"/{address}"


def afresh(before: list[list[Any]]) -> None:
    """As it was before anybody asked."""
    Circle.objects.update(closed_at=None)
    for rows in before:
        type(rows[0]).objects.all().delete()
        type(rows[0]).objects.bulk_create(rows)


def test_each_address_by_role(clients: list[Client], made: Circle, token: str) -> None:
    before = [list(model.objects.all()) for model in (Membership, Invitation)]
    for address, expected in TABLE.items():
        path = path_of(address, made, token)
        gets = tuple(client.get(path).status_code for client in clients)
        posts = []
        for client in clients:
            posts.append(client.post(path, {"filler": "x"}).status_code)
            afresh(before)
        assert (gets, tuple(posts)) == expected, address


@pytest.mark.parametrize("address", [address for address in TABLE if "<uuid:pk>" in address])
def test_what_one_may_not_see_is_as_what_is_not_there(
    clients: list[Client], made: Circle, token: str, address: str
) -> None:
    path = path_of(address, made, token)
    missing = re.sub(r"[0-9a-f-]{36}", "00000000-0000-4000-8000-000000000000", path)
    for number in (1, 4, 5, 7, 8):
        for send in (clients[number].get, clients[number].post):
            here, nowhere = send(path), send(missing)
            assert here.status_code == nowhere.status_code
            assert _body(here) == _body(nowhere)
    assert clients[0].get(path).status_code == clients[0].get(missing).status_code


def _body(response: Any) -> bytes:
    token = response.context.get("csrf_token") if response.context else None
    return bytes(response.content).replace(str(token).encode(), b"") if token else bytes(response.content)


def test_nobody_else_reads_of_it_anywhere(clients: list[Client], made: Circle, token: str) -> None:
    facilitator = made.memberships.facilitating().get().user
    paths = ("/", "/circles/", "/my/", "/search/?q=porch", "/mutual-aid/", "/groups/?q=porch", "/admin/",
             f"/accounts/people/{facilitator.pk}/")  # fmt: skip
    for number in (0, 1, 4, 5, 7, 8):
        for path in paths:
            page = clients[number].get(path).content.decode()
            assert "Porch Circle" not in page, path
            assert "Canary agreement" not in page, path


def test_what_is_signed_in_or_holds_a_form_is_kept_by_nobody(clients: list[Client], made: Circle, token: str) -> None:
    for address in TABLE:
        for client in clients[1:]:
            assert "no-store" in client.get(path_of(address, made, token))["Cache-Control"], address


def test_forms_from_elsewhere_are_refused(made: Circle, token: str) -> None:
    for address, (_gets, posts) in TABLE.items():
        if posts != NOWHERE:
            strict: Any = Client(enforce_csrf_checks=True)
            strict.force_login(made.memberships.facilitating().get().user)
            assert strict.post(path_of(address, made, token), {}).status_code == 403, address


def test_no_address_is_missing_from_the_table() -> None:
    found = {path for path in addresses(get_resolver().url_patterns) if path.startswith("circles/")}
    assert found == set(TABLE)

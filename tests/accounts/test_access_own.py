"""Every address of our own under /accounts/, with GET and POST, by who asks; the things in it are Alice's.

The people are those of tests/planting.py: Alice owns, Bob is shown one number of hers, Dora is kept apart from her.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from mindspace.accounts.models import Block, ContactDetail, PhoneMember, SignIn, User
from mindspace.accounts.urls import urlpatterns
from tests.mutualaid.cast import again, client_of
from tests.planting import People, plant
from tests.walk import STAND_INS, filled

pytestmark = pytest.mark.django_db
OK, IN, BAD, GONE, NO = 200, 302, 400, 404, 405
ROLES = ("nobody", "alice", "bob", "carol", "dora", "max", "pam", "ed", "sue")
Codes = dict[str, int]


def codes(others: int, **some: int) -> Codes:
    """What each role gets: `others`, but for some; `staff` stands for all who moderate."""
    found = dict.fromkeys(ROLES, others)
    for name, code in some.items():
        found |= dict.fromkeys(("max", "pam", "sue") if name == "staff" else (name,), code)
    return found


MEMBERS = codes(OK, nobody=IN)
SENDS = codes(BAD, nobody=IN)
ACTS = codes(IN)
NOWHERE = codes(NO)
OTHERS = codes(OK, nobody=IN, dora=GONE)  # what others see of Alice
HERS = codes(GONE, nobody=IN, alice=OK)
# What a GET and then a POST with nothing of use in it get.
TABLE: dict[str, tuple[Codes, Codes]] = {
    "second-step/": (MEMBERS, NOWHERE),
    "invitation/<str:token>/": (codes(GONE), codes(GONE)),
    "profile/": (MEMBERS, SENDS),
    "age/": (NOWHERE, codes(GONE, nobody=IN)),
    "rest/": (MEMBERS, SENDS),
    "rest/end/": (NOWHERE, ACTS),
    "safety/": (MEMBERS, NOWHERE),
    "safety/sign-out/": (NOWHERE, ACTS),
    "safety/sign-out/<uuid:pk>/": (NOWHERE, codes(GONE, nobody=IN, alice=IN)),
    "blocks/<uuid:pk>/lift/": (NOWHERE, codes(GONE, nobody=IN, alice=IN)),
    "people/<uuid:pk>/": (OTHERS, NOWHERE),
    "people/<uuid:pk>/block/": (OTHERS | {"alice": GONE}, codes(IN, alice=GONE, dora=GONE)),
    # Bob is vouched for, and Max, Pam and Sue moderate.
    "people/<uuid:pk>/vouch/": (NOWHERE, codes(GONE, nobody=IN, bob=IN, staff=IN)),
    "people/<uuid:pk>/vouch/take-back/": (NOWHERE, codes(IN, dora=GONE)),
    "contact/": (MEMBERS, SENDS),
    "contact/<uuid:pk>/": (HERS, codes(GONE, nobody=IN, alice=BAD)),
    "contact/<uuid:pk>/delete/": (NOWHERE, codes(GONE, nobody=IN, alice=IN)),
    "by-phone/": (codes(GONE, staff=OK), codes(GONE, staff=BAD)),
    "by-phone/<uuid:pk>/end/": (codes(GONE, staff=OK), codes(GONE, staff=BAD)),
    "by-phone/confirm/": (codes(GONE, staff=OK), codes(GONE, staff=BAD)),
    "data/": (codes(IN), NOWHERE),  # on to: is it still you?
    "data/my-data.json": (codes(IN), NOWHERE),
    "delete/": (codes(IN), codes(IN)),
    "deleted/": (codes(OK), NOWHERE),
    "still-you/": (MEMBERS, MEMBERS),
}


@pytest.fixture(scope="module")
def world(once_for_all: None) -> People:
    return plant()


@pytest.fixture(scope="module")
def signed_in(world: People) -> dict[str, Client]:
    found = {role: client_of(world.get(role)) for role in ROLES}
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client_of(world["alice"]).get("/my/")  # another device of hers
    return found


@pytest.fixture
def clients(signed_in: dict[str, Client]) -> dict[str, Client]:
    return {role: again(client) for role, client in signed_in.items()}


def path_of(address: str) -> str:
    alice = User.objects.get(display_name="Quillcanary")
    things = {
        "safety/": SignIn.objects.filter(user=alice).order_by("since").last(),
        "blocks/": Block.objects.first(),
        "people/": alice,
        "contact/": ContactDetail.objects.filter(user=alice).first(),
        "by-phone/": PhoneMember.objects.first(),
    }
    row = next((thing for start, thing in things.items() if address.startswith(start)), None)
    return filled(f"accounts/{address}", [{"pk": row.pk} if row else {}])[0]


@pytest.mark.parametrize("address", TABLE)
def test_each_address_by_role(clients: dict[str, Client], address: str) -> None:
    gets, posts = TABLE[address]
    path = path_of(address)
    assert {role: client.get(path).status_code for role, client in clients.items()} == gets
    found = {}
    for role in sorted(ROLES, key=lambda role: role == "alice"):  # hers goes with her own press
        found[role] = clients[role].post(path, {"filler": "x"}).status_code
        if "block/" in address and "blocks" not in address:
            Block.objects.exclude(blocked__display_name="Dora").delete()
    assert found == posts


@pytest.mark.parametrize("address", [address for address in TABLE if "uuid" in address])
def test_what_is_somebody_elses_is_as_what_is_not_there(clients: dict[str, Client], address: str) -> None:
    path = path_of(address)
    missing = re.sub(r"[0-9a-f-]{36}", STAND_INS["uuid"], path)
    for role, client in clients.items():
        for method, found in zip(("get", "post"), TABLE[address], strict=True):
            if found[role] == GONE:
                bodies = {_body(getattr(client, method)(each, {"filler": "x"})) for each in (path, missing)}
                assert len(bodies) == 1, (role, method)


def _body(answer: object) -> str:
    assert getattr(answer, "status_code", 0) == GONE
    return re.sub(r'value="[^"]{30,}"|[0-9a-f-]{36}|filler=x', "", answer.content.decode())  # type: ignore[attr-defined]


def test_forms_from_elsewhere_are_refused(world: People) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world["sue"])
    for address, (_gets, posts) in TABLE.items():
        if posts != NOWHERE:
            assert (
                strict.post(path_of(address) if "safety" not in address else "/accounts/safety/sign-out/").status_code
                == 403
            ), address


def test_no_address_is_missing_from_the_table() -> None:
    assert {str(each.pattern) for each in urlpatterns if isinstance(each, URLPattern)} == set(TABLE)

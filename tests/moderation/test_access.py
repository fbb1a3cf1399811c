"""Every address of moderation and of news, by who asks. An address missing here fails the last test.

The people are those of tests/planting.py: Alice owns, Bob and Pam answered her, Carol is a third, Dora is kept apart.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from mindspace.moderation import queue
from mindspace.moderation.models import Sanction
from mindspace.notifications.telling import stop_path
from mutualaid.models import PassRequest, Post, Response
from tests.accounts.test_access import addresses
from tests.mutualaid.cast import again, client_of
from tests.planting import People, plant
from tests.walk import STAND_INS, filled

pytestmark = pytest.mark.django_db
OK, IN, BAD, GONE, NO = 200, 302, 400, 404, 405
ROLES = ("nobody", "alice", "bob", "carol", "dora", "eve", "max", "mia", "pam", "ed", "sue")
STARTS = ("moderation/", "my/")
Codes = dict[str, int]


def codes(others: int, **some: int) -> Codes:
    """What each role gets: `others`, but for some; `staff` stands for all who moderate."""
    found = dict.fromkeys(ROLES, others)
    for name, code in some.items():
        found |= dict.fromkeys(("max", "mia", "pam", "sue") if name == "staff" else (name,), code)
    return found


MEMBERS = codes(OK, nobody=IN)
NOWHERE = codes(NO)
# What a GET and then a POST with nothing of use in it get.
TABLE: dict[str, tuple[Codes, Codes]] = {
    "moderation/": (codes(GONE, staff=OK), NOWHERE),
    "moderation/vouching/": (MEMBERS, codes(IN, alice=IN)),  # the note may be empty
    "moderation/people/<uuid:pk>/": (codes(GONE, staff=OK), codes(GONE, staff=BAD)),
    "moderation/sanctions/<uuid:pk>/lift/": (NOWHERE, codes(GONE, staff=IN)),
    "my/": (MEMBERS, NOWHERE),
    "my/notifications/": (MEMBERS, NOWHERE),
    "my/notifications/read/": (NOWHERE, codes(IN)),
    "my/notifications/settings/": (MEMBERS, codes(BAD, nobody=IN)),
    "my/notifications/stop/<str:token>/": (codes(OK), codes(OK)),
    # Under nothing, there is nothing to ask about: Eve, who is, has asked already.
    "my/standing/": (MEMBERS, codes(BAD, nobody=IN)),
    # Of Alice: not for herself, and not for whom she keeps away.
    "my/standing/report/<uuid:pk>/": (codes(OK, nobody=IN, alice=GONE, dora=GONE),
                                      codes(BAD, nobody=IN, alice=GONE, dora=GONE)),
}  # fmt: skip
# Each kind of thing that waits: whoever moderates, but for one of the two whom it is about, or who made it.
ITEMS: dict[str, Codes] = {
    "post": codes(GONE, staff=OK),
    "post_report": codes(GONE, staff=OK, pam=GONE),
    "message": codes(GONE, staff=OK),
    "thread_report": codes(GONE, staff=OK, pam=GONE),  # the one of Alice's and Pam's conversation
    "pass": codes(GONE, staff=OK, pam=GONE),
    "person": codes(GONE, staff=OK),
    "vouch": codes(GONE, staff=OK),
    "sanction": codes(GONE, staff=OK, max=GONE),  # who decided it
    "appeal": codes(GONE, staff=OK, max=GONE),  # who decided what it is about
}
BY_KIND = {"moderation/<slug:name>/<uuid:pk>/", "moderation/<slug:name>/<uuid:pk>/write/"}
OF_GROUPS = {"suggestion", "claim", "report"}  # tests/groups/ has those


@pytest.fixture(scope="module")
def world(once_for_all: None) -> People:
    found = plant()
    ride = Post.objects.create(author=found["alice"], title="A ride", category="rides", state="draft")
    PassRequest.objects.create(
        response=Response.objects.create(post=ride, by=found["pam"]), made_by=found["alice"], state="waiting"
    )
    return found


@pytest.fixture(scope="module")
def signed_in(world: People) -> dict[str, Client]:
    return {role: client_of(world.get(role)) for role in ROLES}


@pytest.fixture
def clients(signed_in: dict[str, Client]) -> dict[str, Client]:
    return {role: again(client) for role, client in signed_in.items()}


def path_of(address: str, world: People) -> str:
    pk = Sanction.objects.get().pk if "sanctions" in address else world["alice"].pk
    if "<str:token>" in address:
        return stop_path(world["alice"], "mutualaid.message")
    return filled(address, [{"pk": pk}])[0]


def item_of(name: str) -> Any:
    rows = next(kind for kind in queue.every() if kind.name == name).model.objects.all()
    return (
        rows.filter(target__by__display_name="Pam").get()
        if name == "thread_report"
        else rows.order_by("made_at").first()
    )


def statuses(clients: dict[str, Client], path: str, method: str) -> Codes:
    return {role: getattr(client, method)(path, {"filler": "x"}).status_code for role, client in clients.items()}


@pytest.mark.parametrize("address", TABLE)
def test_each_address_by_role(clients: dict[str, Client], world: People, address: str) -> None:
    path = path_of(address, world)
    assert statuses(clients, path, "get") == TABLE[address][0]
    assert statuses(clients, path, "post") == TABLE[address][1]


@pytest.mark.parametrize("name", ITEMS)
def test_each_kind_of_thing_by_role(clients: dict[str, Client], name: str) -> None:
    path = f"/moderation/{name}/{item_of(name).pk}/"
    assert statuses(clients, path, "get") == ITEMS[name]
    assert statuses(clients, path, "post") == {role: BAD if code == OK else code for role, code in ITEMS[name].items()}


# To whom a moderator can write before anything is decided, and how it comes to that in this test.
WRITABLE: dict[str, dict[str, Any]] = {
    "post": {"post__urgent": True}, "message": {"message__words": "I want to die."},
    "post_report": {"reason": "self_harm"}, "person": {"reason": "self_harm"},
}  # fmt: skip


@pytest.mark.parametrize("name", ITEMS)
def test_writing_to_somebody_by_role(clients: dict[str, Client], name: str) -> None:
    item = item_of(name)
    path = f"/moderation/{name}/{item.pk}/write/"
    assert statuses(clients, path, "post") == codes(GONE)
    for field, value in WRITABLE.get(name, {}).items():
        row, _dots, attribute = field.rpartition("__")
        about = getattr(item, row) if row else item
        setattr(about, attribute, value)
        about.save()
    assert statuses(clients, path, "get") == codes(NO)
    wanted = {role: BAD if code == OK else code for role, code in ITEMS[name].items()}
    assert statuses(clients, path, "post") == (wanted if name in WRITABLE else codes(GONE))


def test_no_kind_is_missing() -> None:
    assert {kind.name for kind in queue.every()} - OF_GROUPS == set(ITEMS)


def body(client: Client, path: str) -> str:
    """What a page says, without what is new on each."""
    return re.sub(r'value="[^"]{30,}"|[0-9a-f-]{36}', "", client.get(path).content.decode())


def test_what_one_may_not_see_is_as_what_is_not_there(clients: dict[str, Client], world: People) -> None:
    paths = [path_of(address, world) for address in TABLE if "uuid" in address]
    paths += [f"/moderation/{name}/{item_of(name).pk}/" for name in ITEMS]
    for path in paths:
        missing = re.sub(r"[0-9a-f-]{36}", STAND_INS["uuid"], path)
        for role in ROLES:
            if clients[role].get(path).status_code == GONE:
                assert body(clients[role], path) == body(clients[role], missing), (role, path)


def test_what_is_signed_in_or_holds_a_form_is_kept_by_nobody(clients: dict[str, Client], world: People) -> None:
    for address in TABLE:
        for role, client in clients.items():
            if role != "nobody":
                assert "no-store" in client.get(path_of(address, world))["Cache-Control"], (address, role)


def test_forms_from_elsewhere_are_refused(world: People) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world["sue"])
    for address, (_gets, posts) in TABLE.items():
        if posts != NOWHERE and "token" not in address:  # a mail program presses that one
            assert strict.post(path_of(address, world)).status_code == 403, address


def test_no_address_is_missing_from_the_table() -> None:
    found = {path for path in addresses(get_resolver().url_patterns) if path.startswith(STARTS)}
    assert found == {*TABLE, *BY_KIND}

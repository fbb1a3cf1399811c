"""Every address by which listings are kept, by who asks. An address missing here fails the last test."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from groups.models import Claim, Group, OrganizerLink, Suggestion
from tests.accounts.test_access import addresses
from tests.groups.cast import again, client_of, group, links, max_, olga, person

pytestmark = pytest.mark.django_db
OK, GONE, BAD, IN = 200, 404, 400, 302
NO = 405

# address: what GET and then an empty POST give a stranger, a member, an organizer of the group and a moderator.
TABLE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "groups/new/": ((OK, OK, OK, OK), (BAD, BAD, BAD, BAD)),
    "groups/suggest/sent/": ((OK, OK, OK, OK), (NO, NO, NO, NO)),
    "groups/suggest/<str:token>/": ((GONE, GONE, GONE, GONE), (GONE, GONE, GONE, GONE)),
    "groups/claim/sent/": ((OK, OK, OK, OK), (NO, NO, NO, NO)),
    "groups/claim/<str:token>/": ((GONE, GONE, GONE, GONE), (GONE, GONE, GONE, GONE)),
    "groups/confirm/<str:token>/": ((GONE, GONE, GONE, GONE), (GONE, GONE, GONE, GONE)),
    "groups/organizers/": ((OK, OK, OK, OK), (BAD, BAD, BAD, BAD)),
    "groups/organizers/<str:token>/": ((GONE, GONE, GONE, GONE), (GONE, GONE, GONE, GONE)),
    "groups/<slug:slug>/change/": ((OK, OK, OK, OK), (BAD, BAD, BAD, BAD)),
    "groups/<slug:slug>/claim/": ((OK, OK, OK, OK), (BAD, BAD, BAD, BAD)),
    "groups/<slug:slug>/report/": ((OK, OK, OK, OK), (BAD, BAD, BAD, BAD)),
    "groups/<slug:slug>/report/sent/": ((OK, OK, OK, OK), (NO, NO, NO, NO)),
    "groups/<slug:slug>/was-it-on/": ((OK, OK, OK, OK), (BAD, BAD, BAD, BAD)),
    "groups/<slug:slug>/thanks/": ((OK, OK, OK, OK), (NO, NO, NO, NO)),
    "groups/<slug:slug>/contact/": ((OK, OK, OK, OK), (BAD, BAD, BAD, BAD)),
    "groups/<slug:slug>/contact/sent/": ((OK, OK, OK, OK), (NO, NO, NO, NO)),
    "groups/<slug:slug>/flyer/": ((OK, OK, OK, OK), (NO, NO, NO, NO)),
    "groups/<slug:slug>/keep/": ((GONE, GONE, OK, OK), (NO, NO, NO, NO)),
    "groups/<slug:slug>/keep/edit/": ((GONE, GONE, OK, OK), (GONE, GONE, BAD, BAD)),
    "groups/<slug:slug>/keep/meeting/": ((NO, NO, NO, NO), (GONE, GONE, BAD, BAD)),
    "groups/<slug:slug>/keep/pause/": ((NO, NO, NO, NO), (GONE, GONE, IN, IN)),
    "groups/<slug:slug>/keep/confirm/": ((NO, NO, NO, NO), (GONE, GONE, IN, IN)),
    "groups/<slug:slug>/keep/list/": ((NO, NO, NO, NO), (GONE, GONE, GONE, IN)),
    "groups/<slug:slug>/keep/add/": ((NO, NO, NO, NO), (GONE, GONE, BAD, BAD)),
    "groups/<slug:slug>/keep/remove/": ((NO, NO, NO, NO), (GONE, GONE, GONE, GONE)),
    "groups/<slug:slug>/history/": ((GONE, GONE, GONE, OK), (NO, NO, NO, NO)),
    "groups/<slug:slug>/history/<slug:kind>/<int:pk>/": ((NO, NO, NO, NO), (GONE, GONE, GONE, GONE)),
    "groups/<slug:slug>/keep/close/": ((NO, NO, NO, NO), (GONE, GONE, OK, OK)),
    "moderation/": ((GONE, GONE, GONE, OK), (NO, NO, NO, NO)),
    "moderation/<slug:name>/<uuid:pk>/": ((GONE, GONE, GONE, OK), (GONE, GONE, GONE, BAD)),
    # To a group nobody is written to: see tests/mutualaid/test_writing_to_somebody.py.
    "moderation/<slug:name>/<uuid:pk>/write/": ((NO, NO, NO, NO), (GONE, GONE, GONE, GONE)),
}
PUBLIC = ("thanks/", "sent/", "flyer/")
# Those of finding and of feeds, whose own tests know who may see what there.
KEEPING = ("suggest", "claim", "confirm", "organizers", "change", "report", "was-it-on", "thanks", "contact", "flyer",
           "keep", "history", "new")  # fmt: skip

# Of members, not of listings: tests/moderation/ has who may do what there.
OF_MEMBERS = {"moderation/vouching/", "moderation/people/<uuid:pk>/", "moderation/sanctions/<uuid:pk>/lift/"}


@pytest.fixture(scope="module")
def signed_in(once_for_all: None) -> tuple[list[Client], str]:
    """The browsers, and the token that was in the organizer's mail."""
    made = group(contact_by="relay")
    made.contact_email = "circle@example.net"
    made.save()
    organizer = Client()
    organizer.post("/groups/organizers/", {"email": olga(made).email})
    organizer.post(links()[0])
    token = links()[0].split("/")[-2]
    return [Client(), client_of(person("mona")), organizer, client_of(max_())], token


@pytest.fixture
def clients(signed_in: tuple[list[Client], str]) -> list[Client]:
    return [again(client) for client in signed_in[0]]


def path_of(address: str) -> str:
    held = Suggestion.objects.first() or Suggestion.objects.create(
        group=Group.objects.get(), changes={}, state="waiting"
    )
    filled = address.replace("<slug:slug>", "tea-and-talk").replace("<str:token>", "x").replace("<slug:kind>", "group")
    return "/" + filled.replace("<int:pk>", "1000000").replace("<slug:name>", "suggestion").replace(
        "<uuid:pk>", str(held.pk)
    )


@pytest.mark.parametrize("address", TABLE)
def test_each_address_by_role(clients: list[Client], address: str) -> None:
    path = path_of(address)
    gets = tuple(client.get(path).status_code for client in clients)
    posts = []
    for client in clients:
        posts.append(client.post(path, {"filler": "x"}).status_code)
        Group.objects.update(status="listed", paused_from=None)
    assert (gets, tuple(posts)) == TABLE[address]


@pytest.mark.parametrize("address", TABLE)
def test_what_holds_a_form_is_kept_by_nobody(clients: list[Client], address: str) -> None:
    for client in clients:
        answer = client.get(path_of(address))
        if not address.endswith(PUBLIC) or answer.status_code != OK:
            assert "no-store" in answer["Cache-Control"]
    stranger = clients[0].get(path_of(address))
    if address.endswith(PUBLIC):
        assert (stranger["Cache-Control"], stranger.cookies) == ("public, max-age=0, must-revalidate", {})


def test_no_address_is_missing_from_the_table() -> None:
    found = {
        path
        for path in addresses(get_resolver().url_patterns)
        if path.startswith("moderation/") or (path.startswith("groups/") and set(path.split("/")) & set(KEEPING))
    }
    assert found == set(TABLE) | OF_MEMBERS


@pytest.mark.parametrize("status", ["pending", "closed"])
def test_a_listing_nobody_sees_has_none_of_these_pages(clients: list[Client], status: str) -> None:
    Group.objects.update(status=status)
    for address in TABLE:
        if "<slug:slug>" in address:
            codes = [client.get(path_of(address)).status_code for client in clients[:3]]
            assert set(codes) <= {GONE, NO}, address


def test_forms_from_elsewhere_are_refused(clients: list[Client]) -> None:
    for address, (gets, _posts) in TABLE.items():
        if NO not in gets and not address.endswith(PUBLIC) and address != "moderation/":
            strict: Any = Client(enforce_csrf_checks=True)
            assert strict.post(path_of(address), {}).status_code == 403, address


def test_a_token_opens_one_kind_of_page_only(clients: list[Client], signed_in: tuple[list[Client], str]) -> None:
    for model in (Claim, OrganizerLink):
        assert not model.objects.with_token("x").exists()
    token = signed_in[1]
    for kind in ("suggest", "claim", "confirm"):
        assert clients[0].get(f"/groups/{kind}/{token}/").status_code == GONE

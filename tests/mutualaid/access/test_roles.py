"""What each address gives to each who asks."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from groups.circles.models import Circle
from mindspace.accounts.models import Profile, User
from mutualaid.models import Arrangement, Post, PostReport, Response, ResponseReport, Seat
from tests.accounts.test_access import addresses
from tests.mutualaid.access.table import AGREED, AUTHOR, AUTHOR_SENDS, BAD, GONE, NO, NOWHERE, OK, TABLE, path_of
from tests.mutualaid.cast import client_of, draft, grown_up, person

pytestmark = pytest.mark.django_db


def afresh(address: str, answer: Response) -> None:
    """As it was before anybody asked."""
    Post.objects.update(state="open", closed_at=None, closed_as="")
    Arrangement.objects.all().delete()
    Seat.objects.all().delete()
    Response.objects.update(state="proposed", decided_at=None)
    if address.strip("/").rsplit("/")[-1] in AGREED:
        Response.objects.get(pk=answer.pk).accept()


@pytest.mark.parametrize("address", TABLE)
def test_each_address_by_role(clients: list[Client], made: Post, answer: Response, address: str) -> None:
    path = path_of(address, made, answer)
    pages = [client.get(path) for client in clients]
    gets = tuple(page.status_code for page in pages)
    if address != "mutual-aid/feed/":  # what is signed in, or holds a form, is kept by nobody
        assert all("no-store" in page["Cache-Control"] for page in pages[1:])
    posts = []
    for client in clients:
        afresh(address, answer)
        posts.append(client.post(path, {"filler": "x"}).status_code)
    assert (gets, tuple(posts)) == TABLE[address]


def of_a_third(address: str) -> tuple[int, int]:
    """As Bob, but for what is between him and Alice, and for an answer of their own."""
    get, post = TABLE[address][0][1], TABLE[address][1][1]
    if address.endswith("/answer/"):
        return OK, BAD
    if "/answers/" in address and "by-phone" not in address:
        return (get if get == NO else GONE), (post if post == NO else GONE)
    return get, post


def of_a_party_who_moderates(address: str) -> tuple[int, int]:
    """As Bob, who is one of the two as well, but for the pages that are for moderators."""
    column = 4 if any(word in address for word in ("by-phone", "waiting", "/moderation/")) else 1
    return TABLE[address][0][column], TABLE[address][1][column]


@pytest.mark.parametrize("address", TABLE)
def test_a_third_member_and_a_moderator_who_is_one_of_the_two(
    clients: list[Client], made: Post, answer: Response, address: str
) -> None:
    third, pam = grown_up("carol"), person("pam", "Moderator")
    Profile.objects.create(user=pam, is_adult=True, adult_stated_at=timezone.now())
    path, client = path_of(address, made, answer), client_of(third)
    found = [client.get(path).status_code]
    afresh(address, answer)
    assert (*found, client.post(path, {"filler": "x"}).status_code) == of_a_third(address)
    afresh(address, answer)
    ResponseReport.objects.all().delete()
    hers: Response = Response.objects.create(post=made, by=pam)
    ResponseReport.objects.send_in(None, hers, "harassment", by=hers.by)
    path, client = path_of(address, made, hers), client_of(pam)
    found = [client.get(path).status_code]
    afresh(address, hers)
    assert (*found, client.post(path, {"filler": "x"}).status_code) == of_a_party_who_moderates(address)


@pytest.mark.parametrize("address", TABLE)
def test_a_post_for_a_circle_is_there_for_those_who_sit_in_it_and_for_no_other_member(
    clients: list[Client], made: Post, answer: Response, address: str
) -> None:
    circle, dora, carol = Circle.objects.start(made.author, name="Porch Circle"), grown_up("dora"), grown_up("carol")
    for user in (dora, answer.by):
        circle.seat(user)
    Post.objects.filter(pk=made.pk).update(audience="circle", circle=circle)
    path, found = path_of(address, made, answer), []
    for client in map(client_of, (dora, carol)):
        afresh(address, answer)
        found.append((client.get(path).status_code, client.post(path, {"filler": "x"}).status_code))
    inside = of_a_third(address)
    outside = tuple(NO if code == NO else GONE for code in inside) if "uuid" in address else inside
    assert found == [inside, outside]


@pytest.mark.parametrize("address", [address for address in TABLE if "uuid" in address])
def test_what_one_may_not_see_is_as_what_is_not_there(
    clients: list[Client], made: Post, answer: Response, address: str
) -> None:
    blocked, path = clients[3], path_of(address, made, answer)
    nowhere_id = "00000000-0000-4000-8000-000000000000"
    missing = re.sub(r"[0-9a-f-]{36}", nowhere_id, path)
    for send in (blocked.get, blocked.post):
        here, nowhere = send(path), send(missing)
        assert here.status_code == nowhere.status_code
        assert _body(here) == _body(nowhere)


def _body(response: Any) -> bytes:
    token = response.context.get("csrf_token") if response.context else None
    return bytes(response.content).replace(str(token).encode(), b"") if token else bytes(response.content)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("draft", (GONE, GONE, OK, GONE, GONE)), ("held", (GONE, GONE, OK, GONE, GONE)),
     ("paused", (GONE, OK, OK, GONE, OK))],
)  # fmt: skip
def test_the_page_by_state(clients: list[Client], made: Post, state: str, expected: tuple[int, ...]) -> None:
    Post.objects.update(state=state)
    assert tuple(client.get(made.get_absolute_url()).status_code for client in clients[:5]) == expected


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("public", (OK, OK, OK, GONE, OK)), ("vouched", (GONE, GONE, OK, GONE, GONE)),
     ("circle", (GONE, GONE, OK, GONE, GONE))],  # of which nobody else is in; see test_circle_posts.py
)  # fmt: skip
def test_the_page_by_audience(clients: list[Client], made: Post, audience: str, expected: tuple[int, ...]) -> None:
    circle = Circle.objects.start(made.author, name="Porch Circle") if audience == "circle" else None
    Post.objects.update(audience=audience, circle=circle)
    assert tuple(client.get(made.get_absolute_url()).status_code for client in clients[:5]) == expected


def test_a_post_taken_down_is_gone_for_others(clients: list[Client], made: Post) -> None:
    made.remove(User.objects.get(email="max@example.org"), "It asks for money.")
    codes = [client.get(made.get_absolute_url()).status_code for client in clients[:5]]
    assert codes == [GONE, GONE, OK, GONE, GONE]
    assert clients[4].get(f"{made.get_absolute_url()}moderation/").status_code == OK


def test_only_its_author_may_ask_to_look_again(clients: list[Client], made: Post) -> None:
    report = PostReport.objects.send_in(None, made, "scam", "", User.objects.get(email="bob@example.org"))
    for name in ("one", "two"):
        report.decide(person(name, "Moderator"), "approve", "It asks for money.")
    path = f"/mutual-aid/{made.pk}/appeal/"
    assert tuple(client.get(path).status_code for client in clients) == AUTHOR
    assert tuple(client.post(path, {"filler": "x"}).status_code for client in clients) == AUTHOR_SENDS


def test_forms_from_elsewhere_are_refused(made: Post, answer: Response) -> None:
    for address, (_gets, posts) in TABLE.items():
        if posts != NOWHERE:
            strict: Any = Client(enforce_csrf_checks=True)
            strict.force_login(made.author)
            assert strict.post(path_of(address, made, answer), {}).status_code == 403, address


def test_a_draft_of_somebody_else_is_no_page(clients: list[Client], made: Post) -> None:
    theirs = draft(made.author)
    assert clients[1].get(f"/mutual-aid/{theirs.pk}/edit/when/").status_code == GONE


def test_no_address_is_missing_from_the_table() -> None:
    found = {path for path in addresses(get_resolver().url_patterns) if path.startswith("mutual-aid/")}
    assert found == set(TABLE)

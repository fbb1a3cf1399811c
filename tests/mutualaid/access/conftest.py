"""Alice's post, and those who ask for what is about it: made once for a file."""

from copy import deepcopy

import pytest
from django.test import Client

from mindspace.accounts.models import Block, PhoneMember, User
from mutualaid.models import Post, Response, ResponseReport
from tests.mutualaid.cast import again, alice, bob, charlie, client_of, max_, person, post


@pytest.fixture(scope="module")
def kept(once_for_all: None) -> Post:
    return post(alice(), audience="members")


@pytest.fixture
def made(kept: Post) -> Post:
    return deepcopy(kept)


@pytest.fixture(scope="module")
def signed_in(kept: Post) -> list[Client]:
    blocked = charlie()
    Block.objects.create(blocker=kept.author, blocked=blocked)
    superuser = person("sue")
    superuser.is_staff = superuser.is_superuser = True
    superuser.save()
    people = [None, bob(), kept.author, blocked, max_(), person("ed", "Editor"), superuser]
    rosa = PhoneMember.objects.welcome(max_of(people), "Rosa", "Yes.", adult=True).user
    Response.objects.create(post=post(kept.author, "Bread"), by=rosa)
    return [client_of(each) for each in people]


@pytest.fixture
def clients(signed_in: list[Client]) -> list[Client]:
    return [again(client) for client in signed_in]


def max_of(people: list[User | None]) -> User:
    found = people[4]
    assert found
    return found


@pytest.fixture
def answer(made: Post, clients: list[Client]) -> Response:
    response: Response = Response.objects.create(post=made, by=User.objects.get(email="bob@example.org"))
    ResponseReport.objects.send_in(None, response, "harassment", by=response.by)
    return response

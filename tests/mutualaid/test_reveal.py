"""A number is shown by its owner, to one person, for one arrangement; and to nobody else, whatever they ask."""

from typing import Any

import pytest
from django.utils import timezone

from mindspace.accounts.models import Block, ContactDetail, User
from mutualaid.errors import NotNow
from mutualaid.models import Arrangement, Post, Response, Reveal
from tests.mutualaid.cast import alice, bob, charlie, client_of, max_, post

pytestmark = pytest.mark.django_db
CANARY = "+12145550177"


def detail_of(user: User, value: str = CANARY, **fields: Any) -> ContactDetail:
    made = ContactDetail(user=user, kind="phone", **{"verified_at": timezone.now(), **fields})
    made.value = value
    made.save()
    return made


@pytest.fixture
def made() -> Post:
    return post(alice())


@pytest.fixture
def response(made: Post) -> Response:
    response: Response = Response.objects.send_in(None, made, bob(), "I can come.")
    response.accept()
    return response


def page(response: Response, user: User | None) -> str:
    return client_of(user).get(response.get_absolute_url()).content.decode()


def test_shown_taken_back_and_shown_again(response: Response) -> None:
    detail, other = detail_of(response.by), response.post.author
    assert CANARY not in page(response, other)
    client = client_of(response.by)
    for _twice in range(2):
        client.post(f"{response.get_absolute_url()}show/", {"detail": detail.pk})
    assert Reveal.objects.count() == 1
    assert f'href="tel:{CANARY}"' in page(response, other)
    assert "they see it" in page(response, response.by)
    client.post(f"{response.get_absolute_url()}hide/", {"detail": detail.pk})
    assert CANARY not in page(response, other)


@pytest.mark.parametrize("end", ["cancel", "miss", "both done", "block"])
def test_it_closes_with_the_arrangement(response: Response, end: str) -> None:
    arrangement, author = Arrangement.objects.get(), response.post.author
    Reveal.objects.show(detail_of(response.by), arrangement)
    if end == "both done":
        for by in (author, response.by):
            arrangement.say_done(by)
    elif end == "block":
        Block.objects.put(author, response.by)
    else:
        getattr(arrangement, end)(author)
    assert not Reveal.objects.open().exists()
    assert CANARY not in page(response, author)
    with pytest.raises(NotNow):
        Reveal.objects.show(detail_of(response.by, "+12145550178"), arrangement)


def test_nobody_shows_what_is_not_theirs_or_not_confirmed(response: Response) -> None:
    stranger = charlie()
    theirs, unconfirmed = detail_of(stranger), detail_of(response.by, "+12145550178", verified_at=None)
    client = client_of(response.by)
    for detail in (theirs, unconfirmed):
        assert client.post(f"{response.get_absolute_url()}show/", {"detail": detail.pk}).status_code == 404
    for junk in ("", "x", "a\0b"):
        assert client.post(f"{response.get_absolute_url()}show/", {"detail": junk}).status_code == 404
    for detail in (theirs, unconfirmed):
        with pytest.raises(NotNow):
            Reveal.objects.show(detail, Arrangement.objects.get())


def test_the_number_is_on_no_page_of_anybody_else(response: Response) -> None:
    Reveal.objects.show(detail_of(response.by), Arrangement.objects.get())
    for user in (None, charlie(), max_()):
        client = client_of(user)
        for address in (response.get_absolute_url(), response.post.get_absolute_url(), "/mutual-aid/", "/my/",
                        "/mutual-aid/feed/", "/moderation/", f"/accounts/people/{response.by.pk}/"):  # fmt: skip
            answer = client.get(address)
            assert CANARY not in answer.content.decode() + str(answer.headers), address

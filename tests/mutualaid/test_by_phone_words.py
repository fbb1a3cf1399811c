"""What is said of who reads, where one of the two is helped by phone: Alice and Rosa, for whom Max reads and writes."""

import pytest

from mindspace.accounts.models import PhoneMember, User
from mutualaid.models import Arrangement, Post, Response, Reveal
from tests.mutualaid.cast import alice, bob, client_of, draft, max_, post, rosa
from tests.mutualaid.test_reveal import CANARY, detail_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def member(moderator: User) -> PhoneMember:
    return rosa(moderator)


def agreed(made: Post, by: User) -> Response:
    response: Response = Response.objects.send_in(None, made, by, "I can come.")
    response.accept()
    return response


def read(user: User | None, path: str) -> str:
    return client_of(user).get(path).content.decode()


def test_a_number_that_is_shown_to_her_is_read_to_her(moderator: User, member: PhoneMember) -> None:
    response = agreed(post(member.user), alice())
    page = f"/mutual-aid/by-phone/{member.pk}/answers/{response.pk}/"
    detail = detail_of(response.by)
    assert CANARY not in read(moderator, page)
    Reveal.objects.show(detail, Arrangement.objects.get())
    assert f'href="tel:{CANARY}"' in read(moderator, page)
    assert "It is for Rosa only" in read(moderator, page)
    own = read(response.by, response.get_absolute_url())
    assert "a moderator reads it to them" in own
    assert "they see it" not in own
    Reveal.objects.all().delete()
    assert CANARY not in read(moderator, page)


def test_nobody_is_told_that_only_she_reads_it(member: PhoneMember) -> None:
    made, user = post(member.user, audience="public"), bob()
    for reader in (user, None):
        page = read(reader, made.get_absolute_url())
        assert "A moderator reads it to the author" in page
        assert "sees it, and says" not in page
    form = read(user, f"{made.get_absolute_url()}answer/")
    assert "Rosa hears this, and says yes or no." in form
    assert "Only Rosa" not in form
    response = agreed(made, user)
    page = read(user, response.get_absolute_url())
    assert "the moderators who help Rosa by phone" in page
    assert "Other moderators do only if one of you tells us." in page
    assert "Only the two of you" not in page


def test_between_two_with_a_mailbox_nothing_changes() -> None:
    made, user = post(alice()), bob()
    assert "Only Alice sees it, and says yes or no." in read(user, made.get_absolute_url())
    assert "Only Alice reads this" in read(user, f"{made.get_absolute_url()}answer/")
    page = read(user, agreed(made, user).get_absolute_url())
    assert "Only the two of you read this." in page
    assert "A moderator reads it only if one of you tells us." in page


def test_whoever_writes_for_her_is_not_taken_for_her(moderator: User, member: PhoneMember) -> None:
    hers, own = draft(member.user, audience="public"), draft(alice(), audience="public")
    page = read(moderator, f"/mutual-aid/{hers.pk}/edit/check/")
    assert "Their phone number is never shown." in page
    assert "without a name" in page
    for words in ("Your e-mail", "without your name"):
        assert words not in page
        assert words not in read(moderator, f"/mutual-aid/{hers.pk}/edit/who/")
    assert own.author is not None
    assert "Your e-mail address and phone number" in read(own.author, f"/mutual-aid/{own.pk}/edit/check/")

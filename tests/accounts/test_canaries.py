"""What Alice keeps private is planted under a name nothing else has, and looked for wherever others can look."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from mindspace.accounts.models import ContactDetail, PhoneMember, Profile, User
from mindspace.moderation.models import VouchRequest
from tests.accounts.conftest import make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
CANARIES = (
    "canary-sign-in@example.org", "canary-contact@example.net", "2145550188", "214) 555 0188", "76052", "31.97",
    "canary-consent", "canary-note",
)  # fmt: skip
PATHS = (
    "/", "/mutual-aid/", "/mutual-aid/feed/", "/groups/", "/search/?q=canary", "/accounts/people/{alice}/",
    "/accounts/profile/", "/accounts/contact/", "/accounts/contact/{detail}/", "/accounts/safety/",
    "/accounts/by-phone/", "/moderation/vouching/", "/admin/", "/admin/accounts/user/", "/nowhere/",
)  # fmt: skip


@pytest.fixture
def alice(max_: User) -> User:
    alice = make("canary-sign-in", is_active=True)
    User.objects.filter(pk=alice.pk).update(display_name="Alice")
    profile = Profile.of(alice)
    profile.area_name, profile.area_zip, profile.hours = "Haslet, TX", "76052", "31.97"
    profile.latitude, profile.longitude, profile.x, profile.y = 32.97, -97.35, 1.0, 2.0
    profile.save()
    ContactDetail.objects.add(alice, "email", "canary-contact@example.net")
    ContactDetail.objects.add(alice, "phone", "+12145550188")
    PhoneMember.objects.create(user=alice, made_by=max_, consent="canary-consent")
    VouchRequest.objects.ask(alice, "canary-note")
    return alice


def test_none_is_on_a_page_of_anybody_else(
    alice: User, mona: User, max_: User, ed: User, signed_in: SignedIn
) -> None:  # fmt: skip
    detail = ContactDetail.objects.filter(user=alice).first()
    leaks = []
    for person in (None, mona, max_, ed):
        client = signed_in(person)
        for path in PATHS:
            page = client.get(path.format(alice=alice.pk, detail=detail.pk)).content.decode(errors="replace")
            leaks += [(str(person), path, canary) for canary in CANARIES if canary in page]
    assert leaks == []


def test_they_are_on_her_own(alice: User, signed_in: SignedIn) -> None:
    """So that the test above looks for what there is."""
    client = signed_in(alice)
    pages = [client.get(path).content.decode() for path in ("/accounts/contact/", "/accounts/profile/")]
    for canary in ("canary-contact@example.net", "214) 555 0188", "76052", "31.97"):
        assert any(canary in page for page in pages), canary


def test_nor_in_a_mail_to_anybody_else(alice: User, max_: User) -> None:
    VouchRequest.objects.get().decide(max_, "approve")
    for message in mail.outbox:
        text = f"{message.subject} {message.body}"
        assert not [canary for canary in CANARIES if canary in text]
        assert message.to == [alice.email]

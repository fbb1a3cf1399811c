"""Alice's phone number and e-mail address: encrypted, hers alone, and confirmed honestly."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote, urlencode

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import ContactDetail, NotConfirmed, TooManyDetails, User
from tests.accounts.conftest import make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
PHONE, EMAIL = "+12145550177", "canary-of-alice@example.net"


@pytest.fixture
def alice() -> User:
    return make("alice")


@pytest.fixture
def bob() -> User:
    return make("bob")


def add(client: Client, value: str) -> ContactDetail:
    assert client.post("/accounts/contact/", {"value": value}).status_code == 302
    found: ContactDetail = ContactDetail.objects.order_by("made_at").last()
    return found


def code_of(message: mail.EmailMessage) -> str:
    return next(line for line in str(message.body).splitlines() if line.strip().isdigit())


@pytest.mark.parametrize("written", ["214 555 0177", "(214) 555-0177", "1-214-555-0177", "+1 214 555 0177"])
def test_a_number_is_kept_in_one_way(alice: User, signed_in: SignedIn, written: str) -> None:
    detail = add(signed_in(alice), written)
    assert (detail.kind, detail.value) == ("phone", PHONE)


@pytest.mark.parametrize("written", ["", "12", "a@b", "not a number", "\0", "9" * 300, "988"])
def test_junk_is_told_clearly(alice: User, signed_in: SignedIn, written: str) -> None:
    assert signed_in(alice).post("/accounts/contact/", {"value": written}).status_code == 400
    assert not ContactDetail.objects.exists()


def test_the_database_cannot_read_it(alice: User, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    add(client, PHONE), add(client, EMAIL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(detail)::text FROM accounts_contactdetail AS detail")
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert "2145550177" not in rows
    assert EMAIL not in rows


def test_its_owner_sees_it_and_nobody_else_on_any_page(
    alice: User, bob: User, max_: User, sue: User, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    detail = add(client, PHONE)
    add(client, EMAIL)
    assert EMAIL in client.get("/accounts/contact/").content.decode()
    own = f"/accounts/contact/{detail.pk}/"
    for person in (bob, max_, sue):
        other = signed_in(person)
        assert other.get(own).status_code == 404
        assert other.post(f"{own}delete/").status_code == 404
        for path in (f"/accounts/people/{alice.pk}/", "/accounts/contact/", "/accounts/by-phone/", "/admin/"):
            page = other.get(path).content.decode()
            assert not [canary for canary in ("555 0177", "5550177", EMAIL) if canary in page], (person, path)
    assert ContactDetail.objects.filter(pk=detail.pk).exists()


def test_a_code_by_mail_confirms_an_address(alice: User, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    detail = add(client, EMAIL)
    mail.outbox.clear()
    client.post(f"/accounts/contact/{detail.pk}/", {"new": "1"})
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    assert message.subject == "Your code"
    assert client.post(f"/accounts/contact/{detail.pk}/", {"code": "000000"}).status_code == 400
    client.post(f"/accounts/contact/{detail.pk}/", {"code": code_of(message)})
    detail.refresh_from_db()
    assert detail.is_verified


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/mutual-aid/?kind=offer", "/mutual-aid/?kind=offer"),
        ("//evil.example/", None),
        ("https://evil.example/", None),
    ],
)
def test_whoever_came_from_a_page_of_ours_is_led_back(
    alice: User, signed_in: SignedIn, before: str, after: str | None
) -> None:
    client, back = signed_in(alice), "Go back to where you were"
    way = f"/accounts/contact/?{urlencode({'next': before}, safe='/')}"
    for value in (EMAIL, PHONE):
        page = client.get(way).content.decode()
        assert (back in page) == bool(after)
        assert "evil" not in page
        action = way if after else "/accounts/contact/"
        assert f'action="{action}"' in page
        way = client.post(action, {"value": value}).url
        asking = client.get(way).content.decode()
        assert (f'href="{before}">{back}' in asking) == bool(after)
        assert f'action="{unquote(way)}"' in unquote(asking)
        mail.outbox.clear()
        answer = client.post(way, {"new": "1"})
        if value == EMAIL:
            assert answer.url == way
            assert client.post(way, {"code": code_of(mail.outbox[0])}).url == (after or "/accounts/contact/")
        else:
            assert (f'href="{before}">{back}' in answer.content.decode()) == bool(after)
        way = action


def test_a_code_ends_after_five_tries_and_after_half_an_hour(alice: User) -> None:
    detail = ContactDetail.objects.add(alice, "email", EMAIL)
    code = detail.new_code()
    for _try in range(5):
        with pytest.raises(NotConfirmed):
            detail.confirm("wrong")
    with pytest.raises(NotConfirmed):
        detail.confirm(code)
    code = detail.new_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=31)), pytest.raises(NotConfirmed):
        detail.confirm(code)
    detail.confirm(code)
    with pytest.raises(NotConfirmed):
        detail.confirm(code)  # it counts once


def test_a_phone_is_confirmed_by_a_call_from_it(alice: User, max_: User, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    detail = add(client, PHONE)
    page = client.post(f"/accounts/contact/{detail.pk}/", {"new": "1"})
    code = page.context["code"]
    assert code in page.content.decode()
    # Typing in one's own code shows nothing: it was never sent anywhere.
    client.post(f"/accounts/contact/{detail.pk}/", {"code": code})
    detail.refresh_from_db()
    assert not detail.is_verified
    moderator = signed_in(max_)
    for number, said in (("214 555 0199", code), (PHONE, "111111")):
        assert moderator.post("/accounts/by-phone/confirm/", {"number": number, "code": said}).status_code == 400
    assert moderator.post("/accounts/by-phone/confirm/", {"number": "214-555-0177", "code": code}).status_code == 302
    detail.refresh_from_db()
    assert detail.is_verified


def test_only_moderators_confirm_calls(alice: User, bob: User, ed: User, signed_in: SignedIn) -> None:
    detail = ContactDetail.objects.add(alice, "phone", PHONE)
    for person in (None, bob, ed):
        said = {"number": PHONE, "code": detail.new_code()}
        assert signed_in(person).post("/accounts/by-phone/confirm/", said).status_code == 404
    detail.refresh_from_db()
    assert not detail.is_verified


def test_six_are_enough_and_the_same_twice_is_one(alice: User) -> None:
    first = ContactDetail.objects.add(alice, "phone", PHONE)
    assert ContactDetail.objects.add(alice, "phone", PHONE) == first
    for number in range(5):
        ContactDetail.objects.add(alice, "phone", f"+1214555018{number}")
    with pytest.raises(TooManyDetails):
        ContactDetail.objects.add(alice, "phone", "+12145550190")


def test_ten_clicks_add_one(alice: User, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    said = {"value": EMAIL, "form_key": "0b6f5b3e-90cf-4f22-a3b5-6ac3b1a3c001"}
    for _click in range(10):
        assert client.post("/accounts/contact/", said).status_code == 302
    assert ContactDetail.objects.filter(user=alice).count() == 1


def test_names_of_rows_tell_nothing(alice: User) -> None:
    assert str(ContactDetail.objects.add(alice, "email", EMAIL)) == "email"

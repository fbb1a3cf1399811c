from typing import Any

import pytest
from django.core import mail
from django.test import Client

from mindspace.accounts.models import User
from tests.accounts.codes import code_in_mail
from tests.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def test_with_a_password(client: Client, mona: User) -> None:
    answer = client.post(LOGIN, {"login": mona.email, "password": PASSWORD})
    assert answer["Location"] == "/my/"
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_without_one_a_code_comes_by_mail(client: Client, mona: User) -> None:
    assert client.post(LOGIN, {"login": mona.email})["Location"] == "/accounts/login/code/confirm/"
    assert "_auth_user_id" not in client.session
    assert client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})["Location"] == "/my/"
    assert "_auth_user_id" in client.session


def test_the_page_for_codes_alone(client: Client, mona: User) -> None:
    client.post("/accounts/login/code/", {"email": mona.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert "_auth_user_id" in client.session


def test_a_code_works_only_where_it_was_asked_for(client: Client, mona: User) -> None:
    client.post(LOGIN, {"login": mona.email})
    elsewhere = Client()
    elsewhere.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert "_auth_user_id" not in elsewhere.session


def test_staff_go_to_their_desk_for_a_shift(client: Client, ed: User, settings: Any) -> None:
    assert client.post(LOGIN, {"login": ed.email, "password": PASSWORD})["Location"] == "/admin/"
    assert client.session.get_expiry_age() == settings.STAFF_SESSION_AGE
    other = Client()
    other.post(LOGIN, {"login": ed.email})
    other.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert other.session.get_expiry_age() == settings.STAFF_SESSION_AGE


def test_next_leads_on_but_never_off_the_site(mona: User) -> None:
    for target, expected in (("/help/", "/help/"), ("https://evil.example/", "/my/"), ("//evil.example/", "/my/")):
        answer = Client().post(LOGIN, {"login": mona.email, "password": PASSWORD, "next": target})
        assert answer["Location"] == expected


def test_an_unknown_address_looks_like_a_known_one(mona: User) -> None:
    known = Client().post(LOGIN, {"login": mona.email}, follow=True)
    unknown = Client().post(LOGIN, {"login": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert len(mail.outbox) == 2
    assert "no code this time" in str(mail.outbox[1].body)

    def error(address: str) -> bytes:
        page: bytes = Client().post(LOGIN, {"login": address, "password": "wrong-wrong-wrong"}).content
        return page.split(b"error-summary", 1)[1].split(b"</ul>")[0]

    assert error(mona.email) == error("nobody@example.org")


def test_guessing_ends_even_from_many_addresses(client: Client, mona: User) -> None:
    for number in range(6):
        client.post(LOGIN, {"login": mona.email, "password": f"guess {number}"}, REMOTE_ADDR=f"203.0.113.{number}")
    answer = client.post(LOGIN, {"login": mona.email, "password": PASSWORD}, REMOTE_ADDR="203.0.113.99")
    assert b"Too many tries" in answer.content
    assert "_auth_user_id" not in client.session


def test_a_made_up_forwarding_header_is_no_way_around(client: Client) -> None:
    """Thirty sign-ins a minute from one address, whatever it says about itself."""
    statuses = {
        number: client.post(LOGIN, {"login": ""}, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(32)
    }
    assert statuses[0] == 200
    assert statuses[31] == 429


def test_behind_our_proxy_visitors_count_apart(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for _try in range(31):
        last = client.post(LOGIN, {"login": ""}, headers={"X-Forwarded-For": "203.0.113.1"})
    assert last.status_code == 429
    assert client.post(LOGIN, {"login": ""}, headers={"X-Forwarded-For": "203.0.113.2"}).status_code == 200


def test_a_closed_account_stays_out(client: Client, mona: User) -> None:
    mona.is_active = False
    mona.save()
    sign_in(client, mona)
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_post(client: Client, mona: User) -> None:
    sign_in(client, mona)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_ending_sessions_ends_them_everywhere(client: Client, mona: User) -> None:
    other = Client()
    for browser in (client, other):
        sign_in(browser, mona)
    mona.end_sessions()
    for browser in (client, other):
        assert browser.get("/accounts/email/")["Location"].startswith("/accounts/login/")


def test_the_first_superuser_proves_their_address_at_the_first_sign_in(client: Client) -> None:
    user = User.objects.create_superuser("First@example.org", PASSWORD)
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert client.post("/accounts/confirm-email/", {"code": code_in_mail()})["Location"] == "/admin/"


def test_a_new_password_signs_the_others_out(client: Client, mona: User) -> None:
    other = Client()
    for browser in (client, other):
        sign_in(browser, mona)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    new = "four-quiet-herons-at-noon"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    mona.refresh_from_db()
    assert mona.check_password(new)
    assert client.get("/accounts/email/").status_code == 200
    assert other.get("/accounts/email/").status_code == 302


def test_a_new_address_counts_once_its_code_is_typed_in(client: Client, mona: User) -> None:
    sign_in(client, mona)
    asked = client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})["Location"]
    assert asked == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    client.post(asked, {"password": PASSWORD, "next": "/accounts/email/"})  # and the change goes on
    mona.refresh_from_db()
    assert mona.email == "mona@example.org"
    assert mail.outbox[-1].to == ["new@example.org"]
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    mona.refresh_from_db()
    assert mona.email == "new@example.org"


def test_a_forgotten_password_is_replaced_by_code(client: Client, mona: User) -> None:
    client.post("/accounts/password/reset/", {"email": mona.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})
    new = "four-quiet-herons-at-noon"
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})
    mona.refresh_from_db()
    assert mona.check_password(new)


@pytest.mark.parametrize("junk", ["\0", "x" * 100_000, "' OR 1=1 --", "💡"])
def test_junk_is_no_error(client: Client, junk: str) -> None:
    for data in ({"login": junk, "password": junk}, {"login": "a@example.org", "password": junk, "next": junk}):
        assert client.post(LOGIN, data).status_code == 200
    assert client.get(LOGIN, {"next": junk}).status_code == 200

"""Who gets to the staff desk of a site that others can reach."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from mindspace.accounts.models import User
from tests.accounts.codes import code_in_mail, code_of_app
from tests.accounts.conftest import PASSWORD, give_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_site")]


def follow(client: Client, path: str) -> str:
    """Return where a visit to `path` ends up."""
    answer = client.get(path, follow=True)
    return str(answer.redirect_chain[-1][0] if answer.redirect_chain else path)


def second_step(client: Client, user: User) -> None:
    give_app(user)
    sign_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of_app()})


def test_a_stranger_signs_in_first_through_allauth(client: Client) -> None:
    end = follow(client, "/admin/accounts/user/")
    assert end.startswith("/accounts/login/?next=")
    assert "%2Fadmin%2Faccounts%2Fuser%2F" in end


def test_a_member_is_refused(client: Client, mona: User) -> None:
    second_step(client, mona)
    assert client.get("/admin/", follow=True).status_code == 403


def test_staff_with_a_second_step_are_in(client: Client, ed: User) -> None:
    second_step(client, ed)
    assert client.get("/admin/").status_code == 200


def test_staff_with_a_password_alone_are_led_to_set_one_up(client: Client, ed: User) -> None:
    sign_in(client, ed)
    assert follow(client, "/admin/") == "/accounts/second-step/"


def test_so_are_staff_with_a_code_by_mail(client: Client, ed: User) -> None:
    client.post("/accounts/login/", {"login": ed.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert "_auth_user_id" in client.session
    assert follow(client, "/admin/") == "/accounts/second-step/"


def test_one_just_set_up_is_asked_for_once_and_leads_back(client: Client, ed: User) -> None:
    sign_in(client, ed)
    give_app(ed)
    end = follow(client, "/admin/accounts/user/")
    assert end.startswith("/accounts/2fa/reauthenticate/?next=")
    answer = client.post(end, {"code": code_of_app(), "next": "/admin/accounts/user/"})
    assert answer["Location"] == "/admin/accounts/user/"
    assert client.get("/admin/accounts/user/").status_code == 200


def test_a_shift_ends(client: Client, ed: User, settings: Any) -> None:
    second_step(client, ed)
    session = client.session
    records = session["account_authentication_methods"]
    for record in records:
        record["at"] = time.time() - settings.STAFF_SESSION_AGE - 1
    session["account_authentication_methods"] = records
    session.save()
    assert follow(client, "/admin/").startswith("/accounts/2fa/reauthenticate/")


def test_another_persons_records_do_not_count(client: Client, ed: User, rae: User) -> None:
    second_step(client, ed)
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": rae.email, "password": PASSWORD})
    assert follow(client, "/admin/") == "/accounts/second-step/"


def test_a_factor_taken_away_ends_the_session(client: Client, ed: User) -> None:
    second_step(client, ed)
    Authenticator.objects.filter(user=ed).delete()
    ed.end_sessions()
    assert follow(client, "/admin/").startswith("/accounts/login/")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "x\0"])
def test_the_way_in_leads_nowhere_else(client: Client, ed: User, target: str) -> None:
    second_step(client, ed)
    assert client.get("/admin/login/", {"next": target})["Location"] == "/admin/"


def test_signing_out_at_the_desk(client: Client, ed: User) -> None:
    second_step(client, ed)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


class TestOnOnesOwnMachine:
    @pytest.fixture(autouse=True)
    def _own_machine(self, settings: Any, real_site: None) -> None:
        settings.ON_LOOPBACK = True

    def test_staff_come_in_without_and_are_told_so(self, client: Client, ed: User) -> None:
        sign_in(client, ed)
        answer = client.get("/admin/")
        assert answer.status_code == 200
        assert b"without a second step" in answer.content

    def test_members_do_not(self, client: Client, mona: User) -> None:
        sign_in(client, mona)
        assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("query", ["term=%00", "q=a%00", "%00=1"])
def test_a_nul_in_what_is_asked_for_is_a_bad_request(query: str, client: Client, ed: User) -> None:
    second_step(client, ed)
    related = "app_label=articles&model_name=article&field_name=related"
    for path in (f"/admin/autocomplete/?{related}&{query}", f"/admin/articles/article/?{query}"):
        assert client.get(path).status_code == 400


@pytest.mark.parametrize("address", ["1/1", "x/x", "9999999/1", "1/%00"])
def test_junk_in_the_shortcut_to_a_page_is_no_page(address: str, client: Client, ed: User) -> None:
    second_step(client, ed)
    assert client.get(f"/admin/r/{address}/").status_code in (400, 404)

import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test import Client

from mindspace.accounts.models import User
from mindspace.encryption import decrypt
from tests.accounts.codes import code_of_app
from tests.accounts.conftest import PASSWORD, TOTP_SECRET, give_app, sign_in

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"


def prove_it_is_you(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def row_text() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(a::text, ' ') FROM mfa_authenticator a")
        return str(cursor.fetchone()[0])


def test_setting_up_an_app(client: Client, mona: User) -> None:
    sign_in(client, mona)
    assert client.get(ACTIVATE)["Location"].startswith("/accounts/reauthenticate/")
    prove_it_is_you(client)
    page = client.get(ACTIVATE).content.decode()
    [secret] = re.findall(r'codes-key">(\w+)<', page)
    assert '<svg class="qr-code"' in page
    assert "style=" not in page
    assert "data:" not in page
    answer = client.post(ACTIVATE, {"code": code_of_app(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    codes = client.get(answer["Location"]).content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10


def test_secrets_are_not_in_the_database(mona: User) -> None:
    give_app(mona)
    assert TOTP_SECRET not in row_text()
    app, recovery = Authenticator.objects.order_by("-type")
    assert decrypt(app.data["secret"]) == TOTP_SECRET
    assert decrypt(recovery.data["seed"]) not in row_text()


def test_keys_can_be_replaced(mona: User, settings: pytest.FixtureRequest) -> None:
    give_app(mona)
    new = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, *settings.FIELD_KEYS]  # type: ignore[attr-defined]
    call_command("rotate_field_keys")
    settings.FIELD_KEYS = [new]  # type: ignore[attr-defined]
    assert decrypt(Authenticator.objects.get(type="totp").data["secret"]) == TOTP_SECRET


def test_a_password_is_then_not_enough(client: Client, mona: User) -> None:
    give_app(mona)
    answer = client.post("/accounts/login/", {"login": mona.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code_of_app()})
    assert "_auth_user_id" in client.session


def test_nor_is_a_code_by_mail(client: Client, mona: User, mailoutbox: list[object]) -> None:
    give_app(mona)
    client.post("/accounts/login/", {"login": mona.email})
    [code] = re.findall(r"\d{4}-\d{4}", mailoutbox[-1].body)  # type: ignore[attr-defined]
    answer = client.post("/accounts/login/code/confirm/", {"code": code})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_a_code_of_the_app_works_once(mona: User) -> None:
    give_app(mona)
    code = code_of_app()
    results = []
    for _try in range(2):
        browser = Client()
        sign_in(browser, mona)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        results.append("_auth_user_id" in browser.session)
    assert results == [True, False]


def test_a_recovery_code_works_once(mona: User) -> None:
    give_app(mona)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    results = []
    for _try in range(2):
        browser = Client()
        sign_in(browser, mona)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        results.append("_auth_user_id" in browser.session)
    assert results == [True, False]


def test_guessing_codes_ends(client: Client, mona: User) -> None:
    give_app(mona)
    sign_in(client, mona)
    for number in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": f"00000{number}"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of_app()})
    assert b"Too many tries" in answer.content
    assert "_auth_user_id" not in client.session


def test_staff_prove_themselves_with_the_second_step_not_the_password(client: Client, ed: User) -> None:
    give_app(ed)
    sign_in(client, ed)
    client.post("/accounts/2fa/authenticate/", {"code": code_of_app()})
    assert client.get("/accounts/2fa/recovery-codes/generate/")["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert client.get("/accounts/reauthenticate/")["Location"].startswith("/accounts/2fa/reauthenticate/")

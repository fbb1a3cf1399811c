import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from mindspace.accounts.forms import SignupForm
from mindspace.accounts.models import User
from tests.accounts.codes import code_in_mail

pytestmark = pytest.mark.django_db


def test_an_address_and_its_code_make_an_account(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"email": "New@Example.org"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/confirm-email/"
    answer = client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    assert answer["Location"] == "/my/"
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    assert not user.is_staff
    assert EmailAddress.objects.get(user=user).verified
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_code_may_be_typed_without_its_dash(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "new@example.org"})
    client.post("/accounts/confirm-email/", {"code": f" {code_in_mail().replace('-', '')} "})
    assert "_auth_user_id" in client.session


def test_three_wrong_codes_end_it(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "new@example.org"})
    right = code_in_mail()
    for _try in range(3):
        client.post("/accounts/confirm-email/", {"code": "0000-0000"})
    client.post("/accounts/confirm-email/", {"code": right})
    assert "_auth_user_id" not in client.session


def test_a_taken_address_looks_the_same_and_only_its_owner_is_told(client: Client, mona: User) -> None:
    fresh = Client().post("/accounts/signup/", {"email": "new@example.org"}, follow=True)
    taken = client.post("/accounts/signup/", {"email": mona.email}, follow=True)
    assert taken.redirect_chain == fresh.redirect_chain
    page = taken.content.decode().replace(mona.email, "new@example.org")
    assert words(page) == words(fresh.content.decode())
    assert User.objects.filter(email=mona.email).count() == 1
    assert {message.subject for message in mail.outbox} == {"Your code"}
    assert "You have one already" in str(mail.outbox[-1].body)


def words(page: str) -> list[str]:
    """The page without its one-time tokens."""
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_nobody_leaves_a_password_behind_for_an_address_that_is_not_theirs(client: Client) -> None:
    Client().post("/accounts/signup/", {"email": "new@example.org", "password1": "a-long-enough-password"})
    assert not User.objects.get(email="new@example.org").has_usable_password()


@pytest.mark.django_db(transaction=True)
def test_a_second_click_at_the_same_moment_makes_one_account(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().post("/accounts/signup/", {"email": "new@example.org"})
    # As in a race: the look-up before saving does not see the other's row yet.
    monkeypatch.setattr(SignupForm, "account_already_exists", False, raising=False)
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda form, email: email)
    again = client.post("/accounts/signup/", {"email": "new@example.org"})
    assert again.status_code == 429  # the code is on its way, and a second mail within minutes is not sent
    assert "988" in again.content.decode()
    assert User.objects.filter(email="new@example.org").count() == 1


@pytest.mark.parametrize("email", ["", "x", "a@b\0.org", "x" * 10_000 + "@example.org", "a b@example.org"])
def test_junk_is_told_clearly(client: Client, email: str) -> None:
    answer = client.post("/accounts/signup/", {"email": email})
    assert answer.status_code == 200
    assert b"error-summary" in answer.content


def test_a_name_and_an_age_may_be_said_at_the_door(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "new@example.org", "display_name": "Ana", "is_adult": "on"})
    user = User.objects.get(email="new@example.org")
    assert user.display_name == "Ana"
    assert user.is_adult


def test_neither_has_to_be(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "new@example.org"})
    user = User.objects.get(email="new@example.org")
    assert user.display_name
    assert not user.is_adult


def test_a_name_holds_no_address(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"email": "new@example.org", "display_name": "ana@example.org"})
    assert b"error-summary" in answer.content
    assert not User.objects.exists()

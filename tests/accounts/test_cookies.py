import pytest
from django.test import Client

from mindspace.accounts.models import User
from tests.accounts.conftest import sign_in


@pytest.mark.django_db
def test_what_signing_in_leaves_on_a_device(client: Client, mona: User) -> None:
    client.get("/accounts/login/")
    sign_in(client, mona)
    client.get("/accounts/email/")
    assert set(client.cookies) == {"csrftoken", "sessionid"}
    assert client.cookies["csrftoken"]["max-age"] == ""  # gone with the browser
    assert client.cookies["sessionid"]["httponly"]
    client.post("/accounts/logout/")
    assert client.cookies["sessionid"].value == ""

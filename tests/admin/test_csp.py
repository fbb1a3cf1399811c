import re

import pytest
from django.test import Client

from mindspace.accounts.models import User
from tests.accounts.conftest import sign_in


@pytest.mark.django_db
def test_the_admin_is_as_strict_as_every_other_page(client: Client, ed: User) -> None:
    def policy(path: str) -> dict[str, str]:
        header = client.get(path)["Content-Security-Policy"]
        return dict(part.strip().partition(" ")[::2] for part in header.split(";"))

    sign_in(client, ed)
    outside, inside = policy("/accounts/2fa/"), policy("/admin/")
    assert inside == outside
    assert inside["script-src"] == "'self'"
    assert "unsafe" not in str(inside)
    assert inside["default-src"] == "'none'"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/", "/accounts/2fa/", "/accounts/signup/"])
def test_headers_of_private_pages(path: str, client: Client, ed: User) -> None:
    if path in ("/admin/", "/accounts/2fa/"):
        sign_in(client, ed)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert not re.search(r"<style|style=|<script(?![^>]*(src=|application/json))", answer.content.decode())

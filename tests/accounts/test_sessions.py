"""Mona sees where she is signed in, and signs out there. Ed must not get in between."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from mindspace.accounts.models import SignIn, User
from mindspace.accounts.models.sign_in import device_of
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
SAFETY = "/accounts/safety/"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
COMPUTER = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"


def on(user: User, agent: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, REMOTE_ADDR="203.0.113.7")
    return client


def test_the_list_says_the_kind_of_device_and_the_day(mona: User, time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 18:00:00+00:00", tick=False)
    on(mona, PHONE)
    page = on(mona, COMPUTER).get(SAFETY).content.decode()
    assert "A phone or tablet, with Chrome" in page
    assert "A computer, with Firefox" in page
    assert page.count("since Mar 2, 2026") == 2
    assert page.count("Sign out there<span") == 1  # where she is, she signs out as on every page
    for kept_nowhere in ("203.0.113", "Pixel", "Android", "120.0"):
        assert kept_nowhere not in page + str(list(SignIn.objects.values()))
    for key in Session.objects.values_list("session_key", flat=True):
        assert key not in page


def test_signing_out_there_ends_that_one_alone(mona: User) -> None:
    phone, computer = on(mona, PHONE), on(mona, COMPUTER)
    theirs = SignIn.objects.get(device="phone Chrome")
    computer.post(reverse("accounts:session_end", args=[theirs.pk]))
    assert phone.get(SAFETY).status_code == 302
    page = computer.get(SAFETY).content.decode()
    assert "You are signed out there." in page
    assert "A phone or tablet" not in page


def test_nobody_ends_another_ones(mona: User, ed: User) -> None:
    hers = on(mona, PHONE)
    path = reverse("accounts:session_end", args=[SignIn.objects.get().pk])
    assert on(ed, COMPUTER).post(path).status_code == 404
    assert hers.get(SAFETY).status_code == 200
    assert hers.post(path).status_code == 404  # where she is, she signs out as on every page


def test_out_everywhere_leaves_this_one(mona: User) -> None:
    phone, computer = on(mona, PHONE), on(mona, COMPUTER)
    computer.post("/accounts/safety/sign-out/")
    assert phone.get(SAFETY).status_code == 302
    page = computer.get(SAFETY).content.decode()
    assert "A computer, with Firefox" in page
    assert "A phone or tablet" not in page


def test_it_goes_with_the_session(mona: User) -> None:
    client = on(mona, PHONE)
    assert SignIn.objects.count() == 1
    client.post("/accounts/logout/")
    assert not SignIn.objects.exists()


def test_leaving_this_site_leaves_no_row(mona: User) -> None:
    on(mona, PHONE).get("/leave/")
    assert not SignIn.objects.exists()


def test_a_device_whose_account_is_gone_is_a_strangers(mona: User) -> None:
    client = on(mona, PHONE)
    mona.delete()
    session = client.session
    session["x"] = 1
    session.save()
    assert client.get(SAFETY).status_code == 302


def test_words_of_our_own_for_a_device() -> None:
    assert device_of("") == ""
    assert device_of("curl/8") == "computer"
    assert device_of("Mozilla/5.0 (iPhone) AppleWebKit FxiOS/120 Mobile") == "phone Firefox"
    assert device_of("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120") == "computer Edge"

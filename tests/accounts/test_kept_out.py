"""Charlie is banned and deletes the account; the same address makes no new one while the ban holds."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import KeptOut, User
from mindspace.moderation.models import Sanction
from mindspace.notifications.tasks import forget
from tests.accounts.conftest import make
from tests.accounts.test_sign_up import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def charlie() -> User:
    return make("charlie")


def banned(user: User, max_: User, state: str = "approved") -> None:
    ban = Sanction.objects.impose(user, "ban", by=max_, reason="Threats.")
    Sanction.objects.filter(pk=ban.pk).update(state=state, decided_at=None if state == "waiting" else timezone.now())


def sign_up(email: str) -> Any:
    return Client().post("/accounts/signup/", {"email": email}, follow=True)


def test_who_is_banned_does_not_come_back_with_the_same_address(charlie: User, max_: User) -> None:
    banned(charlie, max_)
    leaving.leave(charlie, keep_posts=False)
    mail.outbox.clear()
    refused, fresh = sign_up("Charlie+again@example.org"), sign_up("new@example.org")
    assert not User.objects.filter(email__startswith="charlie").exists()
    assert refused.redirect_chain == fresh.redirect_chain  # only who reads the mail learns of it
    page = refused.content.decode().replace("charlie+again@example.org", "new@example.org")
    assert words(page) == words(fresh.content.decode())
    [theirs] = [sent for sent in mail.outbox if "charlie" in sent.to[0]]
    assert "not possible for now" in str(theirs.body)
    assert theirs.subject == "Your code"


def test_nothing_of_the_address_is_kept(charlie: User, max_: User) -> None:
    banned(charlie, max_)
    leaving.leave(charlie, keep_posts=False)
    assert "charlie" not in str(list(KeptOut.objects.values()))


def test_everybody_else_may_come_back(charlie: User, mona: User, max_: User) -> None:
    Sanction.objects.impose(charlie, "mute", by=max_, reason="Words.", until=timezone.now() + timedelta(days=3))
    for user in (charlie, mona):
        leaving.leave(user, keep_posts=False)
    assert not KeptOut.objects.exists()
    sign_up("mona@example.org")
    assert User.objects.filter(email="mona@example.org").exists()


def test_a_ban_of_one_moderator_keeps_out_as_long_as_it_holds(charlie: User, max_: User, time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 18:00:00+00:00")
    banned(charlie, max_, state="waiting")
    leaving.leave(charlie, keep_posts=False)
    assert KeptOut.objects.covers("charlie@example.org")
    time_machine.shift(timedelta(days=8).total_seconds())
    assert not KeptOut.objects.covers("charlie@example.org")
    forget(0)
    assert not KeptOut.objects.exists()


def test_a_lifted_ban_keeps_nobody_out(charlie: User, max_: User) -> None:
    banned(charlie, max_)
    Sanction.objects.get().lift()
    leaving.leave(charlie, keep_posts=False)
    assert not KeptOut.objects.exists()


def test_a_moderator_finds_it_by_the_address_and_lets_them_back(charlie: User, max_: User) -> None:
    banned(charlie, max_)
    leaving.leave(charlie, keep_posts=False)
    KeptOut.objects.keep(["dora@example.org"], None)
    client = Client()
    client.force_login(max_)
    found = client.get("/admin/accounts/keptout/", {"q": "charlie@example.org"}).context["cl"].queryset.get()
    client.post(f"/admin/accounts/keptout/{found.pk}/delete/", {"post": "yes"})
    assert not KeptOut.objects.covers("charlie@example.org")
    assert KeptOut.objects.covers("dora@example.org")
    assert client.get(f"/admin/accounts/keptout/{KeptOut.objects.get().pk}/change/").status_code == 200
    assert client.get("/admin/accounts/keptout/add/").status_code == 403


def test_the_pages_say_so(mona: User) -> None:
    assert "the same address makes no new account" in Client().get("/privacy/").content.decode()

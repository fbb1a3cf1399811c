"""A second click on "Send the invitation" or "Take the second step away" does nothing more, and is answered kindly."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core import mail
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import Invitation, SecondFactorReset, User
from mindspace.accounts.roles import EDITOR
from tests.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db
INVITE, RESET = "/admin/accounts/invitation/add/", "/admin/accounts/secondfactorreset/add/"


def key_on(client: Client, page: str) -> str:
    """The key that the page put into its form."""
    [key] = re.findall(r'name="form_key" value="([0-9a-f-]{36})"', client.get(page).content.decode())
    return str(key)


def test_one_invitation_goes_out_and_its_link_stays_open(client: Client, ed: User) -> None:
    sign_in(client, ed)
    sent = {"email": "new@example.org", "role": Group.objects.get(name=EDITOR).pk, "form_key": key_on(client, INVITE)}
    for _click in range(2):
        assert "was added successfully" in client.post(INVITE, sent, follow=True).content.decode()
    assert Invitation.objects.open(timezone.now()).count() == Invitation.objects.count() == 1
    assert len(mail.outbox) == 1
    assert LogEntry.objects.count() == 1


def test_another_address_on_the_same_form_is_another_invitation(client: Client, ed: User) -> None:
    sign_in(client, ed)
    sent = {"role": Group.objects.get(name=EDITOR).pk, "form_key": key_on(client, INVITE)}
    for email in ("new@example.org", "other@example.org"):
        client.post(INVITE, sent | {"email": email})
    assert [message.to for message in mail.outbox] == [["new@example.org"], ["other@example.org"]]


def test_one_reset_is_recorded_and_told(client: Client, ed: User, rae: User) -> None:
    sign_in(client, rae)
    sent = {"whose": ed.pk, "reason": "lost phone", "form_key": key_on(client, RESET)}
    for _click in range(2):
        assert "was added successfully" in client.post(RESET, sent, follow=True).content.decode()
    assert SecondFactorReset.objects.count() == 1
    assert len(mail.outbox) == 1
    assert LogEntry.objects.count() == 1


def test_the_key_of_a_reset_stays_as_it_is(ed: User, rae: User) -> None:
    SecondFactorReset.objects.perform(ed, by=rae, reason="lost phone", key=uuid4())
    for key in (None, uuid4()):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            SecondFactorReset.objects.update(key=key)


def test_pages_of_what_was_made_show_no_key(client: Client, ed: User) -> None:
    sign_in(client, ed)
    invitation = Invitation(email="n@example.org", role=Group.objects.get(name=EDITOR), key=uuid4()).send()
    assert "key" not in client.get(f"/admin/accounts/invitation/{invitation.pk}/change/").content.decode().lower()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_send_one_invitation() -> None:
    key, role = uuid4(), Group.objects.get(name=EDITOR)

    def send(_click: int) -> int:
        try:
            return int(Invitation(email="new@example.org", role=role, key=key).send().pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1
    assert Invitation.objects.open(timezone.now()).count() == Invitation.objects.count() == 1

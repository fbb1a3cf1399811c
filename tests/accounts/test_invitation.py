import re
import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import Invitation, InvitationClosed, User
from mindspace.accounts.roles import EDITOR
from tests.accounts.conftest import give_app, sign_in

pytestmark = pytest.mark.django_db


def invite(email: str = "new@example.org", by: User | None = None) -> str:
    """Send an invitation and return the path of the link in the mail."""
    Invitation(email=email, role=Group.objects.get(name=EDITOR), invited_by=by).send()
    [path] = re.findall(r"^http://localhost:8000(/\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(path)


def test_the_mail_is_plain_and_the_token_in_it_alone(ed: User) -> None:
    path = invite(by=ed)
    assert mail.outbox[-1].subject == "An invitation"
    assert "MindSpace" not in str(mail.outbox[-1].message())
    token = path.split("/")[-2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(i::text, ' ') FROM accounts_invitation i")
        assert token not in cursor.fetchone()[0]


def test_nothing_happens_before_the_button(client: Client) -> None:
    assert client.get(invite()).status_code == 200
    assert not User.objects.exists()


def test_accepting_makes_a_member_of_staff_who_is_signed_in(client: Client) -> None:
    answer = client.post(invite(), follow=True)
    assert answer.redirect_chain[0][0] == "/admin/"
    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser) == ("new@example.org", True, False)
    assert not user.has_usable_password()
    assert [group.name for group in user.groups.all()] == [EDITOR]
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.usefixtures("real_site")
def test_then_a_second_step_comes_first(client: Client) -> None:
    answer = client.post(invite(), follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/second-step/"


def test_it_works_once(client: Client) -> None:
    path = invite()
    client.post(path)
    for method in (Client().get, Client().post):
        assert method(path).status_code == 404


def test_a_member_becomes_staff_and_keeps_their_account(client: Client, mona: User) -> None:
    give_app(mona)
    answer = client.post(invite(mona.email))
    assert answer["Location"] == "/accounts/2fa/authenticate/"  # the link alone does not open their account
    mona.refresh_from_db()
    assert mona.is_staff
    assert User.objects.count() == 1


def test_somebody_else_in_this_browser_cannot_take_it(client: Client, mona: User) -> None:
    path = invite()
    sign_in(client, mona)
    assert b"Somebody else is signed in here" in client.post(path).content
    mona.refresh_from_db()
    assert not mona.is_staff
    assert not User.objects.filter(email="new@example.org").exists()


def test_it_runs_out_after_seven_days(client: Client) -> None:
    path = invite()
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert client.post(path).status_code == 404
    assert not User.objects.exists()


def test_a_second_one_ends_the_first(client: Client) -> None:
    first, second = invite(), invite()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_one_taken_back_is_closed(client: Client) -> None:
    path = invite()
    Invitation.objects.all().delete()
    assert client.post(path).status_code == 404


def test_a_closed_account_is_not_opened_by_it(client: Client, mona: User) -> None:
    path = invite(mona.email)
    mona.is_active = False
    mona.save()
    assert client.post(path).status_code == 404
    mona.refresh_from_db()
    assert not mona.is_staff


@pytest.mark.parametrize("token", ["x", "%00", "x" * 5000, "💡"])
def test_junk_is_a_closed_link(client: Client, token: str) -> None:
    assert client.get(f"/accounts/invitation/{token}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_once_accept_once() -> None:
    invite()
    invitation = Invitation.objects.get()
    start = threading.Barrier(4)
    results: list[str] = []

    def accept() -> None:
        start.wait()
        try:
            results.append(invitation.accept().email)
        except InvitationClosed:
            results.append("closed")
        connections.close_all()

    threads = [threading.Thread(target=accept) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["closed"] * 3 + ["new@example.org"]


def test_who_opened_the_account_before_its_owner_came_keeps_no_way_in(client: Client) -> None:
    stranger = User.objects.create_user("newstaff@example.org", "a-password-of-a-stranger")
    EmailAddress.objects.create(user=stranger, email=stranger.email, primary=True, verified=False)
    invitation = Invitation(email=stranger.email, role=Group.objects.get(name=EDITOR))
    invitation.send()
    user = invitation.accept()
    assert user.is_staff
    assert not User.objects.get(pk=stranger.pk).has_usable_password()
    assert not client.login(email=stranger.email, password="a-password-of-a-stranger")


def test_once_accepted_the_address_is_the_accounts_alone_and_goes_with_it(client: Client) -> None:
    client.post(invite())
    invitation = Invitation.objects.get()
    user = User.objects.get()
    assert (invitation.email, invitation.accepted_by) == ("", user)
    assert "@" not in str(invitation)
    user.delete()
    assert not Invitation.objects.exists()


def test_the_admins_log_names_no_address(client: Client, ed: User) -> None:
    sign_in(client, ed)
    sent = {"email": "new@example.org", "role": Group.objects.get(name=EDITOR).pk}
    client.post("/admin/accounts/invitation/add/", sent)
    assert "@" not in LogEntry.objects.get().object_repr

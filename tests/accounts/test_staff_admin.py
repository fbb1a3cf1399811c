"""Nobody at the staff desk can hand out, or take, more than they have."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client

from mindspace.accounts.models import Invitation, User
from mindspace.accounts.roles import EDITOR, MODERATOR, REVIEWER
from tests.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db


def page_of(user: User) -> str:
    return f"/admin/accounts/user/{user.pk}/change/"


def test_a_moderator_closes_a_members_account(client: Client, max_: User, mona: User) -> None:
    sign_in(client, max_)
    assert client.post(page_of(mona), {"display_name": "Calm River 27"}).status_code == 302
    mona.refresh_from_db()
    assert (mona.display_name, mona.is_active) == ("Calm River 27", False)


def test_but_cannot_make_anyone_staff(client: Client, max_: User, mona: User) -> None:
    sign_in(client, max_)
    editor = Group.objects.get(name=EDITOR)
    wish = {"display_name": "x", "is_active": "on", "is_staff": "on", "is_superuser": "on", "groups": editor.pk}
    client.post(page_of(mona), wish | {"email": "eve@example.org", "user_permissions": Permission.objects.first().pk})  # type: ignore[union-attr]
    mona.refresh_from_db()
    assert mona.display_name == "x"  # the post as such was fine
    assert (mona.is_staff, mona.is_superuser, mona.email) == (False, False, "mona@example.org")
    assert not mona.groups.exists()
    assert not mona.user_permissions.exists()


def test_nor_touch_staff_themselves_or_superusers(client: Client, max_: User, ed: User, sue: User) -> None:
    sign_in(client, max_)
    for person in (max_, ed, sue):
        assert client.post(page_of(person), {"display_name": "x", "is_superuser": "on"}).status_code == 403
        assert client.post(f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_editor_changes_nobody(client: Client, ed: User, mona: User) -> None:
    sign_in(client, ed)
    assert client.get(page_of(mona)).status_code == 200
    assert client.post(page_of(mona), {"display_name": "x"}).status_code == 403


def test_a_superuser_gives_roles(client: Client, sue: User, mona: User) -> None:
    sign_in(client, sue)
    role = Group.objects.get(name=REVIEWER)
    client.post(page_of(mona), {"display_name": "x", "is_active": "on", "is_staff": "on", "groups": role.pk})
    mona.refresh_from_db()
    assert mona.is_staff
    assert role in mona.groups.all()


def test_nobody_adds_accounts_by_hand(client: Client, sue: User) -> None:
    sign_in(client, sue)
    assert client.get("/admin/accounts/user/add/").status_code == 403


def test_staff_invite_in_the_admin(client: Client, ed: User) -> None:
    sign_in(client, ed)
    role = Group.objects.get(name=EDITOR)
    answer = client.post("/admin/accounts/invitation/add/", {"email": "New@example.org", "role": role.pk})
    assert answer.status_code == 302
    assert Invitation.objects.get().invited_by == ed
    assert [message.to for message in mail.outbox] == [["new@example.org"]]


def test_only_into_roles_that_give_no_more_than_they_have(client: Client, ed: User, sue: User) -> None:
    for person, name, fine in ((ed, MODERATOR, False), (sue, MODERATOR, True)):
        browser = Client()
        sign_in(browser, person)
        answer = browser.post(
            "/admin/accounts/invitation/add/", {"email": "n@example.org", "role": Group.objects.get(name=name).pk}
        )
        assert (answer.status_code == 302) is fine
        assert Invitation.objects.exists() is fine


def test_an_invitation_is_taken_back_until_it_is_accepted(client: Client, ed: User) -> None:
    invitation = Invitation(email="n@example.org", role=Group.objects.get(name=EDITOR), invited_by=ed)
    invitation.send()
    sign_in(client, ed)
    url = f"/admin/accounts/invitation/{invitation.pk}/delete/"
    accepted = Invitation(email="m@example.org", role=invitation.role, invited_by=ed)
    accepted.send()
    accepted.accept()
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert client.post(url.replace(str(invitation.pk), str(accepted.pk)), {"post": "yes"}).status_code == 403
    assert list(Invitation.objects.all()) == [accepted]


def test_keys_addresses_and_jobs_have_no_pages() -> None:
    names = {model._meta.label for model in admin.site._registry}
    assert not names & {
        "account.EmailAddress",
        "mfa.Authenticator",
        "procrastinate.ProcrastinateJob",
        "mail.OutgoingMail",
    }

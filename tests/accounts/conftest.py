"""The cast: Mona is a member, Ed an editor, Rae a reviewer, Max a moderator, and Sue may do everything."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.test import Client

from mindspace.accounts.models import User
from mindspace.accounts.roles import EDITOR, MODERATOR, REVIEWER

PASSWORD = "three-lamps-by-the-pond"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make(name: str, role: str | None = None, **fields: Any) -> User:
    user = User.objects.create_user(
        f"{name}@example.org", PASSWORD, display_name=name, is_staff=role is not None, **fields
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def mona(db: None) -> User:
    return make("mona")


@pytest.fixture
def ed(db: None) -> User:
    return make("ed", EDITOR)


@pytest.fixture
def rae(db: None) -> User:
    return make("rae", REVIEWER)


@pytest.fixture
def max_(db: None) -> User:
    return make("max", MODERATOR)


@pytest.fixture
def sue(db: None) -> User:
    user = make("sue", is_superuser=True)
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def real_site(settings: Any) -> None:
    """Settings of a site that others can reach."""
    settings.ON_LOOPBACK = False


def give_app(user: User) -> None:
    """An authenticator app and recovery codes, as if set up long ago."""
    TOTP.activate(user, TOTP_SECRET)
    RecoveryCodes.activate(user)


def sign_in(client: Client, user: User) -> None:
    """Sign in the way people do, with a password; where there is a second step, it is still to come."""
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


@pytest.fixture
def signed_in() -> Callable[[User | None], Client]:
    def client_of(user: User | None) -> Client:
        client = Client()
        if user:
            sign_in(client, user)
        return client

    return client_of

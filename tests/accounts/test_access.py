"""Every address under /accounts/ and /admin/, by who asks. An address missing here fails the last test."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from mindspace.accounts.models import Invitation, User

pytestmark = pytest.mark.django_db

STRANGER, MEMBER, STAFF = 0, 1, 2
NOBODY = "00000000-0000-4000-8000-000000000000"
IN, FORM, GONE, NO, METHOD = 302, 200, 404, 403, 405

# address: what a stranger, a member and an editor (on a machine of their own) get. 302 leads a stranger to sign in.
ACCOUNTS = {
    "accounts/login/": (FORM, IN, IN),
    "accounts/login/code/": (FORM, IN, IN),
    "accounts/login/code/confirm/": (IN, IN, IN),
    "accounts/logout/": (IN, FORM, FORM),
    "accounts/inactive/": (FORM, FORM, FORM),
    "accounts/signup/": (FORM, IN, IN),
    "accounts/signup/passkey/": (FORM, IN, IN),
    "accounts/reauthenticate/": (IN, FORM, FORM),
    "accounts/email/": (IN, FORM, FORM),
    "accounts/confirm-email/": (IN, IN, IN),
    "accounts/password/change/": (IN, FORM, FORM),
    "accounts/password/set/": (IN, IN, IN),
    "accounts/password/reset/": (FORM, FORM, FORM),
    "accounts/password/reset/confirm/": (IN, IN, IN),
    "accounts/password/reset/complete/": (IN, IN, IN),
    "accounts/password/reset/done/": (FORM, FORM, FORM),
    "accounts/2fa/": (IN, FORM, FORM),
    "accounts/2fa/authenticate/": (IN, IN, IN),
    "accounts/2fa/reauthenticate/": (IN, IN, IN),
    "accounts/2fa/totp/activate/": (IN, IN, IN),
    "accounts/2fa/totp/deactivate/": (IN, GONE, GONE),
    "accounts/2fa/recovery-codes/": (IN, GONE, GONE),
    "accounts/2fa/recovery-codes/generate/": (IN, IN, IN),
    "accounts/2fa/recovery-codes/download/": (IN, GONE, GONE),
    "accounts/2fa/webauthn/": (IN, FORM, FORM),
    "accounts/2fa/webauthn/add/": (IN, IN, IN),
    "accounts/2fa/webauthn/login/": (IN, IN, IN),
    "accounts/2fa/webauthn/signup/": (IN, IN, IN),
    "accounts/2fa/webauthn/reauthenticate/": (IN, IN, IN),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": (IN, IN, IN),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": (IN, IN, IN),
    "accounts/second-step/": (IN, FORM, FORM),
    "accounts/invitation/<str:token>/": (GONE, GONE, GONE),
    "accounts/profile/": (IN, FORM, FORM),
    "accounts/age/": (METHOD, METHOD, METHOD),
    "accounts/rest/": (IN, FORM, FORM),
    "accounts/rest/end/": (METHOD, METHOD, METHOD),
    "accounts/safety/": (IN, FORM, FORM),
    "accounts/safety/sign-out/": (METHOD, METHOD, METHOD),
    "accounts/safety/sign-out/<uuid:pk>/": (METHOD, METHOD, METHOD),
    "accounts/blocks/<uuid:pk>/lift/": (METHOD, METHOD, METHOD),
    "accounts/people/<uuid:pk>/": (IN, GONE, GONE),
    "accounts/people/<uuid:pk>/block/": (IN, GONE, GONE),
    "accounts/people/<uuid:pk>/vouch/": (METHOD, METHOD, METHOD),
    "accounts/people/<uuid:pk>/vouch/take-back/": (METHOD, METHOD, METHOD),
    "accounts/contact/": (IN, FORM, FORM),
    "accounts/contact/<uuid:pk>/": (IN, GONE, GONE),
    "accounts/contact/<uuid:pk>/delete/": (METHOD, METHOD, METHOD),
    "accounts/by-phone/": (GONE, GONE, GONE),
    "accounts/by-phone/<uuid:pk>/end/": (GONE, GONE, GONE),
    "accounts/by-phone/confirm/": (GONE, GONE, GONE),
    "accounts/data/": (IN, IN, IN),  # on to: is it still you?
    "accounts/data/my-data.json": (IN, IN, IN),
    "accounts/delete/": (IN, IN, IN),
    "accounts/deleted/": (FORM, FORM, FORM),
    "accounts/still-you/": (IN, FORM, FORM),
}
ADMIN = {
    "admin/": (IN, IN, FORM),
    "admin/login/": (IN, NO, IN),
    "admin/logout/": (IN, IN, IN),
    "admin/password_change/": (IN, IN, IN),
    "admin/password_change/done/": (IN, IN, FORM),
    "admin/autocomplete/": (IN, IN, NO),
    "admin/jsi18n/": (IN, IN, FORM),
    "admin/r/<path:content_type_id>/<path:object_id>/": (IN, IN, GONE),
    "admin/examples/remove/": (IN, IN, METHOD),
    "admin/accounts/user/": (IN, IN, FORM),
    "admin/accounts/user/add/": (IN, IN, NO),
    "admin/accounts/user/<path:object_id>/change/": (IN, IN, FORM),
    "admin/accounts/user/<path:object_id>/delete/": (IN, IN, NO),
    "admin/accounts/user/<path:object_id>/history/": (IN, IN, FORM),
    "admin/accounts/user/<path:object_id>/": (IN, IN, IN),
    "admin/accounts/invitation/": (IN, IN, FORM),
    "admin/accounts/invitation/add/": (IN, IN, FORM),
    "admin/accounts/invitation/<path:object_id>/change/": (IN, IN, FORM),
    "admin/accounts/invitation/<path:object_id>/delete/": (IN, IN, FORM),
    "admin/accounts/invitation/<path:object_id>/history/": (IN, IN, FORM),
    "admin/accounts/invitation/<path:object_id>/": (IN, IN, IN),
    "admin/accounts/secondfactorreset/": (IN, IN, FORM),
    "admin/accounts/secondfactorreset/add/": (IN, IN, FORM),
    "admin/accounts/secondfactorreset/<path:object_id>/change/": (IN, IN, IN),
    "admin/accounts/secondfactorreset/<path:object_id>/delete/": (IN, IN, NO),
    "admin/accounts/secondfactorreset/<path:object_id>/history/": (IN, IN, IN),
    "admin/accounts/secondfactorreset/<path:object_id>/": (IN, IN, IN),
    "admin/accounts/keptout/": (IN, IN, NO),
    "admin/accounts/keptout/add/": (IN, IN, NO),
    "admin/accounts/keptout/<path:object_id>/change/": (IN, IN, NO),
    "admin/accounts/keptout/<path:object_id>/delete/": (IN, IN, NO),
    "admin/accounts/keptout/<path:object_id>/history/": (IN, IN, IN),
    "admin/accounts/keptout/<path:object_id>/": (IN, IN, IN),
    "admin/auth/group/": (IN, IN, NO),
    "admin/auth/group/add/": (IN, IN, NO),
    "admin/auth/group/<path:object_id>/change/": (IN, IN, NO),
    "admin/auth/group/<path:object_id>/delete/": (IN, IN, NO),
    "admin/auth/group/<path:object_id>/history/": (IN, IN, NO),
    "admin/auth/group/<path:object_id>/": (IN, IN, IN),
}
# These belong to other apps, whose tests know who may do what there.
ELSEWHERE = ("admin/articles/", "admin/groups/", "admin/mindspace_site/", "admin/^", "admin/(?P")


def addresses(patterns: list[Any], prefix: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        found += [path] if isinstance(pattern, URLPattern) else addresses(pattern.url_patterns, path)
    return found


@pytest.fixture
def filled(mona: User, ed: User) -> dict[str, str]:
    """What stands for the parts of an address in angle brackets."""
    invitation = Invitation(email="n@example.org", role=ed.groups.get(), invited_by=ed)
    invitation.send()
    return {"invitation": str(invitation.pk), "user": str(mona.pk)}


def test_each_address_by_role(
    mona: User, ed: User, filled: dict[str, str], signed_in: Callable[[User | None], Client]
) -> None:
    clients = [signed_in(person) for person in (None, mona, ed)]
    wrong = {}
    for address, expected in (ACCOUNTS | ADMIN).items():
        thing = filled.get(address.split("/")[2], "1") if address.startswith("admin/accounts/") else "1"
        path = "/" + address.replace("<path:object_id>", thing).replace("<int:pk>", "1").replace("<str:token>", "x")
        path = path.replace("<uuid:pk>", NOBODY)
        path = path.replace("<path:content_type_id>", "0")
        found = tuple(client.get(path).status_code for client in clients)
        if found != expected:
            wrong[path] = f"{found}, not {expected}"
    assert wrong == {}


def test_no_address_is_missing_from_the_table() -> None:
    found = {
        path
        for path in addresses(get_resolver().url_patterns)
        if path.startswith(("accounts/", "admin/")) and not path.startswith(ELSEWHERE)
    }
    assert found == set(ACCOUNTS | ADMIN)

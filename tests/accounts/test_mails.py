"""Every mail about signing in, as it arrives: plain, neutral, and telling nobody what this site is."""

from collections.abc import Callable
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.contrib.auth.models import Group
from django.core import mail
from django.test import RequestFactory

from mindspace.accounts.models import Invitation, SecondFactorReset, User

pytestmark = pytest.mark.django_db

CODES = [
    "account/email/login_code",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/password_reset_code",
]
NO_CODES = ["account/email/account_already_exists", "account/email/unknown_account"]
CHANGES = [
    "account/email/email_changed",
    "account/email/email_confirm",
    "account/email/email_deleted",
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
    "mfa/email/recovery_codes_generated",
]
TELLING = ("mindspace", "mental", "health", "support", "crisis", "!", "{{", "{%", "127.0.0.1", "mozilla", "ana ")


@pytest.fixture
def send() -> Callable[[str], mail.EmailMessage]:
    def by_allauth(template: str) -> mail.EmailMessage:
        request = RequestFactory().get("/", HTTP_USER_AGENT="Mozilla/5.0")
        values = {"code": "1234-5678", "from_email": "a@example.org", "to_email": "b@example.org", "ip": "127.0.0.1"}
        with context.request_context(request):
            get_adapter(request).send_mail(template, "ana@example.org", values)
        return mail.outbox[-1]

    return by_allauth


def assert_calm(message: mail.EmailMessage) -> None:
    assert message.from_email == "notes@example.org"
    assert message.subject in ("Your code", "A change to your sign-in", "An invitation")
    text = str(message.message()).lower()
    assert [word for word in TELLING if word in text.split("\n\n", 1)[1] or word in message.subject.lower()] == []
    assert "text/html" not in text
    assert len(str(message.body).strip()) > 60


@pytest.mark.parametrize("template", CODES)
def test_codes(template: str, send: Callable[[str], mail.EmailMessage]) -> None:
    message = send(template)
    assert_calm(message)
    assert "\n1234-5678\n" in str(message.body)
    assert "15 minutes" in str(message.body)


@pytest.mark.parametrize("template", NO_CODES)
def test_no_code_looks_the_same_from_outside(template: str, send: Callable[[str], mail.EmailMessage]) -> None:
    message = send(template)
    assert_calm(message)
    assert message.subject == "Your code"


@pytest.mark.parametrize("template", CHANGES)
def test_changes(template: str, send: Callable[[str], mail.EmailMessage]) -> None:
    message = send(template)
    assert_calm(message)
    assert "Was it you?" in str(message.body)
    assert "a@example.org" not in str(message.body)


def test_ours(ed: User, rae: User) -> None:
    Invitation(email="ana@example.org", role=Group.objects.get(name="Editor"), invited_by=ed).send()
    SecondFactorReset.objects.perform(ed, by=rae, reason="lost phone")
    for message in mail.outbox:
        assert_calm(message)


def test_no_mail_of_allauth_was_forgotten() -> None:
    """A subject of allauth's that is not ours would carry its words."""

    known = {*CODES, *NO_CODES, *CHANGES, "account/email/password_reset_key"}  # links are not used, codes are
    theirs = Path(allauth.__file__).parent / "templates"
    found = {
        str(path.relative_to(theirs)).removesuffix("_subject.txt")
        for folder in ("account", "mfa")
        for path in theirs.glob(f"{folder}/email/*_subject.txt")
    } - {"account/email/email_confirmation_subject"}
    assert found == known

"""Every kind of news there is, as a mail that somebody looks at over a shoulder: it says nothing of anybody."""

import re

import pytest
from django.conf import settings
from django.core import mail

from mindspace.accounts.models import User
from mindspace.notifications import kinds
from mindspace.notifications.models import Notification, Preference
from mindspace.notifications.telling import mail_due, notify
from mutualaid.models import Post
from tests.mutualaid.cast import bob, post

pytestmark = pytest.mark.django_db
KINDS = [kind.name for kind in kinds.every()]
TITLE = "A canary title"
# What a phone on a table must not show.
TELLING = re.compile(
    r"mutual|help|ride|offer|request|post|report|moderat|ban|crisis|vouch|suspend|mute|mental|health|group|message",
    re.I,
)


@pytest.fixture
def made(alice: User) -> Post:
    User.objects.filter(pk=alice.pk).update(display_name="Quillcanary")
    return post(bob(), TITLE, words="Canary words that nobody mails.")


def mailed(alice: User, made: Post, name: str) -> mail.EmailMessage:
    mail.outbox.clear()
    notify(alice, name, f"{name}:1", made.get_absolute_url(), f"{TITLE} for Bob")
    if not mail.outbox:  # once a day
        row = Notification.objects.get()
        mail_due(alice, row.mail_at or row.at)
    [sent] = mail.outbox
    return sent


@pytest.mark.parametrize("name", KINDS)
def test_it_names_nobody_and_quotes_nothing(alice: User, made: Post, name: str) -> None:
    Preference.choose(alice, name, "at once")
    sent = mailed(alice, made, name)
    assert (sent.subject, sent.to) == ("A note for you", [alice.email])
    whole = sent.message().as_string()
    for private in (TITLE, "canary", "Canary", "Bob", "Quillcanary", str(made.pk), made.area_name, "bob@example.org"):
        assert private not in str(sent.body)
        assert private not in whole
    assert not TELLING.search(sent.subject)
    sentence = str(kinds.get(name).sentence)
    assert sentence in sent.body
    assert "%" not in sentence
    assert "{" not in sentence
    assert not sent.attachments


@pytest.mark.parametrize("name", KINDS)
def test_one_press_ends_it_as_rfc_8058_wants(alice: User, made: Post, name: str) -> None:
    Preference.choose(alice, name, "at once")
    headers = mailed(alice, made, name).message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/my/notifications/stop/[^/\s<>]+/>", headers["List-Unsubscribe"])
    assert alice.email not in headers["List-Unsubscribe"]
    assert headers["From"]
    assert not TELLING.search(headers["From"])


def test_every_subject_of_a_mail_is_as_neutral() -> None:
    """Also of those that are no news: codes, links, answers. They take nothing from anybody, so nobody is in them."""
    subjects = list((settings.BASE_DIR / "templates").rglob("*_subject.txt"))
    assert len(subjects) > 30
    for path in subjects:
        written = path.read_text()
        words = re.sub(r"{%.*?%}", " ".join(re.findall(r'translate "(.*?)"', written)), written)
        assert "{{" not in words, path
        assert not TELLING.search(words.replace("A message for you", "")), path


def test_there_are_kinds_of_all_that_can_happen() -> None:
    assert {"mutualaid.answered", "mutualaid.message", "mutualaid.reminder", "moderation.standing"} <= set(KINDS)
    assert not [name for name in KINDS if name.startswith("test.")]

"""Every mail about a listing, as it arrives: neutral outside, plain inside, and naming no group."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from groups.models import Claim, GroupReport, Organizer, Suggestion
from groups.tasks import ask_organizers
from mindspace.moderation.models import SAYABLE, Verdict
from tests.groups.cast import form_data, group, max_

pytestmark = pytest.mark.django_db
SUBJECTS = {
    "A link for you",
    "A question for you",
    "An answer for you",
    "A message for you",
    "Is it still right?",
    "About your page",
}
TELLING = ("mindspace", "mental", "health", "support", "crisis", "tea and talk", "!", "{{", "{%")
FOLDER = Path(settings.BASE_DIR) / "templates/groups/mail"


def test_each_is_neutral_and_plain(client: Client) -> None:
    moderator = max_()
    made = group(contact_by="relay")
    made.contact_email = "circle@example.net"
    made.save()
    Organizer.objects.welcome(made, "olga@example.net")
    Claim.objects.by_own_address(made)
    changes = {"group": {"summary": ["For anyone.", "New"]}, "meetings": {}}
    for verdict, _label in SAYABLE:
        for model, fields in ((Suggestion, {"changes": changes}), (Claim, {"way": "moderator"})):
            if model is Suggestion:
                row = model.objects.send_in(None, "vic@example.net", group=made, **fields)
            else:
                row = model.objects.send_in(None, made, "moderator", "vic@example.net")
            row.confirm()
            row.decide(moderator, verdict, "Thank you. We looked.")
    with time_machine.travel(timezone.now() + timedelta(days=121), tick=False):
        ask_organizers(timestamp=0)
    client.post(
        "/groups/tea-and-talk/contact/",
        form_data(client.get("/groups/tea-and-talk/contact/").content, email="v@example.net", message="Hello."),
    )
    GroupReport.objects.send_in(None, made, "gone", "").decide(moderator, Verdict.APPROVE, "Nobody is there any more.")
    assert {message.subject for message in mail.outbox} == SUBJECTS
    for message in mail.outbox:
        whole = f"{message.subject}\n{message.body}".lower()
        assert [word for word in TELLING if word in whole] == [], whole
        assert message.from_email == "notes@example.org"
        assert len(message.body) > 60
        assert not re.search(r"http\S*(@|tea-and)", whole)


def test_each_mail_has_both_its_parts() -> None:
    names = {path.name.rsplit("_", 1)[0] for path in FOLDER.iterdir()}
    for name in names:
        assert (FOLDER / f"{name}_subject.txt").exists()
        assert (FOLDER / f"{name}_message.txt").exists()
    for model in (Suggestion, Claim):
        for state in ("asked", "approved", "refused"):
            assert f"{model.mails.rsplit('/', 1)[1]}_{state}" in names

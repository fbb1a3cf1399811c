"""A message to a group is passed on by mail, and kept nowhere."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from groups.models import Group
from mindspace.mail.models import OutgoingMail
from tests.groups.cast import form_data, group

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/tea-and-talk/contact/"
SAID = {"name": "Vic", "email": "vic@example.net", "message": "May I come on Tuesday?"}


def relayed(**fields: Any) -> Group:
    made = group(contact_by="relay", **fields)
    made.contact_email = "circle@example.net"
    made.save()
    return made


def test_it_goes_to_the_group_and_the_answer_to_the_writer(client: Client) -> None:
    relayed()
    page = client.get(ADDRESS)
    data = form_data(page.content, **SAID)
    for _click in range(2):
        assert client.post(ADDRESS, data).url == f"{ADDRESS}sent/"
    [message] = mail.outbox
    assert (message.to, message.reply_to) == (["circle@example.net"], ["vic@example.net"])
    assert (message.subject, message.from_email) == ("A message for you", "notes@example.org")
    assert "May I come on Tuesday?" in message.body
    assert "circle@" not in page.content.decode() + client.get(f"{ADDRESS}sent/").content.decode()


def test_it_is_sealed_on_its_way_and_gone_after_it(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "mindspace.mail.backend.EmailBackend"
    settings.MAIL_TRANSPORT = {"backend": "django.core.mail.backends.locmem.EmailBackend"}
    relayed()
    client.post(ADDRESS, form_data(client.get(ADDRESS).content, **SAID))
    row = OutgoingMail.objects.get()
    assert b"Tuesday" not in bytes(row.sealed)
    assert OutgoingMail.deliver(row.pk)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("way", ["public", "website", "none"])
def test_a_group_that_is_reached_otherwise_has_no_such_page(client: Client, way: str) -> None:
    relayed()
    Group.objects.update(contact_by=way)
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": ""},
        {"message": "m" * 3001},
        {"message": "x\x00"},
        {"email": "x"},
        {"email": "a@b.example\nBcc: c@d.example"},
    ],
)
def test_junk_is_told_and_goes_nowhere(client: Client, wrong: dict[str, str]) -> None:
    relayed()
    assert client.post(ADDRESS, {**SAID, **wrong}).status_code == 400
    assert mail.outbox == []


def test_a_name_of_two_lines_is_one(client: Client) -> None:
    relayed()
    client.post(ADDRESS, {**SAID, "name": "Vic\r\nBcc: x@example.net"})
    assert "From: Vic Bcc: x@example.net" in mail.outbox[0].body
    assert mail.outbox[0].recipients() == ["circle@example.net"]


def test_five_a_day_are_enough(client: Client) -> None:
    relayed()
    codes = [client.post(ADDRESS, SAID).status_code for _number in range(6)]
    assert codes == [302] * 5 + [429]


def test_whoever_goes_back_and_writes_something_else_sends_that_too(client: Client) -> None:
    relayed()
    data = form_data(client.get(ADDRESS).content, **SAID)
    client.post(ADDRESS, data)
    client.post(ADDRESS, {**data, "message": "On Thursday, please. My brother must not know."})
    assert ["Tuesday" in message.body for message in mail.outbox] == [True, False]

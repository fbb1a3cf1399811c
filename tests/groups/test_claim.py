"""Is this yours? Shown by the listing's own address, by a code on the website, or to a moderator."""

import re

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from groups.models import Claim, Organization, Organizer
from groups.tasks import look_at_website
from groups.website import says
from mindspace.moderation.models import Verdict
from mindspace.reach import Caller
from tests.groups.cast import client_of, form_data, group, links, max_, olga
from tests.test_reach import only, server

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/tea-and-talk/claim/"
SITE = "https://tea.example.org/"


def claim(client: Client, **fields: str) -> None:
    data = form_data(client.get(ADDRESS).content, **{"note": "Ask the library.", **fields})
    answer = client.post(ADDRESS, data)
    assert (answer.status_code, answer.url) == (302, "/groups/claim/sent/"), answer.content.decode()


def test_only_ways_that_can_work_are_offered(client: Client) -> None:
    group()
    page = client.get(ADDRESS).content.decode()
    assert [way in page for way in ('value="mail"', 'value="website"', 'value="moderator"')] == [False, False, True]


def test_a_single_way_is_chosen_already_and_each_field_names_the_way_it_is_for(client: Client) -> None:
    made = group()
    page = client.get(ADDRESS).content.decode()
    assert re.search(r'<input[^>]*value="moderator"[^>]* checked', page)
    assert [word for word in ("first way", "last way", "Needed for") if word in page] == []
    made.public_email = "circle@example.net"
    made.save()
    page = client.get(ADDRESS).content.decode()
    assert "Needed for “I tell you, and a person here looks at it”" in page
    assert "Not needed for “A link to the group" in page


def test_a_moderator_sees_what_there_is_to_judge_by(client: Client) -> None:
    made = group(public_phone="+12145550120", organization=Organization.objects.create(name="The Library"))
    olga(made)
    claim(client, way="moderator", email="vic@example.net")
    assert "You asked to keep" in client.get(links()[0]).content.decode()
    assert "You keep" not in client.post(links()[0]).content.decode()
    page = client_of(max_()).get("/moderation/").content.decode()
    shown = ("vic@example.net", "214", "The Library", "o…@example.net", "Ask the library.")
    assert [word for word in shown if word not in page] == []


def test_whoever_reads_the_listings_own_mail_keeps_it(client: Client) -> None:
    made = group()
    made.contact_email = "circle@example.net"
    made.save()
    claim(client, way="mail")
    assert mail.outbox[0].to == ["circle@example.net"]
    assert not Organizer.objects.exists()
    for _click in range(2):
        assert client.post(links()[0]).url == "/groups/tea-and-talk/keep/"
    assert Organizer.objects.get().email == "circle@example.net"
    assert client.get("/groups/tea-and-talk/keep/").status_code == 200


def test_a_link_that_went_to_an_older_address_is_over(client: Client) -> None:
    made = group(public_email="circle@example.net")
    claim(client, way="mail")
    made.public_email = "new@example.net"
    made.save()
    assert client.post(links()[0]).status_code == 404
    assert not made.organizers.exists()


def test_nobodys_mailbox_is_filled(client: Client) -> None:
    group(public_email="circle@example.net")
    for _number in range(5):
        client.post(ADDRESS, form_data(client.get(ADDRESS).content, way="mail"))
    assert len(mail.outbox) == 3


def test_a_double_click_sends_one_mail(client: Client) -> None:
    group(public_email="circle@example.net")
    said = {"email": "v@example.net", "note": "Ask."}
    for data in (form_data(client.get(ADDRESS).content, way=way, **said) for way in ("mail", "moderator")):
        for _click in range(2):
            client.post(ADDRESS, data)
    assert (len(mail.outbox), Claim.objects.count()) == (2, 1)


def test_a_moderator_decides(client: Client) -> None:
    made = group()
    claim(client, way="moderator", email="vic@example.net", note="Ask the library.")
    assert not Claim.objects.waiting().exists()  # the mail shows first whose address it is
    client.post(links()[0])
    row = Claim.objects.waiting().get()
    row.decide(max_(), Verdict.APPROVE)
    assert made.organizers.get().email == "vic@example.net"


def test_a_moderator_refuses_with_a_reason(client: Client) -> None:
    made = group()
    claim(client, way="moderator", email="vic@example.net")
    client.post(links()[0])
    Claim.objects.get().decide(max_(), Verdict.REFUSE, "We could not see it.")
    assert not made.organizers.exists()
    assert "We could not see it." in read_by_the_link_of_the_last_mail(client)


def read_by_the_link_of_the_last_mail(client: Client) -> str:
    """What a moderator said about somebody, which no mail says."""
    assert "We could not see it." not in mail.outbox[-1].body
    return client.get(links()[-1]).content.decode()


@pytest.mark.parametrize("verdict", [Verdict.ASK, Verdict.APPROVE])
def test_no_mail_says_what_a_moderator_said_of_a_person(client: Client, verdict: Verdict) -> None:
    group()
    claim(client, way="moderator", email="vic@example.net")
    client.post(links()[0])
    mail.outbox.clear()
    Claim.objects.get().decide(max_(), verdict, "We could not see it.")
    mail.outbox[:] = [sent for sent in mail.outbox if "/claim/" in sent.body]  # the other is the link to the listing
    assert "We could not see it." in read_by_the_link_of_the_last_mail(client)


def test_a_code_on_the_website_is_looked_for_by_the_worker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = group(website=SITE)
    claim(client, way="website", email="vic@example.net")
    row = Claim.objects.get()
    page = client.get(links()[0]).content.decode()
    assert row.code in page
    client.post(links()[0], {"look": "1"})
    job = ProcrastinateJob.objects.get(task_name="groups.look_at_website")
    assert job.args == {"claim_id": str(row.pk)}
    seen = []

    def not_yet(url: str, code: str) -> bool:
        seen.append((url, code))
        return False

    monkeypatch.setattr("groups.website.says", not_yet)
    look_at_website(claim_id=str(row.pk))
    assert seen == [(SITE, row.code)]
    assert "the code was not there" in client.get(links()[0]).content.decode()
    assert not made.organizers.exists()
    monkeypatch.setattr("groups.website.says", lambda url, code: True)
    for _twice in range(2):
        look_at_website(claim_id=str(row.pk))
    assert made.organizers.get().email == "vic@example.net"
    assert len(mail.outbox) == 2


def test_a_person_is_asked_where_the_website_cannot_be_changed(client: Client) -> None:
    group(website=SITE)
    claim(client, way="website", email="vic@example.net")
    client.post(links()[0], {"person": "1"})
    assert Claim.objects.waiting().count() == 1


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n<p>mindspace-1234</p>", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nmindspace\r\n5\r\n-1234\r\n0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nmindspace-1234", True),
        (b"HTTP/1.1 404 Not Found\r\n\r\nmindspace-1234", False),
        (b"HTTP/1.1 200 OK\r\n\r\nmindspace-1235", False),
        (b"SSH-2.0 mindspace-1234\r\n", False),
        (b"", False),
    ],
)
def test_the_page_of_a_website_is_read(answer: bytes, found: bool) -> None:
    with server(answer) as site:
        caller = Caller(allows=only("127.0.0.1"), ports=None)
        assert says(site.url, "mindspace-1234", caller) is found


def test_a_private_address_is_never_called() -> None:
    with server(b"HTTP/1.1 200 OK\r\n\r\nmindspace-1234") as site:
        assert not says(site.url, "mindspace-1234", Caller(ports=None))
        assert site.requests == []


@pytest.mark.parametrize("wrong", [{"way": ""}, {"way": "x"}, {"email": ""}, {"note": ""}, {"note": "x\x00"}])
def test_junk_is_told(client: Client, wrong: dict[str, str]) -> None:
    group()
    answer = client.post(ADDRESS, {"way": "moderator", "email": "v@example.net", "note": "Ask.", **wrong})
    assert (answer.status_code, Claim.objects.exists()) == (400, False)

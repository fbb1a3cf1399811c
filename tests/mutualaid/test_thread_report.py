"""Bob reports what Alice writes to him. Nobody reads it but a moderator who says why, while the report waits."""

import pytest
from django.test import Client

from mindspace.moderation.models import ThreadLook
from mindspace.site.models import SiteDetails
from mutualaid.errors import NotNow
from mutualaid.models import Response, ResponseReport
from tests.mutualaid.cast import alice, bob, charlie, client_of, max_, mia, person, post

pytestmark = pytest.mark.django_db
WHY = {"reason": "I cannot decide without it."}


@pytest.fixture
def response() -> Response:
    made = post(alice())
    answer: Response = Response.objects.send_in(None, made, bob(), "I can come on Sunday.")
    answer.say(made.author, "A canary line: send me a gift card first.")
    return answer


def reported(response: Response, reason: str = "scam") -> ResponseReport:
    row: ResponseReport = ResponseReport.objects.send_in(None, response, reason, "", response.by)
    return row


def look(row: ResponseReport) -> str:
    return f"/mutual-aid/thread-reports/{row.pk}/"


def test_two_taps_from_the_conversation_and_once(response: Response) -> None:
    client, address = client_of(response.by), f"/mutual-aid/answers/{response.pk}/report/"
    assert f'href="{address}"' in client.get(response.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200
    for _click in range(3):
        assert "Thank you for telling us" in client.post(address, {"reason": "scam"}).content.decode()
    row = ResponseReport.objects.get()
    assert (row.made_by, row.risk, row.state) == (response.by, 2, "waiting")
    assert client.post(address, {"reason": "x\x00"}).status_code == 400


def test_the_queue_shows_no_word_of_it_until_the_moderator_says_why(response: Response) -> None:
    row, client = reported(response), client_of(max_())
    page = client.get("/moderation/").content.decode()
    assert f'href="{look(row)}"' in page
    assert "canary" not in page
    assert "canary" not in client.get(look(row)).content.decode()
    for wrong in ("", " ", "x\x00", "x" * 301):
        assert client.post(look(row), {"reason": wrong}).status_code == 400
    assert not ThreadLook.objects.exists()
    for _click in range(2):
        client.post(look(row), WHY)
    logged = ThreadLook.objects.get()
    assert (logged.reason, logged.item, logged.thread) == (WHY["reason"], row.pk, response.pk)
    page = client.get(look(row)).content.decode()
    assert page.index("I can come on Sunday.") < page.index("A canary line")
    assert '<strong class="risk-word">gift card</strong>' in page.split('<details class="queue-veil">')[1]
    assert "no-store" in client.get(look(row))["Cache-Control"]


def test_only_that_moderator_only_that_thread_and_only_while_it_waits(response: Response) -> None:
    row, one, other = reported(response), client_of(max_()), client_of(mia())
    another = Response.objects.send_in(None, response.post, charlie(), "Another canary.")
    next_to_it = reported(another)
    one.post(look(row), WHY)
    for client, which in ((other, row), (one, next_to_it)):
        assert "canary" not in client.get(look(which)).content.decode().lower()
    row.decide(person("moe", "Moderator"), "refuse", "Nothing is wrong.")
    assert one.get(look(row)).status_code == 404
    assert one.post(look(row), WHY).status_code == 404


def test_neither_of_the_two_decides_though_a_moderator_and_alone() -> None:
    made, moderator = post(alice()), max_()
    answer = Response.objects.create(post=made, by=moderator)
    row = ResponseReport.objects.send_in(None, answer, "scam", "", made.author)
    SiteDetails.objects.update(staff_of_one=True)
    assert not row.can_be_decided_by(moderator)
    client = client_of(moderator)
    for address in (look(row), f"/moderation/thread_report/{row.pk}/"):
        assert client.get(address).status_code == 404
        assert client.post(address, WHY).status_code == 404
    assert not ThreadLook.objects.exists()


def test_a_report_alone_gives_nobody_away(response: Response) -> None:
    reported(response)
    page = client_of(response.post.author).get(response.get_absolute_url()).content.decode()
    assert "a moderator looks at" not in page.split("<main")[1].split("<footer")[0]
    response.say(response.by, "See you.")


def test_one_proposes_to_close_it_and_another_does_or_lets_them_go_on(response: Response) -> None:
    one, other = max_(), mia()
    row = reported(response)
    row.decide(one, "approve", "He asks for money.")
    with pytest.raises(NotNow):
        response.say(response.by, "See you.")
    page = client_of(response.by).get(response.get_absolute_url()).content.decode()
    assert "a moderator looks at this conversation first" in page
    row.decide(other, "refuse", "This is not so.")
    response.say(response.by, "See you.")
    again = reported(response)
    for moderator in (one, other):
        again.decide(moderator, "approve", "It goes on.")
    with pytest.raises(NotNow):
        response.say(response.by, "See you.")
    page = client_of(response.by).get(response.get_absolute_url()).content.decode()
    assert "The moderators closed this conversation" in page
    assert "It goes on." in page


def test_a_call_for_help_stops_nothing(response: Response) -> None:
    row = reported(response, "self_harm")
    row.decide(max_(), "approve", "I phoned.")
    response.say(response.by, "I am here.")


def test_others_report_nothing_of_it(response: Response) -> None:
    address = f"/mutual-aid/answers/{response.pk}/report/"
    for client, status in ((Client(), 302), (client_of(charlie()), 404), (client_of(max_()), 404)):
        assert client.post(address, {"reason": "scam"}).status_code == status
    assert not ResponseReport.objects.exists()

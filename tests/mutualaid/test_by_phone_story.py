"""Rosa's whole story, through the pages that a moderator has before them, and what the clock brings."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client

from mindspace.accounts.models import PhoneMember, User
from mindspace.notifications.models import Notification
from mutualaid import tasks, today
from mutualaid.models import Acted, Message, Post, Response
from tests.mutualaid.cast import bob, client_of, form_data, max_, mia, post, rosa

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=CHICAGO)


class Phone:
    """Max at the phone, signed in anew each time: days lie between one call and the next."""

    def __init__(self, moderator: User, member: PhoneMember) -> None:
        self.moderator, self.home = moderator, f"/mutual-aid/by-phone/{member.pk}/"

    @property
    def client(self) -> Client:
        return client_of(self.moderator)

    def page(self, path: str = "") -> str:
        return self.client.get(path or self.home).content.decode()

    def tell(self) -> list[str]:
        """Read out what waits, each by the link beside it, and say so; return what was read."""
        client, page = self.client, self.client.get(self.home)
        news = page.context["news"]
        for each in news:
            assert f"“{each.row.sentence}”" in page.content.decode()
            assert client.get(each.page).status_code == 200
        client.post(f"{self.home}told/", {"told": [each.row.pk for each in news]})
        return [each.row.sentence for each in news]

    def do(self, response: Response, verb: str, **said: Any) -> None:
        path, client = f"{self.home}answers/{response.pk}/", self.client
        form = form_data(client.get(path).content, do=verb, wanted="on", **said)
        assert client.post(path, form)["Location"] == path


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def member(moderator: User) -> PhoneMember:
    return rosa(moderator)


@pytest.fixture
def phone(moderator: User, member: PhoneMember) -> Phone:
    return Phone(moderator, member)


def written(phone: Phone) -> Post:
    """Her post, through the four steps, and looked at by another moderator."""
    client = phone.client
    what = {"kind": "request", "category": "groceries", "title": "A bag of rice", "words": "I cannot carry it."}
    path = client.post(f"{phone.home}new/", form_data(client.get(f"{phone.home}new/").content, **what))["Location"]
    for said in ({"where": "near", "area": "75038", "when": "any"}, {"audience": "members", "until": "30"}):
        path = client.post(path, form_data(client.get(path).content, **said))["Location"]
    assert client.post(path)["Location"] == phone.home
    made: Post = Post.objects.get()
    made.helds.get().decide(mia(), "approve")
    made.refresh_from_db()
    assert made.state == "open"
    return made


def test_from_the_post_to_the_thanks(phone: Phone, member: PhoneMember, moderator: User) -> None:
    helper = bob()
    with time_machine.travel(MONDAY, tick=False):
        made = written(phone)
        assert phone.tell() == ["There is an answer for you."]  # it was looked at, and is up
        response = Response.objects.send_in(None, made, helper, "I can bring it.")
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        assert [row.count for row in today.by_phone(moderator)] == [1]
        assert "1 thing to tell them, since Mar 2, 10.00 am" in phone.page("/accounts/by-phone/")
        assert phone.tell() == ["Somebody answered you."]
        assert [row.count for row in today.by_phone(moderator)] == [0]
        phone.do(response, "accept")
        phone.do(response, "suggest", day="2026-03-05", start="14:00")
        response.arrangements.get().agree(helper, response.arrangements.get().suggested_at)
        assert phone.tell() == ["Something you agreed on has news."]
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=CHICAGO), tick=False):
        tasks.agreed(0)
        assert phone.tell() == ["Something you agreed on is soon."]
        assert "March 5" in phone.page(f"{phone.home}answers/{response.pk}/")
    with time_machine.travel(datetime(2026, 3, 5, 18, 0, tzinfo=CHICAGO), tick=False):
        tasks.agreed(0)
        response.arrangements.get().say_done(helper)
        assert phone.tell() == ["We have a question for you."] * 2
        phone.do(response, "done")
        assert response.arrangements.get().state == "confirmed"
        phone.do(response, "thank", card="bench", words="The rice was good.")
        response.say(helper, "It was a pleasure.", card="candle")
        assert phone.tell() == ["There is a card for you."]
        assert "Nothing new." in phone.page()
    assert Message.objects.filter(by=member.user, card="bench").count() == 1
    assert [each.did for each in Acted.objects.all()] == ["publish", "accept", "suggest", "done", "thank"]
    assert set(Notification.objects.filter(user=member.user).values_list("told_by", flat=True)) == {moderator.pk}
    assert [sent for sent in mail.outbox if sent.to == [member.user.email]] == []
    record = phone.page().partition("What was done for them")[2]
    for line in ("Sent the post in", "Said thank you", "Told them: “Something you agreed on is soon.”"):
        assert line in record


def test_seven_days_one_day_and_the_end_reach_whoever_calls_her(phone: Phone, member: PhoneMember) -> None:
    with time_machine.travel(MONDAY, tick=False):
        post(member.user, "A bag of rice")
        Notification.objects.all().delete()
    heard = {}
    for day in range(33):
        with time_machine.travel(MONDAY + timedelta(days=day), tick=False):
            for _twice in range(2):
                tasks.remind(0)
                tasks.end(0)
            if found := phone.tell():
                heard[day] = found
    said = ["Something of yours ends soon, or has ended."]
    assert heard == {23: said, 29: said, 31: said}


def test_one_tap_keeps_it_up_when_she_says_so(phone: Phone, member: PhoneMember) -> None:
    with time_machine.travel(MONDAY, tick=False):
        made = post(member.user, "A bag of rice")
    with time_machine.travel(MONDAY + timedelta(days=23), tick=False):
        tasks.remind(0)
        page = phone.page()
        assert "Ends in 7 days" in page
        phone.client.post(f"/mutual-aid/{made.pk}/renew/", form_data(page.encode()))
        assert "Ends in 30 days" in phone.page()
    with time_machine.travel(MONDAY + timedelta(days=31), tick=False):
        tasks.end(0)
        made.refresh_from_db()
        assert made.state == "open"

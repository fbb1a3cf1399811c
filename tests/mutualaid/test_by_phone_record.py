"""What a moderator does to a post of Rosa's is written down, with who did it and when."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import PhoneMember, User
from mindspace.moderation import errors
from mutualaid import tasks
from mutualaid.errors import NotNow
from mutualaid.models import Acted, HeldPost, Post, Response
from tests.mutualaid.cast import alice, bob, client_of, draft, form_data, max_, mia, post, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def member(moderator: User) -> PhoneMember:
    return rosa(moderator)


@pytest.fixture
def by_phone(moderator: User) -> Client:
    return client_of(moderator)


def home(member: PhoneMember) -> str:
    return f"/mutual-aid/by-phone/{member.pk}/"


def edited(client: Client, made: Post, **said: str) -> None:
    path = f"/mutual-aid/{made.pk}/edit/what/"
    form = form_data(client.get(path).content, kind=made.kind, category=made.category, title=made.title, **said)
    for _click in range(2):
        assert client.post(path, form).status_code == 302


def test_each_step_with_who_and_when_on_her_page_and_in_her_export(
    by_phone: Client, member: PhoneMember, moderator: User
) -> None:
    made = draft(member.user, "A bag of rice")
    edited(by_phone, made, words="Rice, please.")  # nobody has seen it yet
    for _click in range(2):
        assert by_phone.post(f"/mutual-aid/{made.pk}/edit/check/")["Location"] == home(member)
    made.refresh_from_db()
    made.publish(mia())
    edited(by_phone, made, words="Rice, and beans.")
    page = by_phone.get(home(member)).content.decode()
    for named in (f'<h3 id="post-{made.pk}">', f'role="group" aria-labelledby="post-{made.pk}"'):
        assert named in page  # whose buttons these are
    for verb in ("pause", "resume", "renew"):
        page = by_phone.get(home(member)).content
        assert f'action="/mutual-aid/{made.pk}/{verb}/"'.encode() in page
        for _click in range(2):
            sent = by_phone.post(f"/mutual-aid/{made.pk}/{verb}/", form_data(page))
            assert sent["Location"] == home(member)
        Post.objects.filter(state="held").update(state="open", held_reasons=[])
    by_phone.post(f"/mutual-aid/{made.pk}/close/", {"closed_as": "fulfilled"})
    done = ["publish", "edit", "pause", "resume", "renew", "close"]
    assert [each.did for each in Acted.objects.all()] == done
    assert {(each.by, each.member, each.post) for each in Acted.objects.all()} == {(moderator, member, made)}
    page = by_phone.get(home(member)).content.decode().partition("What was done for them")[2]
    told = leaving.everything(member.user)["mutualaid"]["done_for_you_by_phone"]
    assert [(each["what"], each["by"]) for each in told] == [(str(Acted.Did(did).label), "Max") for did in done]
    assert [each["at"] for each in told] == [each.at for each in Acted.objects.all()]
    for each in told:
        assert f"{each['what']} · A bag of rice" in page
    assert page.index("Took the post off the board") < page.index("Sent the post in")  # the newest first


def test_what_she_answered_is_in_it_and_nothing_of_others(by_phone: Client, member: PhoneMember) -> None:
    colleague = mia()
    other = PhoneMember.objects.welcome(colleague, "Paula", "Yes.", adult=True)
    clients = {member: by_phone, other: client_of(colleague)}  # nobody speaks for both
    response = Response.objects.send_in(None, post(other.user, "A walk"), member.user, "I walk slowly.")
    for side, do, words in ((member, "say", "Fine."), (other, "accept", "")):
        path = f"{home(side)}answers/{response.pk}/"
        clients[side].post(path, form_data(clients[side].get(path).content, do=do, words=words, wanted="on"))
    for side, what in ((member, "Wrote"), (other, "Said yes")):
        told = leaving.everything(side.user)["mutualaid"]["done_for_you_by_phone"]
        assert [(each["what"], each["about"]) for each in told] == [(what, "A walk")]
        lines = clients[side].get(f"{home(side)}answers/{response.pk}/").content.decode().partition("What was done")[2]
        assert [word in lines for word in ("Wrote", "Said yes")] == [what == "Wrote", what == "Said yes"]


def test_what_authors_do_themselves_is_not_written_down() -> None:
    author = alice()
    made = post(author)
    client = client_of(author)
    edited(client, made, words="Soup, please.")
    client.post(f"/mutual-aid/{made.pk}/pause/")
    assert not Acted.objects.exists()


def test_what_was_not_done_is_not_written_down(by_phone: Client, member: PhoneMember) -> None:
    made = post(member.user)
    by_phone.post(f"/mutual-aid/{made.pk}/resume/")  # it was not paused
    assert not Acted.objects.exists()


def test_nothing_is_done_once_she_took_it_back(member: PhoneMember, moderator: User) -> None:
    made = post(member.user)
    PhoneMember.objects.update(ended_at=timezone.now())  # a moment after the page was opened
    with pytest.raises(NotNow):
        Acted.objects.write(member.pk, moderator, "pause", made.pause, None, made)
    made.refresh_from_db()
    assert made.state == "open"


def test_a_draft_is_thrown_away_without_a_trace(by_phone: Client, member: PhoneMember) -> None:
    made = draft(member.user)
    assert by_phone.post(f"/mutual-aid/{made.pk}/close/", {"closed_as": "withdrawn"})["Location"] == home(member)
    assert not Post.objects.exists()
    assert not Acted.objects.exists()


def test_an_ended_post_can_come_back_from_her_page(moderator: User, member: PhoneMember) -> None:
    made = post(member.user, "A bag of rice")
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        tasks.end(0)
        by_phone = client_of(moderator)
        page = by_phone.get(home(member)).content.decode()
        assert "Put it up again" in page
        by_phone.post(f"/mutual-aid/{made.pk}/renew/")
        made.refresh_from_db()
        assert made.state == "open"


@pytest.mark.parametrize(("kind", "how"), [("request", "Help was found."), ("offer", "Somebody took it up.")])
def test_so_can_one_that_ended_well(by_phone: Client, member: PhoneMember, kind: str, how: str) -> None:
    made = post(member.user, "A bag of rice", kind=kind)
    made.close("fulfilled")
    page = by_phone.get(home(member)).content
    assert "Put it up again" in page.decode()
    assert how in page.decode()
    by_phone.post(f"/mutual-aid/{made.pk}/renew/", form_data(page))
    made.refresh_from_db()
    assert made.state == "open"
    made.close("withdrawn")
    assert "Put it up again" not in by_phone.get(home(member)).content.decode()


def test_success_is_said_only_of_what_stands_so(by_phone: Client, member: PhoneMember) -> None:
    made = post(member.user, "A bag of rice")
    form = form_data(by_phone.get(home(member)).content)
    said = {"pause": "It is paused.", "resume": "It is on the board again.", "renew": "It stays on the board."}
    for verb in ("pause", "resume", "renew"):
        assert said[verb] in by_phone.post(f"/mutual-aid/{made.pk}/{verb}/", form, follow=True).content.decode()
    page = by_phone.post(f"/mutual-aid/{made.pk}/pause/", form, follow=True).content.decode()  # Back, and once more
    assert "It is paused." not in page
    assert "This post has changed since you opened it." in page
    made.refresh_from_db()
    assert made.state == "open"
    made.close("withdrawn")
    page = by_phone.post(f"/mutual-aid/{made.pk}/renew/", form, follow=True).content.decode()
    assert "It stays on the board." not in page


def test_a_line_is_about_one_thing(member: PhoneMember, moderator: User) -> None:
    made = post(member.user)
    response = Response.objects.send_in(None, made, bob(), "I can.")
    for about in ({}, {"post": made, "response": response}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Acted.objects.create(member=member, by=moderator, did="edit", **about)


def test_whoever_sent_it_in_does_not_decide_about_it(by_phone: Client, member: PhoneMember, moderator: User) -> None:
    made = draft(member.user, written_by=mia())
    by_phone.post(f"/mutual-aid/{made.pk}/edit/check/")
    with pytest.raises(errors.YourOwn):
        HeldPost.objects.get().decide(moderator, "approve")


def test_the_record_goes_with_the_words_of_the_post(by_phone: Client, member: PhoneMember) -> None:
    made = post(member.user)
    by_phone.post(f"/mutual-aid/{made.pk}/close/", {"closed_as": "withdrawn"})
    for days, kept in ((89, 1), (91, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            tasks.redact(0)
        assert Acted.objects.count() == kept

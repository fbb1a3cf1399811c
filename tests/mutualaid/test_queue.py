"""The queue's pages about posts: two moderators by address, what is folded away, what is marked, who proposed what."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import User
from mindspace.moderation.models import Appeal, Decision
from mindspace.notifications.models import Notification
from mutualaid.models import HeldPost, Post, PostReport, Response
from tests.mutualaid.cast import alice, bob, client_of, draft, max_, mia, person, post

pytestmark = pytest.mark.django_db


def report(made: Post, by: User, reason: str = "scam") -> PostReport:
    row: PostReport = PostReport.objects.send_in(None, made, reason, "He asked for a gift card.", by)
    return row


def decide(client: Client, row: PostReport | HeldPost, verdict: str, words: str = "It asks for money.") -> int:
    row.refresh_from_db()
    address = f"/moderation/{row.queue}/{row.pk}/"
    return client.post(address, {"verdict": verdict, "words": words, "seen": row.fingerprint}).status_code


def taken_down() -> tuple[Post, PostReport]:
    made = post(alice(), "A canary title")
    row = report(made, bob())
    for moderator in (max_(), mia()):
        assert decide(client_of(moderator), row, "approve") == 302
    made.refresh_from_db()
    return made, row


def test_two_moderators_take_it_down_by_address_and_say_why() -> None:
    made, one, other = post(alice()), client_of(max_()), client_of(mia())
    row = report(made, bob())
    assert decide(one, row, "approve", "") == 400
    assert decide(one, row, "approve") == 302
    assert decide(one, row, "approve") == 404
    page = other.get("/moderation/").content.decode()
    assert "We asked" not in page
    assert "Max proposes “It is so: take it down" in page
    assert "It asks for money." in page
    assert decide(other, row, "approve", "So it does.") == 302
    made.refresh_from_db()
    assert (made.state, made.closed_as) == ("closed", "removed")
    assert "Nothing waits" in other.get("/moderation/").content.decode()


def test_about_a_call_for_help_the_buttons_speak_of_the_person() -> None:
    row, client = report(post(alice()), bob(), "self_harm"), client_of(max_())
    page = client.get("/moderation/").content.decode()
    assert "Somebody has looked after the person" in page
    assert "take it down" not in page
    assert "If you can do only one thing now" in page
    assert decide(client, row, "approve", "") == 302  # one is enough, and needs to say nothing


def test_a_question_is_a_question() -> None:
    made = draft(alice())
    made.submit()
    row = HeldPost.objects.get()
    assert decide(client_of(max_()), row, "ask", "On which Sunday?") == 302
    made.change(words="This Sunday.")
    page = client_of(mia()).get("/moderation/").content.decode()
    assert "We asked:" in page
    assert "On which Sunday?" in page


@pytest.mark.parametrize("reported", [False, True])
def test_it_is_folded_away_and_words_of_risk_are_marked(reported: bool) -> None:
    made = post(alice(), words="I take a gift card for it.", category="rides")
    if reported:
        report(made, bob())
    else:
        made.change(words="I take a gift card for it, <b>now</b>.")
    page = client_of(max_()).get("/moderation/").content.decode()
    [inside] = page.split('<details class="queue-veil">')[1:]
    inside = inside.split("</details>")[0]
    assert '<strong class="risk-word">gift card</strong>' in inside
    assert "<b>now" not in page
    assert page.count("<h1") == 1
    assert "<h1" not in inside
    assert "gift card" not in page.replace(inside, "")


def test_its_author_is_told_why_without_a_word_of_it_in_the_mail() -> None:
    mail.outbox.clear()
    made, _row = taken_down()
    told = Notification.objects.filter(user=made.author).latest("at")
    assert told.path == made.get_absolute_url()
    for sent in mail.outbox:
        assert "canary" not in sent.subject + sent.body
        assert "money" not in sent.subject + sent.body
    page = client_of(made.author).get(made.get_absolute_url()).content.decode()
    assert "A moderator took this down" in page
    assert "It asks for money." in page
    assert client_of(person("carol")).get(made.get_absolute_url()).status_code == 404


def test_they_ask_once_and_a_third_moderator_puts_it_back_as_it_was() -> None:
    made, _row = taken_down()
    Post.objects.update(back_to="paused")
    client, address = client_of(made.author), f"/mutual-aid/{made.pk}/appeal/"
    for words in ("It does not.", "Again."):
        assert client.post(address, {"words": words}).status_code == 302
    appeal = Appeal.objects.get()
    assert appeal.words == "It does not."
    assert "You asked us to look again" in client.get(made.get_absolute_url()).content.decode()
    third = client_of(person("moe", "Moderator"))
    for name in ("max", "mia"):
        assert not appeal.can_be_decided_by(User.objects.get(email=f"{name}@example.org"))
    assert f'href="{made.get_absolute_url()}moderation/"' in third.get("/moderation/").content.decode()
    data = {"verdict": "approve", "seen": appeal.fingerprint}
    assert third.post(f"/moderation/appeal/{appeal.pk}/", data).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.closed_as, made.closed_at) == ("paused", "", None)
    told = Notification.objects.filter(user=made.author).latest("at")
    assert (told.key, told.path) == (f"appeal:{appeal.pk}", made.get_absolute_url())


def test_where_there_are_only_two_moderators_the_one_who_proposed_it_looks_again() -> None:
    made, _row = taken_down()
    client_of(made.author).post(f"/mutual-aid/{made.pk}/appeal/", {"words": "It does not."})
    may = [
        Appeal.objects.get().can_be_decided_by(User.objects.get(email=f"{name}@example.org")) for name in ("max", "mia")
    ]
    assert may == [True, False]


def test_what_is_gone_is_no_error() -> None:
    made, _row = taken_down()
    client_of(made.author).post(f"/mutual-aid/{made.pk}/appeal/", {"words": "It does not."})
    leaving.leave(made.author, keep_posts=False)
    appeal, third = Appeal.objects.get(), client_of(person("moe", "Moderator"))
    assert "They have left" in third.get("/moderation/").content.decode()
    address = f"/moderation/appeal/{appeal.pk}/"
    answer = third.post(address, {"verdict": "approve", "seen": appeal.fingerprint}, follow=True)
    assert "gone by now" in answer.content.decode()
    third.post(address, {"verdict": "refuse", "seen": appeal.fingerprint})
    appeal.refresh_from_db()
    assert appeal.state == "refused"


def test_or_says_why_it_stays_so() -> None:
    made, _row = taken_down()
    client = client_of(made.author)
    client.post(f"/mutual-aid/{made.pk}/appeal/", {"words": "It does not."})
    Appeal.objects.get().decide(person("moe", "Moderator"), "refuse", "It still does.")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "it stays as it was" in page
    assert "It still does." in page
    made.refresh_from_db()
    assert made.closed_as == "removed"


def test_a_refused_first_post_is_appealed_the_same_way() -> None:
    made = draft(alice())
    made.submit()
    row = HeldPost.objects.get()
    assert decide(client_of(max_()), row, "refuse", "Not here.") == 302
    assert made.get_absolute_url() in mail.outbox[-1].body
    client = client_of(made.author)
    assert "Not here." in client.get(made.get_absolute_url()).content.decode()
    client.post(f"/mutual-aid/{made.pk}/appeal/", {"words": "Why not?"})
    Appeal.objects.get().decide(mia(), "approve")
    made.refresh_from_db()
    assert made.state == "open"


def test_what_is_taken_down_again_may_be_appealed_again() -> None:
    made, row = taken_down()
    client = client_of(made.author)
    client.post(f"/mutual-aid/{made.pk}/appeal/", {"words": "It does not."})
    Appeal.objects.get().decide(person("moe", "Moderator"), "approve")
    again = report(made, person("carol"), "spam")
    for name in ("one", "two"):
        again.decide(person(name, "Moderator"), "approve", "It is advertising.")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "It is advertising." in page
    assert "Ask another moderator to look" in page
    assert Decision.objects.filter(item=row.pk, verdict="approve").count() == 1


def test_the_words_of_what_has_ended_are_not_given_to_search_engines() -> None:
    made = post(alice(), words="A canary word.", audience="public")
    assert "canary" in Client().get(made.get_absolute_url()).content.decode()
    made.close("fulfilled")
    client = client_of(person("carol"))
    assert "canary" not in client.get(made.get_absolute_url()).content.decode()


def test_of_what_is_redacted_nothing_comes_back() -> None:
    made, _row = taken_down()
    client_of(made.author).post(f"/mutual-aid/{made.pk}/appeal/", {"words": "It does not."})
    made.redact(timezone.now() + timedelta(days=91))
    appeal, third = Appeal.objects.get(), client_of(person("moe", "Moderator"))
    data = {"verdict": "approve", "seen": appeal.fingerprint}
    answer = third.post(f"/moderation/appeal/{appeal.pk}/", data, follow=True)
    assert "has changed since you opened it" in answer.content.decode()
    made.refresh_from_db()
    assert made.closed_as == "removed"


@pytest.mark.parametrize("verdict", ["approve", "ask", "refuse"])
def test_no_mail_says_what_a_moderator_wrote(verdict: str) -> None:
    made = draft(alice())
    made.submit()
    mail.outbox.clear()
    HeldPost.objects.get().decide(max_(), verdict, "A canary of ours.")
    [sent] = mail.outbox
    assert "canary" not in sent.subject + str(sent.body)
    assert made.get_absolute_url() in str(sent.body)
    page = client_of(made.author).get(made.get_absolute_url()).content.decode()
    assert ("A canary of ours." in page) == (verdict != "approve")


@pytest.mark.parametrize("party", ["reported it", "answered it", "wrote it down"])
def test_no_party_of_what_was_taken_down_looks_again(party: str) -> None:
    made, moderator = post(alice(), slots=3), person("moe", "Moderator")
    row = report(made, moderator if party == "reported it" else bob())
    if party == "answered it":
        Response.objects.create(post=made, by=moderator)
    if party == "wrote it down":
        Post.objects.update(written_by=moderator)
    for other in (max_(), mia()):
        row.refresh_from_db()
        row.decide(other, "approve", "It asks for money.")
    client_of(made.author).post(f"/mutual-aid/{made.pk}/appeal/", {"words": "It does not."})
    appeal, client = Appeal.objects.get(), client_of(moderator)
    assert not appeal.can_be_decided_by(moderator)
    assert client.get(f"/moderation/appeal/{appeal.pk}/").status_code == 404
    assert appeal.can_be_decided_by(person("mo", "Moderator"))


def test_whoever_lets_a_number_stand_reads_who_sees_it_and_since_when_it_waits() -> None:
    client = client_of(max_())
    readers = {"members": "members who are signed in", "public": "everybody, visitors too"}
    for by, (audience, who) in zip((alice(), bob()), readers.items(), strict=True):
        made = draft(by, words="Call 214-555-0142.", audience=audience)
        made.submit()
        row = HeldPost.objects.get(post=made)
        assert str(row.warning) == f"Others will read what is private in it (a phone number): {who}."
    page = client.get("/moderation/").content.decode()
    assert "just now" in page
    assert "since 0" not in page
    HeldPost.objects.update(waits_since=timezone.now() - timedelta(hours=2))
    assert "since 2" in client.get("/moderation/").content.decode()

"""What is taken down takes two moderators, and leaves nothing in the queue that nobody can decide."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.utils import timezone

from mindspace.accounts.models import User
from mindspace.moderation import errors
from mindspace.moderation.models import Decision
from mutualaid.errors import NotPossible, TooFewChairs
from mutualaid.models import HeldPost, Post, PostReport, Response
from tests.mutualaid.cast import alice, bob, client_of, draft, grown_up, max_, mia, post
from tests.mutualaid.test_races import at_once

pytestmark = pytest.mark.django_db


def known(name: str) -> User:
    user = grown_up(name)
    user.date_joined = timezone.now() - timedelta(days=30)
    user.save()
    return user


def report(made: Post, by: User, reason: str = "scam") -> PostReport:
    row: PostReport = PostReport.objects.send_in(None, made, reason, "", by)
    return row


def hidden(made: Post) -> list[PostReport]:
    """Three known members report it."""
    rows = [report(made, known(f"known{number}")) for number in range(3)]
    made.refresh_from_db()
    return rows


def test_what_is_hidden_only_by_reports_waits_for_those_alone() -> None:
    made = post(alice())
    HeldPost.objects.all().delete()
    rows = hidden(made)
    assert (made.state, made.held_reasons) == ("held", ["reported"])
    assert not HeldPost.objects.exists()
    rows[0].decide(max_(), "refuse", "It is fine.")
    made.refresh_from_db()
    assert (made.state, made.held_reasons) == ("open", [])


def test_one_moderator_proposes_and_another_takes_it_down() -> None:
    made, one, other = post(alice()), max_(), mia()
    row = report(made, bob())
    row.decide(one, "approve", "It asks for money.")
    made.refresh_from_db()
    assert (made.state, made.held_reasons) == ("held", ["reported"])
    with pytest.raises(errors.YourOwn):
        row.decide(one, "approve", "It asks for money.")
    row.decide(other, "approve", "So it does.")
    made.refresh_from_db()
    assert (made.state, made.closed_as) == ("closed", "removed")


def test_a_proposal_keeps_it_hidden_whatever_becomes_of_the_other_reports() -> None:
    made, one, other = post(alice()), max_(), mia()
    proposed, refused = report(made, bob()), report(made, known("ann"))
    proposed.decide(one, "approve", "It asks for money.")
    refused.decide(other, "refuse", "This is not so.")
    made.refresh_from_db()
    assert made.state == "held"
    proposed.decide(other, "refuse", "Nor is this.")
    made.refresh_from_db()
    assert made.state == "open"


def test_taking_it_down_decides_all_that_waits_about_it() -> None:
    made, one, other = post(alice()), max_(), mia()
    made.change(words="Write to me at alice@example.com")
    held = HeldPost.objects.waiting().get()
    rows = hidden(made)
    worried = report(made, known("dan"), "self_harm")
    rows[0].decide(one, "approve", "It asks for money.")
    rows[0].decide(other, "approve", "So it does.")
    for row in (held, *rows):
        row.refresh_from_db()
    assert [row.state for row in (held, *rows)] == ["refused", "approved", "approved", "approved"]
    assert Decision.objects.filter(item__in=[row.pk for row in (held, *rows)], by=other).count() == 4
    worried.refresh_from_db()
    assert worried.state == "waiting"  # somebody still has to look after the person
    worried.decide(one, "approve", "I phoned.")


def test_a_report_of_what_is_gone_can_be_decided_either_way() -> None:
    one, other = max_(), mia()
    for number, verdict in enumerate(("approve", "refuse")):
        made = post(alice() if not number else bob(), f"Round {number}")
        row = report(made, known(f"ann{number}"))
        made.close("withdrawn")
        row.decide(one, verdict, "It asks for money.")
        if verdict == "approve":
            row.decide(other, verdict, "So it does.")
        made.refresh_from_db()
        assert made.closed_as == ("removed" if verdict == "approve" else "withdrawn")


def test_a_moderators_yes_to_a_held_post_does_not_overrule_the_reports() -> None:
    made = post(alice())
    made.change(words="Write to me at alice@example.com")
    rows = hidden(made)
    assert made.held_reasons == ["private", "reported"]
    mail.outbox.clear()
    HeldPost.objects.waiting().get().decide(max_(), "approve")
    made.refresh_from_db()
    assert (made.state, made.held_reasons) == ("held", ["reported"])
    assert "Others can see it now" not in mail.outbox[-1].body
    rows[0].decide(mia(), "refuse", "It is fine.")
    made.refresh_from_db()
    assert made.state == "open"


def test_refusing_what_was_on_the_board_takes_two() -> None:
    made, one, other = post(alice()), max_(), mia()
    made.change(words="Write to me at alice@example.com")
    held = HeldPost.objects.waiting().get()
    held.decide(one, "refuse", "Leave out the address.")
    made.refresh_from_db()
    assert (made.state, held.state) == ("held", "waiting")
    with pytest.raises(errors.YourOwn):
        held.decide(one, "refuse", "Leave out the address.")
    held.decide(other, "refuse", "As Max says.")
    made.refresh_from_db()
    assert (made.state, made.closed_as) == ("closed", "removed")


def test_a_proposal_was_about_the_words_that_stood_there_then() -> None:
    made, one, other = post(alice()), max_(), mia()
    made.change(words="Write to me at alice@example.com")
    held = HeldPost.objects.waiting().get()
    held.decide(one, "refuse", "Leave out the address.")
    made.change(words="A pot of soup.")
    held.refresh_from_db()
    held.decide(other, "refuse", "No.")
    assert held.state == "waiting"


def test_what_was_never_on_the_board_one_moderator_refuses() -> None:
    made = draft(alice())
    made.submit()
    HeldPost.objects.get().decide(max_(), "refuse", "Not here.")
    made.refresh_from_db()
    assert made.closed_as == "removed"


def test_new_words_do_not_take_it_out_of_reports() -> None:
    made = post(alice())
    hidden(made)
    made.change(words="Other words.")
    assert (made.state, made.held_reasons) == ("held", ["reported"])
    assert not HeldPost.objects.undecided().exists()
    made.change(words="Write to me at alice@example.com")
    assert made.held_reasons == ["private", "reported"]
    assert HeldPost.objects.waiting().count() == 1


def test_a_paused_post_comes_back_paused_and_an_open_one_where_it_was() -> None:
    made = post(alice())
    opened = made.opened_at
    made.pause()
    made.change(words="Write to me at alice@example.com")
    assert made.state == "held"
    HeldPost.objects.waiting().get().decide(max_(), "approve")
    made.refresh_from_db()
    assert (made.state, made.opened_at) == ("paused", opened)


def test_a_chair_that_is_taken_is_not_put_away() -> None:
    made = post(alice(), slots=3)
    for name in ("bob", "charlie"):
        answer = Response.objects.create(post=made, by=grown_up(name))
        answer.accept()
    with pytest.raises(TooFewChairs, match="2"):
        made.change(slots=1)
    made.change(slots=2)
    page = client_of(made.author).post(
        f"/mutual-aid/{made.pk}/edit/who/", {"audience": "members", "until": "keep", "slots": "1"}, follow=True
    )
    assert "keep at least 2" in page.content.decode()


@pytest.mark.parametrize("before", [{}, {"category": "rides"}])
def test_words_of_crisis_alert_staff_also_when_they_come_later_and_once(before: dict[str, str]) -> None:
    max_()
    made = draft(alice(), **before)
    made.submit()
    mail.outbox.clear()
    made.change(words="I want to die.")
    made.change(words="I want to die, still.")
    assert [sent.subject for sent in mail.outbox] == ["Something waits for you"]


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_about_two_reports_of_one_post() -> None:
    one, other, third = max_(), mia(), grown_up("moe")
    for turn in range(4):
        made = post(grown_up(f"asks{turn}"), f"Turn {turn}")
        rows = [report(made, known(f"r{turn}-{number}")) for number in range(2)]
        for row in rows:
            row.decide(third, "approve", "It asks for money.")
        acts = [partial(_decide, rows[0], one), partial(_decide, rows[1], other)]
        at_once(lambda acts=acts: acts.pop()(), 2)
        made.refresh_from_db()
        assert made.closed_as == "removed"
        assert not PostReport.objects.waiting().filter(target=made).exists()
        assert Decision.objects.filter(item__in=[row.pk for row in rows], verdict="approve").count() == 2


def _decide(row: PostReport, by: User) -> None:
    try:
        row.decide(by, "approve", "So it does.")
    except errors.NotDecided as error:
        raise NotPossible(str(error)) from error

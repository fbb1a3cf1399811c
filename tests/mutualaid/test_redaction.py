"""90 days after it is over, nothing tells what somebody said, nor that they were in crisis. That it was, stays."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from mindspace.accounts.models import PhoneMember, User
from mindspace.moderation import tasks as moderation
from mindspace.moderation.models import Appeal, PersonReport, VouchRequest
from mindspace.notifications import tasks as notifications
from mindspace.notifications.models import Notification
from mutualaid import removal, tasks
from mutualaid.models import Acted, HeldMessage, HeldPost, Message, Post, PostReport, Response, ResponseReport
from tests.mutualaid.cast import alice, bob, draft, grown_up, max_, mia, person, post

pytestmark = pytest.mark.django_db
CRISIS = "I want to kill myself, canary."
# What moderators wrote is on the record, which the database never changes.
RECORD = {"moderation_decision", "moderation_threadlook"}


def nightly() -> None:
    for _twice in range(2):
        notifications.forget(0)
        tasks.agreed(0)
        tasks.redact(0)
        moderation.forget(0)


def days_later(begun: datetime, days: int) -> Any:
    return time_machine.travel(begun + timedelta(days=days), tick=False)


def tables_with(text: str) -> set[str]:
    """Every table of the board, of moderation and of news that still holds the text, in whatever column."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label in ("mutualaid", "moderation", "notifications"):
            table = model._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{text}%"])
                if cursor.fetchone()[0]:
                    found.add(table)
    return found - RECORD


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def lived(moderator: User) -> Post:
    """A post with words of crisis that was looked at, asked about, answered, talked about, reported, and ended."""
    author, helper = alice(), bob()
    made = draft(author, "A canary title", words=CRISIS)
    made.submit()
    held = HeldPost.objects.get()
    held.decide(moderator, "ask", "May I call you?")
    held.reply("Yes. I am a canary in crisis.")
    held.decide(moderator, "approve")
    made.refresh_from_db()
    assert made.urgent
    response = Response.objects.send_in(None, made, helper, "A canary line.")
    response.accept()
    response.say(author, "Call the canary at 214-555-0142.")
    HeldMessage.objects.get().decide(moderator, "approve")
    PostReport.objects.send_in(None, made, "self_harm", "The canary may die.", helper).decide(moderator, "approve")
    PostReport.objects.send_in(None, made, "other", "Canary words.", helper).decide(moderator, "refuse", "No.")
    report = ResponseReport.objects.send_in(None, response, "self_harm", "Canary again.", helper)
    report.decide(moderator, "approve")
    ResponseReport.objects.send_in(None, response, "scam", "Canary too.", helper).decide(moderator, "refuse", "No.")
    arrangement = response.arrangements.get()
    made.close("fulfilled")
    arrangement.say_done(author)
    arrangement.say_done(helper)
    response.refresh_from_db()
    response.say(helper, "A canary last word.")
    return made


def test_no_word_and_no_sign_of_crisis_is_left(lived: Post) -> None:
    begun = timezone.now()
    with days_later(begun, 89):
        nightly()
    assert {"mutualaid_post", "mutualaid_message", "mutualaid_heldpost", "mutualaid_postreport"} <= tables_with(
        "canary"
    )
    with days_later(begun, 91):
        nightly()
    assert tables_with("canary") == set()
    lived.refresh_from_db()
    held = HeldPost.objects.get()
    assert (lived.urgent, lived.held_reasons, held.reasons, held.risk, held.answer) == (False, [], [], 0, "")
    for model in (PostReport, ResponseReport):
        row = model.objects.get()  # of a call for help nothing stays
        assert (row.note, row.risk, row.state) == ("", 0, "refused")
    assert tables_with("self_harm") == set()


def test_that_it_was_there_is_still_counted(lived: Post) -> None:
    with days_later(timezone.now(), 91):
        nightly()
    assert Post.objects.filter(closed_as="fulfilled", category="groceries").count() == 1
    assert Response.objects.filter(state="finished", arrangements__state="confirmed").count() == 1
    assert HeldPost.objects.filter(state="approved").count() == 1
    assert not Message.objects.exists()


def test_a_title_told_later_than_it_ended_goes_with_it() -> None:
    made = post(alice(), "A canary title")
    response = Response.objects.send_in(None, made, bob(), "I can.")
    response.accept()
    begun = timezone.now()
    made.close("fulfilled")
    with days_later(begun, 30):
        response.say(made.author, "Still on?")
    with days_later(begun, 91):
        nightly()
        told = Notification.objects.get(kind="mutualaid.message")
    assert (told.about, told.path) == ("", response.get_absolute_url())
    assert not Notification.objects.exclude(about="").exists()


def test_a_call_for_help_that_nobody_has_answered_still_waits(lived: Post, moderator: User) -> None:
    PostReport.objects.send_in(None, lived, "self_harm", "Nobody has called.", grown_up("ben"))
    with days_later(timezone.now(), 200):
        nightly()
        waiting = PostReport.objects.waiting().get()
        assert (waiting.note, waiting.risk) == ("Nobody has called.", 4)
        waiting.decide(moderator, "approve")
    with days_later(timezone.now(), 300):
        nightly()
    assert "Nobody has called." not in str(list(PostReport.objects.values()))


def test_what_moderators_did_for_somebody_goes_with_the_conversation(moderator: User) -> None:
    rosa = PhoneMember.objects.welcome(moderator, "Rosa", "Yes.", adult=True).user
    response = Response.objects.send_in(None, post(alice()), rosa, "I have rice.")
    Acted.objects.write(rosa.pk, moderator, "answer", lambda: response, None)
    response.decline()
    begun = timezone.now()
    for days, kept in ((89, 1), (91, 0)):
        with days_later(begun, days):
            nightly()
        assert Acted.objects.count() == kept


def test_what_people_told_moderators_goes_too(moderator: User) -> None:
    asks, helper = alice(), bob()
    VouchRequest.objects.ask(asks, "The canary knows me.")
    wish = VouchRequest.objects.get()
    wish.decide(moderator, "ask", "Who is that?")
    wish.reply("Another canary.")
    wish.decide(moderator, "refuse", "Not yet.")
    PersonReport.objects.send_in(None, helper, "harassment", "A canary note.", asks).decide(moderator, "refuse", "No.")
    PersonReport.objects.send_in(None, helper, "self_harm", "A canary in need.", asks).decide(moderator, "approve")
    made = post(asks)
    report = PostReport.objects.send_in(None, made, "scam", "", helper)
    for each in (moderator, mia()):
        report.decide(each, "approve", "It asks for money.")
    made.refresh_from_db()
    decision = removal.decision_on(made)
    assert decision
    Appeal.objects.send_in(None, decision, asks, "The canary asks for nothing.")
    begun = timezone.now()
    with days_later(begun, 5):
        Appeal.objects.get().decide(person("moe", "Moderator"), "refuse", "It stays.")
    with days_later(begun, 92):
        nightly()
    assert tables_with("canary") == {"moderation_appeal"}
    with days_later(begun, 96):
        nightly()
    assert tables_with("canary") == set()
    assert Appeal.objects.get().state == "refused"
    assert PersonReport.objects.get().reason == "harassment"

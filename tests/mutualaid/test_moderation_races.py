"""Ten clicks at the same moment: one row, and ten friendly answers."""

from uuid import uuid4

import pytest

from mindspace.moderation.models import Appeal
from mutualaid import removal
from mutualaid.models import Response, ResponseReport
from tests.mutualaid.cast import alice, bob, max_, mia, post
from tests.mutualaid.test_races import at_once
from tests.mutualaid.test_taking_down import report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("same_form", [True, False])
def test_a_report_of_a_conversation(same_form: bool) -> None:
    answer = Response.objects.create(post=post(alice()), by=bob())
    key = uuid4()

    def send() -> object:
        return ResponseReport.objects.send_in(key if same_form else uuid4(), answer, "scam", "", answer.by).pk

    assert len(set(at_once(send, 10))) == 1
    assert ResponseReport.objects.count() == 1


@pytest.mark.parametrize("same_form", [True, False])
def test_asking_to_look_again(same_form: bool) -> None:
    made = post(alice())
    row = report(made, bob())
    for moderator in (max_(), mia()):
        row.decide(moderator, "approve", "It asks for money.")
    made.refresh_from_db()
    decision, key = removal.decision_on(made), uuid4()
    assert decision

    def ask() -> object:
        return Appeal.objects.send_in(key if same_form else uuid4(), decision, made.author, "It does not.").pk

    assert len(set(at_once(ask, 10))) == 1
    assert Appeal.objects.count() == 1

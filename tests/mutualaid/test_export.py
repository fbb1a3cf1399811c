"""What the board holds of somebody is in what they take out: a new column is, or is named here with its reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models

from mindspace.accounts.readable import Line, lines
from mutualaid import holding
from mutualaid.holding import TOLD
from mutualaid.models import Acted, Arrangement, HeldMessage, HeldPost, Message, PassRequest, Post, Response
from tests.mutualaid.cast import alice, bob, draft, max_, post, rosa

pytestmark = pytest.mark.django_db
# Columns of a post that say nothing of its author, or say what another column says.
NOT_TOLD = {
    "id": "a number", "key": "a number", "author": "themselves", "written_by": "of the moderator",
    "zone": "of the area",
    "circle": "by its name", "latitude": "of the area", "longitude": "of the area", "x": "of the area",
    "y": "of the area",
    "true_at": "for the question after 90 days", "back_to": "for the queue", "paused_for_rest": "as the state",
    "held_reasons": "as its page says it", "updated_at": "for the queue", "redacted_at": "by then there are no words",
    "facets": "made from the rest", "search": "made from the rest",
}  # fmt: skip


def columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def test_every_column_of_a_post_is_told_or_named_here() -> None:
    assert columns(Post) - set(TOLD) == set(NOT_TOLD)


@pytest.mark.parametrize(("model", "told"), [(HeldPost, "post"), (HeldMessage, "message"), (PassRequest, "response")])
def test_what_waits_for_a_moderator_has_no_column_that_is_told_nowhere(model: Any, told: str) -> None:
    known = {"state", "made_at", "decided_at", "answer", told, "made_by"}
    theirs = columns(model) - known
    # The queue's own: how it is sorted and answered. `reasons` are those of the post.
    assert theirs <= {"id", "key", "risk", "sealed_email", "token_hash", "waits_since", "reasons", "answer"}


def test_every_column_of_what_a_moderator_did_for_somebody_is_told() -> None:
    """Its test with rows is in test_by_phone_record.py."""
    moderator = max_()
    member = rosa(moderator)
    made = post(member.user, "A bag of rice")
    Acted.objects.write(member.pk, moderator, "pause", made.pause, None, made)
    [told] = holding.export(member.user)["done_for_you_by_phone"]
    assert told["about"] == "A bag of rice"
    told_as = {"did": "what", "by": "by", "at": "at", "post": "about", "response": "about"}
    assert columns(Acted) - {"id", "key", "member"} == set(told_as)  # numbers, and themselves
    assert set(told_as.values()) == set(told)


def test_every_column_of_an_answer_a_line_and_what_is_agreed_is_told_or_named_here() -> None:
    author, helper = alice(), bob()
    response = Response.objects.send_in(None, post(author), helper, "I can.")
    response.accept()
    told = holding.export(helper)
    # Numbers, themselves, and what another column says.
    assert columns(Response) - set(told["answers"][0]) == {
        "id", "key", "by",
        "post",  # under "to"
        "is_held",  # as its first line says it
    }  # fmt: skip
    assert columns(Message) - set(told["messages"][0]) == {"id", "key", "response", "by"}
    assert columns(Arrangement) - set(told["agreed"][0]) == {
        "id", "response", "sequence",
        "suggested_by",  # whether it was themselves: "suggested_by_you"
    }  # fmt: skip
    assert told["answers"][0]["decided_at"] is not None
    assert "suggested_by_you" in told["agreed"][0]


def test_people_read_words_and_the_file_has_the_codes_beside_them() -> None:
    author = alice()
    made = post(author, "Soup", audience="members", languages=["es"])
    response = Response.objects.send_in(None, made, bob(), "I can.")
    response.accept()
    response.messages.create(by=author, words="Thank you.", card="candle")
    held = holding.export(author)
    assert held["posts"][0]["codes"]["state"] == "open"
    assert (held["posts"][0]["state"], held["posts"][0]["languages"]) == ("On the board", ["Spanish"])

    words = {line.words for line in every(lines(held))}
    assert {"Request", "Groceries and meals", "Members who are signed in", "We find a time together", "Agreed"} <= words
    codes = {"request", "groceries", "members", "any", "gift", "open", "es", "agreed", "sent", "candle"}
    assert not words & codes


def every(found: list[Line]) -> Iterator[Line]:
    for line in found:
        yield line
        yield from every(line.lines)


def test_what_was_looked_at_first_is_in_it() -> None:
    author, helper = alice(), bob()
    made = draft(author, category="rides", words="I want to die.")
    made.submit()
    held = HeldPost.objects.get()
    held.decide(max_(), "ask", "On which day?")
    held.refresh_from_db()
    held.reply("A canary answer.")
    open_ = post(author, "A ride", category="rides")
    response = Response.objects.send_in(None, open_, helper, "Call 214-555-0123.")
    PassRequest.objects.create(response=response, made_by=helper, state="waiting")
    hers, his = holding.export(author), holding.export(helper)
    assert hers["posts"][0]["urgent"] is True
    assert hers["looked_at_first"][0]["answer"] == "A canary answer."
    assert his["lines_looked_at_first"][0]["words"] == "Call 214-555-0123."
    assert his["asked_to_let_a_helper_pass"][0]["about"] == "A ride"
    assert "A canary answer." not in str(his)

"""Real connections at the same moment."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from groups import recurrence
from mindspace.accounts import leaving
from mindspace.accounts.models import Block, User
from mindspace.moderation.errors import NotDecided
from mindspace.notifications.models import Notification
from mindspace.once import once
from mutualaid import rest
from mutualaid.errors import NotNow, NotPossible
from mutualaid.models import Acted, Arrangement, HeldMessage, HeldPost, Message, Post, Response, Seat
from tests.mutualaid.cast import alice, bob, draft, grown_up, max_, post, rosa

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def at_once(act: Callable[[], object], count: int = AT_ONCE) -> list[object]:
    """What each of `count` connections got, all starting together; an error that is named is an answer."""
    barrier = Barrier(count)

    def one(_number: int) -> object:
        barrier.wait()
        try:
            return act()
        except NotPossible as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def meet_in(monkeypatch: pytest.MonkeyPatch, *places: tuple[Any, str], after: bool = False) -> None:
    """Let two connections wait for each other before, or after, each call of one of these.

    Not for long: one may have to wait outside, which is what keeps both from waiting for each other for ever.
    """
    barrier = Barrier(2)

    def meeting(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            with contextlib.ExitStack() as stack:
                stack.callback(wait) if after else wait()
                return real(*args, **kwargs)

        return called

    def wait() -> None:
        with contextlib.suppress(BrokenBarrierError):
            barrier.wait(2)

    for owner, name in places:
        monkeypatch.setattr(owner, name, meeting(getattr(owner, name)))


def answers_of(by: User, *posts: Post) -> None:
    """One to each, whose ids come in this order."""
    for post_, pk in zip(posts, sorted(uuid4() for _each in posts), strict=True):
        Response(id=pk, post=post_, by=by).save(force_insert=True)


def test_one_form_makes_one_draft() -> None:
    author, key = alice(), uuid4()
    made = at_once(
        lambda: once(Post.objects, key, lambda: Post.objects.create(author=author, key=key, title="Soup")).pk
    )
    assert len(set(made)) == 1
    assert Post.objects.count() == 1


def test_a_draft_is_sent_in_once() -> None:
    made = draft(alice())
    answers = at_once(lambda: Post.objects.get(pk=made.pk).submit())
    assert sum(answer is None for answer in answers) == 1
    assert HeldPost.objects.count() == 1


def test_taken_back_or_approved_and_never_both() -> None:
    author, moderator = alice(), max_()
    for number in range(5):
        made = draft(author, f"Round {number}", category="rides")  # looked at each time
        made.submit()
        held = HeldPost.objects.get(post=made)
        turns = [partial(_take_back, made), partial(_approve, held, moderator)]
        at_once(lambda turns=turns: turns.pop()(), 2)
        made.refresh_from_db()
        assert made.state in ("open", "closed")
        assert not HeldPost.objects.undecided().filter(post=made).exists()


def _take_back(made: Post) -> None:
    Post.objects.get(pk=made.pk).close("withdrawn")


def _approve(held: HeldPost, moderator: object) -> None:

    try:
        held.decide(moderator, "approve")
    except (NotDecided, HeldPost.DoesNotExist) as error:
        raise NotPossible(str(error)) from error


def test_pause_is_once() -> None:
    made = post(alice())
    answers = at_once(lambda: Post.objects.get(pk=made.pk).pause())
    assert sum(answer is None for answer in answers) == 1


def test_thirty_answers_and_one_chair() -> None:
    for turn in range(2):
        made = post(grown_up(f"asks{turn}"), f"Turn {turn}", slots=1)
        waiting = [Response.objects.create(post=made, by=grown_up(f"n{turn}-{number}")) for number in range(30)]
        queue = list(waiting)
        at_once(lambda queue=queue: queue.pop().accept(), 30)
        assert Seat.objects.filter(post=made).count() == 1
        assert Response.objects.filter(post=made, state="accepted").count() == 1
        assert Response.objects.filter(post=made, state="lapsed").count() == 29


def test_both_say_done_at_once_and_it_is_confirmed_once() -> None:
    for turn in range(5):
        made = post(grown_up(f"asks{turn}"), f"Turn {turn}")
        response = answers_to_one(made, f"helps{turn}")
        response.accept()
        people = [made.author, response.by]
        at_once(lambda people=people, made=made: Arrangement.objects.get(response__post=made).say_done(people.pop()), 2)
        assert Arrangement.objects.get(response=response).state == "confirmed"
        told = Notification.objects.filter(kind="mutualaid.confirmed", key__contains=str(response.pk))
        assert told.count() == 1


def answers_to_one(made: Post, name: str) -> Response:
    response: Response = Response.objects.create(post=made, by=grown_up(name))
    return response


def test_stepping_back_while_they_say_yes() -> None:
    for turn in range(5):
        made = post(grown_up(f"asks{turn}"), f"Turn {turn}")
        response = answers_to_one(made, f"helps{turn}")
        verbs = ["accept", "withdraw"]
        at_once(lambda verbs=verbs, response=response: getattr(Response.objects.get(pk=response.pk), verbs.pop())(), 2)
        response.refresh_from_db()
        assert (response.state == "accepted") == Seat.objects.filter(response=response).exists()
        assert response.state in ("accepted", "withdrawn")


def test_ten_clicks_send_one_answer_and_one_line() -> None:
    made, helper, key = post(alice()), grown_up("bob"), uuid4()
    sent = at_once(lambda: Response.objects.send_in(key, made, helper, "Sunday").pk, 10)
    assert len(set(sent)) == 1
    response, line = Response.objects.get(), uuid4()
    said = at_once(lambda: Response.objects.get(pk=response.pk).say(helper, "Or Monday", line).pk, 10)
    assert len(set(said)) == 1
    assert Message.objects.count() == 2


def test_a_block_while_answering_leaves_nothing_to_see() -> None:
    for turn in range(5):
        made, helper = post(grown_up(f"asks{turn}"), f"Turn {turn}"), grown_up(f"helps{turn}")
        acts = [
            partial(Response.objects.send_in, None, made, helper, "Sunday"),
            partial(Block.objects.put, made.author, helper),
        ]
        at_once(lambda acts=acts: acts.pop()(), 2)
        assert not Response.objects.live().filter(post=made).exists()
        assert not Response.objects.visible_to(made.author).filter(post=made).exists()
        assert not Response.objects.visible_to(helper).filter(post=made).exists()


def test_a_block_while_they_say_yes_ends_it_either_way() -> None:
    for turn in range(8):
        made = post(grown_up(f"asks{turn}"), f"Turn {turn}")
        response = answers_to_one(made, f"helps{turn}")
        acts = [response.accept, partial(Block.objects.put, response.by, made.author)]
        at_once(lambda acts=acts: acts.pop()(), 2)
        assert not Response.objects.live().filter(post=made).exists()
        assert not Seat.objects.filter(post=made).exists()
        assert not Arrangement.objects.filter(response=response, ended_at=None).exists()


def test_leaving_while_somebody_writes_to_them() -> None:
    for turn in range(5):
        made = post(grown_up(f"asks{turn}"), f"Turn {turn}")
        response = answers_to_one(made, f"helps{turn}")
        response.accept()
        acts = [partial(leaving.leave, response.by, keep_posts=False), partial(response.say, made.author, "Still on?")]
        at_once(lambda acts=acts: acts.pop()(), 2)
        assert not Response.objects.filter(pk=response.pk).exists()
        assert not Seat.objects.filter(post=made).exists()


def test_a_held_line_is_let_through_or_taken_back_and_never_both() -> None:
    made, helper, moderator = post(alice()), grown_up("bob"), max_()
    response = Response.objects.send_in(None, made, helper, "I can come.")
    for number in range(5):
        line = response.say(helper, f"Call 214-555-01{number}0.")
        response.say(helper, f"After {number}.")
        held = HeldMessage.objects.get(message=line)
        turns = [
            partial(_take_line_back, line.pk, helper),
            partial(_approve, held, moderator),
            partial(_say, response.pk, helper, f"Meanwhile {number}."),
        ]
        at_once(lambda turns=turns: turns.pop()(), 3)
        assert not HeldMessage.objects.waiting().exists()
        found = Message.objects.filter(pk=line.pk).first()
        assert found is None or found.state == "sent"
        assert not Message.objects.filter(state="held").exists()


def _take_line_back(pk: object, by: object) -> None:
    line = Message.objects.select_related("response__post__author", "by").filter(pk=pk).first()
    if line is None:
        raise NotNow
    line.take_back(by)


def _say(pk: object, by: object, words: str) -> None:
    Response.objects.select_related("post__author").get(pk=pk).say(by, words)


def test_yes_and_no_to_a_time_at_once() -> None:
    made, helper = post(alice()), grown_up("bob")
    Response.objects.send_in(None, made, helper, "I can come.").accept()
    then = timezone.now() + timedelta(days=3)

    def fresh() -> Arrangement:
        return Arrangement.objects.select_related("response__post__author", "response__by").get()

    for _round in range(5):
        then += timedelta(days=1)
        fresh().suggest(made.author, then)
        stood = fresh().starts_at
        turns = [
            lambda then=then: fresh().agree(helper, then),
            lambda: fresh().keep(made.author),
            lambda: fresh().keep(helper),
        ]
        answers = at_once(lambda turns=turns: turns.pop()(), 3)
        assert sum(answer is None for answer in answers) == 1
        assert fresh().suggested_at is None
        assert fresh().starts_at in (stood, then)


def thursdays(**fields: Any) -> Post:
    first = timezone.localdate() + timedelta(days=7)
    rule = recurrence.weekly([first.weekday()])
    weekly = {"when": "recurring", "bookable": True, "first_day": first, "start": time(14, 15), "rule": rule}
    return post(fields.pop("author", None) or alice(), **{**weekly, **fields})


def of(response: Response) -> Arrangement:
    rows = Arrangement.objects.select_related("response__post__author", "response__by")
    found: Arrangement = rows.get(response=response)
    return found


def test_thirty_want_the_same_day_and_one_gets_it() -> None:
    made = thursdays(slots=4)
    day = made.free_times()[0]
    waiting = [
        Response.objects.send_in(None, made, grown_up(f"helper{number}"), "I can.", day).pk for number in range(30)
    ]
    answers = at_once(lambda: Response.objects.select_related("post__author").get(pk=waiting.pop()).accept(), 30)
    assert sum(answer is None for answer in answers) == 1
    assert Seat.objects.get().starts_at == day
    assert Response.objects.filter(state="lapsed").count() == 29


def test_an_hour_that_two_move_to_and_a_third_books_is_won_once() -> None:
    for turn in range(5):
        made = thursdays(author=grown_up(f"asks{turn}"), title=f"Turn {turn}", slots=3)
        first, second = made.free_times()[:2]
        one = Response.objects.send_in(None, made, grown_up(f"moves{turn}"), "I can.", first)
        one.accept()
        of(one).suggest(one.by, second)
        other = Response.objects.send_in(None, made, grown_up(f"books{turn}"), "I can.", second)
        turns = [partial(of(one).agree, made.author, second), other.accept]
        at_once(lambda turns=turns: turns.pop()(), 2)
        assert Seat.objects.filter(post=made, starts_at=second).count() == 1


def test_an_hour_that_is_over_leaves_its_chair_once_however_many_say_so() -> None:
    made = thursdays(kind="offer", category="listening", slots=1)
    hour, following = made.times(limit=2)
    one = Response.objects.send_in(None, made, grown_up("bob"), "I would like to.", hour)
    one.accept()
    with time_machine.travel(hour + timedelta(hours=2), tick=False):
        of(one).move_on()
        waiting = [
            Response.objects.send_in(None, made, grown_up(f"n{number}"), "Me, too.", following) for number in range(4)
        ]
        turns = [of(one).move_on, partial(of(one).say_done, one.by), partial(of(one).say_done, made.author)]
        turns += [each.accept for each in waiting]
        at_once(lambda: turns.pop()(), len(turns))
    assert Seat.objects.get().starts_at == following
    assert of(one).state == "confirmed"


def test_the_last_two_chairs_are_confirmed_at_once_and_it_ends_once() -> None:
    for turn in range(5):
        made = post(grown_up(f"asks{turn}"), f"Turn {turn}", slots=2)
        answers = [answers_to_one(made, f"helps{turn}-{number}") for number in range(2)]
        for each in answers:
            each.accept()
            of(each).say_done(each.by)
        turns = [partial(of(each).say_done, made.author) for each in answers]
        at_once(lambda turns=turns: turns.pop()(), 2)
        made.refresh_from_db()
        assert (made.state, made.closed_as) == ("closed", "fulfilled")


def test_two_block_one_author_and_both_have_answered_two_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    author, one, other = alice(), grown_up("one"), grown_up("other")
    first, second = post(author, "First"), post(author, "Second")
    answers_of(one, first, second)
    answers_of(other, second, first)
    meet_in(monkeypatch, (Response, "finish"), after=True)
    people = [one, other]
    at_once(lambda: Block.objects.put(people.pop(), author), 2)
    assert Block.objects.count() == 2
    assert not Response.objects.live().exists()


@pytest.mark.parametrize(("verb", "ends"), [("pause", False), ("resume", True)])
def test_a_rest_begins_or_ends_while_somebody_blocks_who_rests(
    monkeypatch: pytest.MonkeyPatch, verb: str, ends: bool
) -> None:
    author, other = alice(), grown_up("other")
    offers = sorted((post(author, f"Offer {number}", kind="offer") for number in range(2)), key=lambda each: each.pk)
    long_ago = timezone.now() - timedelta(days=1)
    Post.objects.filter(pk=offers[0].pk).update(made_at=long_ago)  # the one with the lower id is the older one
    answers_of(other, *offers)
    until = timezone.localdate() + timedelta(days=3)
    if ends:
        rest.begin(author, until)
    meet_in(monkeypatch, (Response, "finish"), (Post, verb), after=True)
    its_turn = partial(rest.go_on, author) if ends else partial(rest.begin, author, until)
    turns = [partial(Block.objects.put, other, author), partial(in_one, its_turn)]
    at_once(lambda: turns.pop()(), 2)
    assert not Response.objects.live().exists()
    assert set(Post.objects.values_list("state", flat=True)) == {"open" if ends else "paused"}


def in_one(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()


def test_each_click_for_somebody_on_the_phone_finds_what_the_first_one_did() -> None:
    moderator = max_()
    member = rosa(moderator)
    made = post(member.user, "A bag of rice")
    response = Response.objects.send_in(None, made, bob(), "I can.")
    for did, rows, about in (("accept", Response.objects, response), ("pause", Post.objects, made)):
        key = uuid4()
        acts = at_once(
            lambda did=did, rows=rows, about=about, key=key: Acted.objects.write(
                member.pk, moderator, did, getattr(rows.get(pk=about.pk), did), key, about
            )
        )
        assert {getattr(act, "pk", act) for act in acts} == {Acted.objects.get(did=did).pk}

"""Bob answers what Alice asks: both say yes, write to each other, and say how it went. Charlie gets in nowhere."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from mindspace.accounts.models import Block, User, Vouch
from mindspace.moderation.models import Sanction
from mindspace.notifications.models import Notification
from mutualaid import ending, holding
from mutualaid.errors import MayNotWrite, NobodyVouches, NoChairLeft, NotNow
from mutualaid.models import Arrangement, Message, Post, Response, Seat
from mutualaid.tasks import redact
from tests.circles.cast import circle
from tests.mutualaid.cast import alice, bob, charlie, client_of, draft, form_data, grown_up, max_, post

pytestmark = pytest.mark.django_db


def answer(made: Post, by: User, words: str = "I can come on Sunday.") -> Response:
    response: Response = Response.objects.send_in(None, made, by, words)
    return response


def told(user: User) -> list[str]:
    return [row.kind.removeprefix("mutualaid.") for row in Notification.objects.filter(user=user).order_by("at")]


def test_from_an_answer_to_a_thank_you_in_two_browsers() -> None:
    made = post(alice())
    asks, answers = client_of(made.author), client_of(bob())
    assert "Take this chair" in answers.get(made.get_absolute_url()).content.decode()
    form = answers.get(f"{made.get_absolute_url()}answer/")
    words = form_data(form.content, words="Sunday suits me.")
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):  # as long as a person takes
        sent = answers.post(f"{made.get_absolute_url()}answer/", words)
    response = Response.objects.get()
    assert sent["Location"] == response.get_absolute_url()
    alice_s, bob_s = made.author.display_name, response.by.display_name
    assert bob_s in asks.get("/my/").content.decode()
    page = asks.get(response.get_absolute_url()).content.decode()
    assert "Sunday suits me." in page
    assert "Yes, please" in page
    asks.post(f"{response.get_absolute_url()}accept/")
    assert "Both said yes" not in answers.get("/my/").content.decode()
    assert f"Agreed with {alice_s}" in answers.get("/my/").content.decode()
    asks.post(response.get_absolute_url(), {"words": "The green door."})
    assert "The green door." in answers.get(response.get_absolute_url()).content.decode()
    asks.post(f"{response.get_absolute_url()}done/")
    assert f"{alice_s} says it is done. Was it?" in answers.get("/my/").content.decode()
    answers.post(f"{response.get_absolute_url()}done/")
    assert "Thank you: one more light is on" in asks.get(response.get_absolute_url()).content.decode()
    assert Arrangement.objects.get().state == "confirmed"
    assert sorted(told(made.author)) == ["answered", "confirmed"]
    assert sorted(told(response.by)) == ["accepted", "done", "message"]
    for sent_mail in mail.outbox:
        said = sent_mail.subject + str(sent_mail.body)
        for word in ("Sunday", "green", "Soup", alice_s, bob_s):
            assert word not in said


def test_a_chair_that_is_taken_shows_who_sits_to_the_two_and_is_offered_to_nobody() -> None:
    made = post(alice(), slots=2)
    helper = bob()
    answer(made, helper).accept()
    page = client_of(charlie()).get(made.get_absolute_url()).content.decode()
    assert "1 taken, 1 chair free" in page
    assert helper.display_name not in page  # a third one is not told who meets whom
    assert page.count("Take this chair") == 1
    for one in (made.author, helper):
        assert f"<span>{helper.display_name}</span>" in client_of(one).get(made.get_absolute_url()).content.decode()
    public = post(grown_up("dora"), "Bread", audience="public")
    answer(public, helper).accept()
    assert helper.display_name not in client_of(None).get(public.get_absolute_url()).content.decode()


def test_the_last_chair_answers_the_others_kindly() -> None:
    made = post(alice())
    first, second = answer(made, bob()), answer(made, charlie())
    first.accept()
    second.refresh_from_db()
    assert second.state == "lapsed"
    assert told(second.by) == ["lapsed"]
    with pytest.raises(NotNow):
        second.accept()
    with pytest.raises(NotNow):
        answer(made, grown_up("dora"))


def test_a_no_gives_no_reason_and_stands() -> None:
    made = post(alice())
    response = answer(made, bob())
    response.decline()
    assert told(response.by) == ["declined"]
    assert "Not this time" in client_of(response.by).get(response.get_absolute_url()).content.decode()
    with pytest.raises(NotNow):
        response.say(response.by, "Why?")
    with pytest.raises(NotNow):
        Response.objects.send_in(None, made, response.by, "Please.")


@pytest.mark.parametrize("verb", ["cancel", "miss"])
def test_what_is_called_off_frees_the_chair(verb: str) -> None:
    made = post(alice())
    response = answer(made, bob())
    response.accept()
    getattr(Arrangement.objects.get(), verb)(response.by)
    assert not Seat.objects.exists()
    assert "cancelled" in told(made.author)
    assert answer(made, charlie()).state == "proposed"
    with pytest.raises(NotNow):
        Arrangement.objects.get().say_done(made.author)


def test_one_side_alone_confirms_nothing() -> None:
    made = post(alice())
    response = answer(made, bob())
    response.accept()
    arrangement = Arrangement.objects.get()
    for _twice in range(2):
        arrangement.say_done(made.author)
    assert arrangement.state == "done"
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrangement.objects.update(state="confirmed", ended_at=timezone.now())


def test_nobody_answers_themselves_twice_or_what_they_cannot_see() -> None:
    made = post(alice())
    response = answer(made, bob())
    for by in (made.author, response.by, grown_up("zoe")):
        if by.email == "zoe@example.org":
            Block.objects.create(blocker=made.author, blocked=by)
        with pytest.raises(NotNow):
            answer(made, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(post=made, by=response.by)
    made.pause()
    with pytest.raises(NotNow):
        answer(made, charlie())


def test_whoever_may_not_write_does_not() -> None:
    made = post(alice())
    response = answer(made, bob())
    until = timezone.now() + timedelta(days=1)
    Sanction.objects.impose(response.by, "mute", by=max_(), reason="Unkind words.", until=until)
    with pytest.raises(NotNow):
        response.say(response.by, "Hello?")


def test_an_author_who_may_not_write_is_offered_a_no_and_no_yes() -> None:
    made = post(alice())
    response = answer(made, bob())
    until = timezone.now() + timedelta(days=1)
    Sanction.objects.impose(made.author, "mute", by=max_(), reason="Unkind words.", until=until)
    page = client_of(made.author).get(response.get_absolute_url()).content.decode()
    assert "Yes, please" not in page
    assert "You cannot say yes just now." in page
    assert "Not this time" in page
    with pytest.raises(MayNotWrite):
        response.accept()
    response.decline()


def test_whoever_may_not_write_sends_no_draft_in_and_changes_nothing_on_the_board() -> None:
    made, waiting = post(alice()), None
    waiting = draft(made.author, "Bread")
    until = timezone.now() + timedelta(days=1)
    Sanction.objects.impose(made.author, "mute", by=max_(), reason="Unkind words.", until=until)
    for act in (waiting.submit, made.renew, lambda: made.change(words="Worse words.")):
        with pytest.raises(MayNotWrite):
            act()
    waiting.change(words="A draft is one's own.")


def test_a_block_closes_what_was_between_them() -> None:
    made = post(alice())
    response = answer(made, bob())
    Block.objects.create(blocker=response.by, blocked=made.author)
    for user in (made.author, response.by):
        assert client_of(user).get(response.get_absolute_url()).status_code == 404
    with pytest.raises(NotNow):
        response.accept()
    for insert in (
        lambda: Message.objects.create(response=response, by=made.author, words="x"),
        lambda: Arrangement.objects.create(response=response),
        lambda: Response.objects.update(state="accepted", decided_at=timezone.now()),
    ):
        with pytest.raises(IntegrityError, match="kept apart"), transaction.atomic():
            insert()


def test_a_block_ends_what_was_agreed_and_frees_the_chair_without_a_word() -> None:
    made = post(alice())
    response = answer(made, bob())
    response.accept()
    before = told(response.by)
    Block.objects.put(made.author, response.by)
    assert Arrangement.objects.get().state == "cancelled"
    assert not Seat.objects.exists()
    assert not Response.objects.live().exists()
    assert told(response.by) == before
    assert not made.is_busy(timezone.now() + timedelta(days=7))


def test_a_name_on_a_chair_is_not_for_whoever_is_kept_apart() -> None:
    author, helper, other = alice(), bob(), charlie()
    made = post(author, slots=2, audience="circle", circle=circle(author, helper, other))
    answer(made, helper).accept()
    browser = client_of(other)
    assert helper.display_name in browser.get(made.get_absolute_url()).content.decode()
    Block.objects.put(other, helper)
    assert helper.display_name not in browser.get(made.get_absolute_url()).content.decode()


def test_after_it_went_well_there_is_room_for_a_thank_you_and_for_the_next_time() -> None:
    made = post(alice(), kind="offer", ends_on=None)
    response = answer(made, bob())
    response.accept()
    arrangement = Arrangement.objects.get()
    for by in (made.author, response.by):
        arrangement.say_done(by)
    response.refresh_from_db()
    response.say(response.by, "Thank you.")
    assert answer(made, response.by).state == "proposed"
    with time_machine.travel(timezone.now() + timedelta(days=89), tick=False):
        redact(0)
        assert Message.objects.count() == 3
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        redact(0)
        assert Message.objects.count() == 1


def test_for_rides_the_helper_has_somebody_s_word() -> None:
    made = post(alice(), category="rides")
    response = answer(made, bob())
    with pytest.raises(NobodyVouches):
        response.accept()
    Vouch.objects.create(vouched=response.by, voucher=max_(), by_moderator=True)
    Response.objects.get().accept()
    assert Seat.objects.count() == 1
    other = charlie()
    Vouch.objects.create(vouched=other, voucher=response.by, by_moderator=True)
    with pytest.raises(NoChairLeft):
        Response.objects.create(post=made, by=other).accept()


def test_a_post_does_not_end_while_people_talk() -> None:
    made = post(alice())
    assert made.ends_on is not None
    with time_machine.travel(timezone.now() + timedelta(days=33), tick=False):
        answer(made, bob())
    with time_machine.travel(timezone.now() + timedelta(days=38), tick=False):
        ending.end(timezone.localdate())
        assert Post.objects.get().state == "open"
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        ending.end(timezone.localdate())
    assert Post.objects.get().state == "closed"
    assert Response.objects.get().state == "lapsed"


def test_words_are_gone_ninety_days_after_it_is_over() -> None:
    made = post(alice())
    response = answer(made, bob())
    response.accept()
    with time_machine.travel(timezone.now() + timedelta(days=95), tick=False):
        redact(0)
    assert Message.objects.count() == 1  # it is still agreed
    Arrangement.objects.get().cancel(made.author)
    with time_machine.travel(timezone.now() + timedelta(days=95), tick=False):
        redact(0)
    assert not Message.objects.exists()


def test_who_leaves_takes_their_words_and_tells_whoever_counted_on_them() -> None:
    made = post(alice())
    response = answer(made, bob())
    response.accept()
    exported = holding.export(response.by)
    assert exported["messages"][0]["words"] == "I can come on Sunday."
    holding.delete(response.by, keep_posts=True)
    assert not Response.objects.exists()
    assert "cancelled" in told(made.author)


def test_junk_is_answered_with_a_message() -> None:
    made = post(alice())
    response = answer(made, bob())
    client = client_of(response.by)
    for words in ("", "a\0b", "x" * 2001):
        assert client.post(response.get_absolute_url(), {"words": words}).status_code == 400
    assert Message.objects.count() == 1

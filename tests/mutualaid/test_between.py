"""What two people write to each other: the guard, what waits for a look, and what waits behind it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from mindspace.accounts.models import User
from mindspace.moderation.errors import CannotBeDone
from mindspace.notifications.models import Notification
from mutualaid import holding
from mutualaid.errors import NotNow
from mutualaid.models import Arrangement, HeldMessage, Message, Post, Response
from tests.mutualaid.cast import alice, bob, charlie, client_of, form_data, grown_up, max_, person, post
from tests.mutualaid.test_response import answer, told

pytestmark = pytest.mark.django_db
NUMBER = "214-555-0199"
PRIVATE = f"Call me at {NUMBER}."


@pytest.fixture
def response() -> Response:
    return answer(post(alice()), bob())


def page(response: Response, user: User) -> str:
    return client_of(user).get(response.get_absolute_url()).content.decode()


def waiting() -> list[str]:
    return [row.message.words for row in HeldMessage.objects.waiting()]


def test_a_number_is_pointed_out_and_goes_as_it_is_only_if_asked_to(response: Response) -> None:
    client = client_of(response.by)
    form = client.get(response.get_absolute_url())
    first = client.post(response.get_absolute_url(), form_data(form.content, words=PRIVATE))
    assert first.status_code == 400
    assert "It seems to hold a phone number" in first.content.decode()
    assert "Send it as it is" in first.content.decode()
    assert PRIVATE in first.content.decode()  # nothing is lost
    assert Message.objects.count() == 1
    client.post(response.get_absolute_url(), {"words": PRIVATE, "as_it_is": "on"})
    assert NUMBER in page(response, response.by)
    assert NUMBER not in page(response, response.post.author)
    assert told(response.post.author) == ["answered"]


def test_what_is_held_holds_what_comes_after_it(response: Response) -> None:
    response.say(response.by, PRIVATE)
    response.say(response.by, "Are you there?")
    response.say(response.post.author, "I am here.")
    theirs = page(response, response.post.author)
    assert "Are you there?" not in theirs
    assert "I am here." in page(response, response.by)
    assert "It waits behind the one before it." in page(response, response.by)
    assert waiting() == [PRIVATE]
    HeldMessage.objects.get().decide(max_(), "approve")
    theirs = page(response, response.post.author)
    assert theirs.index("I am here.") < theirs.index(NUMBER) < theirs.index("Are you there?")
    assert told(response.post.author).count("message") == 1  # all of it reached them at once


def test_a_second_one_that_is_held_stops_the_line_again(response: Response) -> None:
    for words in (PRIVATE, "And then?", f"Or {NUMBER}", "Hello?"):
        response.say(response.by, words)
    first, second = HeldMessage.objects.order_by("made_at")
    moderator = max_()
    first.decide(moderator, "approve")
    theirs = page(response, response.post.author)
    assert "And then?" in theirs
    assert "Hello?" not in theirs
    second.decide(moderator, "refuse", "Please leave the number out.")
    theirs = page(response, response.post.author)
    assert "Hello?" in theirs
    assert f"Or {NUMBER}" not in theirs
    assert "left it out" in page(response, response.by)
    assert "looked_at" in told(response.by)


def test_its_writer_takes_it_back_and_the_rest_goes(response: Response) -> None:
    line = response.say(response.by, PRIVATE)
    response.say(response.by, "Are you there?")
    client_of(response.by).post(f"{response.get_absolute_url()}take-back/", {"line": line.pk})
    assert not HeldMessage.objects.exists()
    theirs = page(response, response.post.author)
    assert "Are you there?" in theirs
    assert NUMBER not in theirs
    for user, line in ((response.post.author, Message.objects.first()), (response.by, Message.objects.first())):
        client_of(user).post(f"{response.get_absolute_url()}take-back/", {"line": line.pk})
    assert Message.objects.count() == 2  # what was sent cannot be taken back, by nobody


@pytest.mark.parametrize("verdict", ["approve", "refuse"])
def test_an_answer_whose_first_line_is_held_reaches_nobody_before(verdict: str) -> None:
    made = post(alice())
    response = answer(made, bob(), PRIVATE)
    assert response.is_held
    assert client_of(made.author).get(response.get_absolute_url()).status_code == 404
    assert response.by.display_name not in client_of(made.author).get("/my/").content.decode()
    assert told(made.author) == []
    for verb in (response.accept, response.decline):
        with pytest.raises(NotNow):
            verb()
    HeldMessage.objects.get().decide(max_(), verdict, "Please leave the number out.")
    response.refresh_from_db()
    if verdict == "approve":
        assert told(made.author) == ["answered"]
        assert NUMBER in page(response, made.author)
        response.accept()
    else:
        assert response.state == "withdrawn"
        assert told(made.author) == []
        assert client_of(made.author).get(response.get_absolute_url()).status_code == 404
        assert answer(made, response.by).state == "proposed"


def test_more_than_eight_new_conversations_in_two_days_are_held() -> None:
    helper, author = bob(), alice()
    posts = [post(author, f"Soup {number}") for number in range(10)]
    for made in posts[:9]:
        answer(made, helper)
    assert [each.is_held for each in Response.objects.order_by("made_at")] == [False] * 8 + [True]
    assert "You began many conversations" in page(Response.objects.get(is_held=True), helper)
    with time_machine.travel(timezone.now() + timedelta(hours=49), tick=False):
        assert not answer(posts[9], helper).is_held


def test_the_parties_never_decide_and_a_moderator_reads_that_one_line(response: Response) -> None:
    response.say(response.post.author, "Something only for Bob.")
    response.say(response.by, PRIVATE)
    held = HeldMessage.objects.get()
    moderator = max_()
    seen = client_of(moderator).get(f"/moderation/message/{held.pk}/")
    assert NUMBER in seen.content.decode()
    assert "Something only for Bob." not in seen.content.decode()
    assert client_of(moderator).get(response.get_absolute_url()).status_code == 404
    for party in (response.by, response.post.author):
        party.is_staff = party.is_superuser = True
        party.save()
        assert not HeldMessage.objects.get().can_be_decided_by(party)


def test_words_of_crisis_go_at_once_and_bring_the_help_lines(response: Response) -> None:
    client = client_of(response.by)
    client.post(response.get_absolute_url(), {"words": "I want to die."})
    assert "I want to die." in page(response, response.post.author)
    assert "You can talk to someone now" in page(response, response.by)
    assert "You can talk to someone now" not in page(response, response.post.author)
    assert not HeldMessage.objects.exists()


def confirmed(response: Response) -> None:
    response.accept()
    for by in (response.post.author, response.by):
        Arrangement.objects.get().say_done(by)
    response.refresh_from_db()


def test_a_thank_you_is_a_card_and_there_is_one_from_each(response: Response) -> None:
    client = client_of(response.post.author)
    assert client.post(f"{response.get_absolute_url()}thank/", {"card": "candle"}).status_code == 302
    assert not Message.objects.exclude(card="").exists()  # not before it is done
    confirmed(response)
    for _twice in range(2):
        client.post(f"{response.get_absolute_url()}thank/", {"card": "bench", "words": "The soup carried me."})
    assert Message.objects.exclude(card="").count() == 1
    assert "The soup carried me." in page(response, response.by)
    assert told(response.by).count("thanked") == 1
    assert "Send the card" not in page(response, response.post.author)
    assert "Send the card" in page(response, response.by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(response=response, by=response.post.author, card="door")
    for sent in mail.outbox:
        assert "soup" not in (sent.subject + str(sent.body)).lower()


def test_a_card_with_a_number_is_held_like_any_line(response: Response) -> None:
    confirmed(response)
    client = client_of(response.by)
    said = {"card": "door", "words": PRIVATE}
    assert client.post(f"{response.get_absolute_url()}thank/", said).status_code == 400
    client.post(f"{response.get_absolute_url()}thank/", said | {"as_it_is": "on"})
    assert NUMBER not in page(response, response.post.author)
    assert waiting() == [PRIVATE]


def test_for_children_a_moderator_can_stand_in_this_once() -> None:
    made = post(alice(), category="childcare")
    response, moderator = answer(made, bob()), max_()
    client = client_of(made.author)
    assert "Yes, please" not in page(response, made.author)
    for _twice in range(2):
        client.post(f"{response.get_absolute_url()}pass/")
    request = response.pass_requests.get()
    assert not request.can_be_decided_by(made.author)
    assert "A moderator has been asked." in page(response, response.by)
    request.decide(moderator, "approve")
    assert told(made.author) == ["answered", "passed"]
    client.post(f"{response.get_absolute_url()}accept/")
    response.refresh_from_db()
    assert response.state == "accepted"
    other = post(charlie(), "A ride", category="rides")
    assert answer(other, response.by).needs_a_word  # it counts for one answer only


def test_a_no_to_the_helper_says_nothing_to_the_author() -> None:
    made = post(alice(), category="childcare")
    response = answer(made, bob())
    client_of(response.by).post(f"{response.get_absolute_url()}pass/")
    response.pass_requests.get().decide(max_(), "refuse", "We do not know you yet.")
    assert told(response.by) == ["looked_at"]
    assert told(made.author) == ["answered"]
    response.withdraw()
    client_of(response.by).post(f"{response.get_absolute_url()}pass/")
    assert not response.pass_requests.waiting().exists()


def test_a_pass_for_what_has_ended_is_said_to_be_late() -> None:
    response = answer(post(alice(), category="rides"), bob())
    client_of(response.by).post(f"{response.get_absolute_url()}pass/")
    request = response.pass_requests.get()
    response.withdraw()
    with pytest.raises(CannotBeDone):
        request.decide(max_(), "approve")


def test_a_post_that_is_taken_down_ends_what_was_agreed() -> None:
    made = post(alice(), slots=2)
    agreed, proposed = answer(made, bob()), answer(made, charlie())
    agreed.accept()
    made.close(Post.ClosedAs.REMOVED)
    assert Arrangement.objects.get().state == "cancelled"
    assert not Response.objects.live().exists()
    assert "cancelled" in told(agreed.by)
    assert told(proposed.by) == ["lapsed"]
    assert told(made.author)[-1] == "cancelled"


def test_fewer_chairs_than_people_let_nobody_else_in() -> None:
    made = post(alice(), slots=3)
    first, second, third = (answer(made, each) for each in (bob(), charlie(), grown_up("dora")))
    first.accept()
    second.accept()
    Post.objects.update(slots=2)
    Arrangement.objects.get(response=second).cancel(second.by)
    Post.objects.update(slots=1)
    with pytest.raises(Exception, match="last chair"):
        third.accept()


def test_whoever_leaves_tells_those_who_wait_and_leaves_no_dead_link() -> None:
    made = post(alice())
    response = answer(made, bob())
    holding.delete(made.author, keep_posts=False)
    assert told(response.by) == ["lapsed"]
    assert not Notification.objects.filter(user=response.by).exclude(path="").exists()
    assert not person("zoe").responses.exists()

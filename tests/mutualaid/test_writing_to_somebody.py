"""A kind word of a moderator to somebody in crisis, before anything is decided: who can send it, and who reads it."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from groups.circles.models import Circle
from mindspace.accounts import leaving
from mindspace.moderation import errors
from mindspace.moderation.models import Decision, PersonReport
from mindspace.notifications.models import Notification
from mutualaid.models import HeldMessage, HeldPost, Post, PostReport, Response
from tests.mutualaid.cast import alice, bob, charlie, client_of, draft, max_, mia, post

pytestmark = pytest.mark.django_db
CRISIS = "I do not want to live any more."
KIND = "We read what you wrote, and a canary sings for you."
NUMBER = "214-555-0142"


def held(words: str = CRISIS) -> HeldPost:
    made = draft(alice(), words=words)
    made.submit()
    row: HeldPost = HeldPost.objects.get(post=made)
    return row


def held_line(words: str = f"{CRISIS} Call {NUMBER}.") -> HeldMessage:
    response = Response.objects.send_in(None, post(alice()), bob(), "I can bring soup.")
    row: HeldMessage = HeldMessage.objects.get(message=response.say(response.by, words))
    return row


def write(client: Client, item: Any, words: str = KIND) -> int:
    return client.post(f"/moderation/{item.queue}/{item.pk}/write/", {"words": words}).status_code


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_page_says_what_to_do_now_and_has_kind_words_ready() -> None:
    item = held()
    page = client_of(max_()).get("/moderation/")
    words = page.content.decode()
    assert page.context["item"].pk == item.pk
    assert "Is somebody in danger now?" in words
    assert 'href="tel:988"' in words
    assert page.context["site"].tel in words.partition("Then tell a colleague")[2][:80]
    assert "You did nothing wrong" in page.context["write_form"]["words"].value()


def test_they_read_it_here_and_nothing_is_decided_about_what_they_wrote() -> None:
    item, client, other = held(), client_of(max_()), mia()
    mail.outbox.clear()
    for _click in range(3):
        assert write(client, item) == 302
    note = Decision.objects.get()
    assert (note.verdict, note.words, note.by.email, note.item) == ("write", KIND, "max@example.org", item.pk)
    item.refresh_from_db()
    assert (item.state, item.post.state, Post.objects.get().words) == ("waiting", "held", CRISIS)
    [sent] = mail.outbox
    assert sent.to == [item.post.author.email]
    for told in ("canary", "crisis", "moderator", "Soup"):
        assert told not in sent.subject + str(sent.body).replace("The moderators have", "")
    assert KIND in read(client_of(item.post.author), item.post.get_absolute_url())
    page = client_of(other).get("/moderation/")
    assert "Max wrote to them on" in page.content.decode()
    assert page.context["write_form"]["words"].value() == ""  # the ready words are said
    item.decide(other, "approve")  # as it could before
    assert Post.objects.get().state == "open"
    assert KIND not in read(client_of(bob()), item.post.get_absolute_url())
    assert KIND in read(client, f"{item.post.get_absolute_url()}moderation/")


def test_who_takes_the_post_back_reads_it_still() -> None:
    item = held()
    item.write(max_(), KIND)
    item.post.close("withdrawn")
    assert not HeldPost.objects.exists()
    assert KIND in read(client_of(item.post.author), item.post.get_absolute_url())


def test_only_to_somebody_who_may_need_it_and_never_without_words() -> None:
    calm, moderator = held("A pot of soup would carry me."), max_()
    client = client_of(moderator)
    assert "Send them this note" not in read(client, "/moderation/")
    assert write(client, calm) == 404
    with pytest.raises(errors.NobodyToAsk):
        calm.write(moderator, KIND)
    calm.post.change(words=CRISIS)
    assert write(client, calm, " ") == 400
    assert write(client, calm, "w" * 2001) == 400
    assert write(client_of(bob()), calm) == 404
    assert write(Client(), calm) == 404
    assert not Decision.objects.exists()
    assert write(client, calm) == 302


def test_not_by_who_is_near_nor_once_it_is_decided() -> None:
    item, near = held(), max_()
    Circle.objects.start(item.post.author, name="Porch Circle").seat(near)
    assert write(client_of(near), item) == 404
    with pytest.raises(errors.YourOwn):
        item.write(near, KIND)
    other = mia()
    item.decide(other, "approve")
    with pytest.raises(errors.AlreadyDecided):
        item.write(other, KIND)


def test_a_held_line_with_such_words_goes_first_and_staff_are_called() -> None:
    max_()
    mail.outbox.clear()
    item = held_line()
    assert item.risk == 3
    assert ["max@example.org"] in [sent.to for sent in mail.outbox]
    assert held_line_of_charlie().risk == 1


def held_line_of_charlie() -> HeldMessage:
    response = Response.objects.send_in(None, Post.objects.get(), charlie(), f"Call {NUMBER}.")
    row: HeldMessage = HeldMessage.objects.get(message__response=response)
    return row


def test_its_writer_reads_the_word_in_the_conversation_and_the_other_side_does_not() -> None:
    item = held_line()
    response = item.message.response
    assert write(client_of(max_()), item) == 302
    assert KIND in read(client_of(item.message.by), response.get_absolute_url())
    assert KIND not in read(client_of(response.post.author), response.get_absolute_url())
    item.refresh_from_db()
    assert (item.state, item.message.state) == ("waiting", "held")


def test_a_call_for_help_that_others_saw_is_answered_the_same_way() -> None:
    made, by = post(alice()), bob()
    report = PostReport.objects.send_in(None, made, "self_harm", "", by)
    about = PersonReport.objects.send_in(None, made.author, "self_harm", "", by)
    client = client_of(max_())
    assert (write(client, report), write(client, about, "And a second one.")) == (302, 302)
    author = client_of(made.author)
    assert KIND in read(author, made.get_absolute_url())
    assert "And a second one." in read(author, "/my/standing/")
    scam = PostReport.objects.send_in(None, made, "scam", "", charlie())
    assert write(client, scam) == 404


def test_a_word_is_told_once_and_leads_to_where_it_is_read() -> None:
    item = held()
    item.write(max_(), KIND)
    told = Notification.objects.get(user=item.post.author, key__startswith="written:")
    assert (told.path, told.sentence) == (item.post.get_absolute_url(), "The moderators have a note for you.")


def test_it_is_in_what_they_take_out_and_in_nobody_elses() -> None:
    item = held()
    item.write(max_(), KIND)
    assert [each["words"] for each in leaving.everything(item.post.author)["moderation"]["written_to_you"]] == [KIND]
    assert leaving.everything(bob())["moderation"]["written_to_you"] == []


def test_what_is_ready_to_say_asks_for_no_answer_that_cannot_be_given() -> None:
    held()
    words = client_of(max_()).get("/moderation/").context["write_form"]["words"].value()
    assert "would like to hear" not in words
    assert "phone us" in words


def test_where_a_note_stands_the_phone_numbers_are_said_once() -> None:
    item = held()
    assert item.post.author is not None
    client, path = client_of(item.post.author), item.post.get_absolute_url()
    page = read(client, path)
    assert "You can talk to someone now" in page
    assert "You can go on here, too" not in page  # it is sent in already
    assert "988 is awake now" in page
    assert write(client_of(max_()), item) == 302
    page = read(client, path)
    assert 'href="tel:988"' in page.partition("A person here wrote to you")[2]
    for words in ("You can talk to someone now", "988 is awake now"):
        assert words not in page
    assert "Somebody here reads this first" in page

"""What the guard found, as a moderator who decides and as the author who can mend it read it."""

import pytest
from django.test import Client

from mutualaid.models import HeldPost, Post, Response
from mutualaid.templatetags.guarded import guard_marked
from tests.mutualaid.cast import alice, bob, client_of, draft, max_, post

pytestmark = pytest.mark.django_db
NUMBER = "214-555-0142"
WORDS = f"A pot of soup would carry me. Call {NUMBER}, and I give $5."


def held() -> HeldPost:
    made = draft(alice(), words=WORDS)
    made.submit()
    row: HeldPost = HeldPost.objects.get(post=made)
    return row


def test_the_queue_names_it_and_marks_it_in_the_words() -> None:
    held()
    page = client_of(max_()).get("/moderation/").content.decode()
    assert f"a phone number: {NUMBER}, money: $5" in page
    assert (
        f'Call <strong class="risk-word">{NUMBER}</strong>, and I give <strong class="risk-word">$5</strong>.' in page
    )


def test_what_is_marked_is_what_stands_there() -> None:
    hidden = f"<b>{NUMBER[:4]}\u200b{NUMBER[4:]} or gift card</b>"
    assert guard_marked(hidden) == (
        f'&lt;b&gt;<strong class="risk-word">{NUMBER[:4]}\u200b{NUMBER[4:]}</strong> or '
        '<strong class="risk-word">gift card</strong>&lt;/b&gt;'
    )


def test_approving_it_takes_a_tick_that_says_what_becomes_public() -> None:
    item, client = held(), client_of(max_())
    address = f"/moderation/post/{item.pk}/"
    assert "Others will read what is private in it (a phone number, money)" in client.get(address).content.decode()
    data = {"verdict": "approve", "seen": item.fingerprint}
    assert client.post(address, data).status_code == 400
    assert Post.objects.get().state == "held"
    assert client.post(address, {**data, "sure": "on"}).status_code == 302
    assert Post.objects.get().state == "open"


def test_where_nothing_was_found_and_to_say_no_there_is_nothing_to_tick() -> None:
    item, client = held(), client_of(max_())
    address = f"/moderation/post/{item.pk}/"
    data = {"verdict": "ask", "words": "Please take it out.", "seen": item.fingerprint}
    assert client.post(address, data).status_code == 302
    item.post.change(words="A pot of soup would carry me.")
    item.refresh_from_db()
    assert 'name="sure"' not in client.get(address).content.decode()
    assert client.post(address, {"verdict": "approve", "seen": item.fingerprint}).status_code == 302


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_its_author_reads_what_it_is_and_where_to_mend_it() -> None:
    made = held().post
    words = page(client_of(made.author), made.get_absolute_url())
    assert f"<li>a phone number: {NUMBER}</li>" in words
    assert f'href="{made.get_absolute_url()}edit/what/">Take it out</a>' in words
    assert "you can show it to that one person, in private" in words
    made.change(words="A pot of soup would carry me.")
    assert "This is what we mean" not in page(client_of(made.author), made.get_absolute_url())


def test_so_does_the_writer_of_a_line_before_it_is_sent_and_while_it_waits() -> None:
    response = Response.objects.send_in(None, post(alice()), bob(), "I can bring soup.")
    client, address = client_of(response.by), response.get_absolute_url()
    asked = client.post(address, {"words": f"Call {NUMBER}."})
    assert asked.status_code == 400
    assert f"a phone number: {NUMBER}" in asked.content.decode()
    client.post(address, {"words": f"Call {NUMBER}.", "as_it_is": "on"})
    words = page(client, address)
    assert f"<li>a phone number: {NUMBER}</li>" in words
    assert "Take it back" in words
    assert NUMBER not in page(client_of(response.post.author), address)

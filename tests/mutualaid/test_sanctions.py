"""Bob helps Alice, and then a moderator says that he may not take part: nothing of his goes on, or is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mindspace.accounts.models import CannotVouch, User, Vouch
from mindspace.moderation.models import Sanction
from mutualaid.errors import MayNotWrite, NotNow, NotPossible
from mutualaid.models import Arrangement, Response, Reveal
from tests.mutualaid.cast import alice, bob, charlie, client_of, max_, post
from tests.mutualaid.test_reveal import CANARY, detail_of

pytestmark = pytest.mark.django_db
KEPT_OUT = ["suspension", "ban"]


@pytest.fixture
def response() -> Response:
    made: Response = Response.objects.send_in(None, post(alice()), bob(), "A canary line.")
    made.accept()
    return made


def impose(user: User, kind: str) -> None:
    until = None if kind == "ban" else timezone.now() + timedelta(days=3)
    Sanction.objects.impose(user, kind, by=max_(), reason="Unkind words.", until=until)


def arrangement() -> Arrangement:
    found: Arrangement = Arrangement.objects.select_related("response__post__author", "response__by").get()
    return found


def page(user: User, path: str) -> str:
    return client_of(user).get(path).content.decode()


@pytest.mark.parametrize("kind", ["mute", *KEPT_OUT])
def test_suggests_no_time_and_shows_no_number(response: Response, kind: str) -> None:
    impose(response.by, kind)
    with pytest.raises(MayNotWrite):
        arrangement().suggest(response.by, timezone.now() + timedelta(days=2))
    with pytest.raises(MayNotWrite):
        Reveal.objects.show(detail_of(response.by), arrangement())
    assert not arrangement().can_be_timed_by(response.by)
    assert not Reveal.objects.exists()


@pytest.mark.parametrize("kind", KEPT_OUT)
def test_says_neither_yes_nor_no_to_a_time(response: Response, kind: str) -> None:
    then = timezone.now() + timedelta(days=2)
    arrangement().suggest(response.post.author, then)
    impose(response.by, kind)
    for verb in (lambda: arrangement().agree(response.by, then), lambda: arrangement().keep(response.by)):
        with pytest.raises(MayNotWrite):
            verb()
    assert (arrangement().starts_at, arrangement().suggested_at) == (None, then)


def test_who_is_muted_still_answers_a_suggestion(response: Response) -> None:
    then = timezone.now() + timedelta(days=2)
    arrangement().suggest(response.post.author, then)
    impose(response.by, "mute")
    arrangement().agree(response.by, then)
    assert arrangement().starts_at == then


@pytest.mark.parametrize("kind", KEPT_OUT)
def test_no_number_is_shown_to_or_by_them(response: Response, kind: str) -> None:
    author: Any = response.post.author
    Reveal.objects.show(detail_of(response.by), arrangement())
    Reveal.objects.show(detail_of(author, "+12145550178"), arrangement())
    impose(response.by, kind)
    assert CANARY not in page(author, response.get_absolute_url())
    assert "+12145550178" not in page(response.by, response.get_absolute_url())
    with pytest.raises(NotNow):
        Reveal.objects.show(detail_of(author, "+12145550179"), arrangement())


@pytest.mark.parametrize("kind", KEPT_OUT)
def test_the_conversation_says_so_without_name_or_lines(response: Response, kind: str) -> None:
    author: Any = response.post.author
    before = page(author, response.get_absolute_url())
    assert "You and Bob" in before
    assert "A canary line." in before
    impose(response.by, kind)
    after = page(author, response.get_absolute_url())
    assert "You and a member who cannot take part now" in after
    assert "Do not count on them" in after
    assert "A canary line." not in after
    assert "Bob" not in after
    assert "Bob" not in page(author, "/my/")
    assert "Bob" not in page(author, response.post.get_absolute_url())
    assert "A canary line." in page(response.by, response.get_absolute_url())  # what is their own, they read
    with pytest.raises(NotPossible):
        response.say(author, "Are you there?")


@pytest.mark.parametrize("kind", KEPT_OUT)
def test_their_page_is_gone_for_others_who_can_still_keep_apart(response: Response, kind: str) -> None:
    author: Any = response.post.author
    path = f"/accounts/people/{response.by.pk}/"
    impose(response.by, kind)
    assert client_of(author).get(path).status_code == 404
    assert client_of(response.by).get(path).status_code == 200
    for way in (f"{path}block/", f"/my/standing/report/{response.by.pk}/"):
        assert client_of(author).get(way).status_code == 200
    answer = client_of(author).post(f"/my/standing/report/{response.by.pk}/", {"reason": "scam"})
    assert answer["Location"] == "/accounts/safety/"


@pytest.mark.parametrize("kind", ["mute", *KEPT_OUT])
def test_their_word_for_others_does_not_count(kind: str) -> None:
    voucher, other = bob(), charlie()
    Vouch.objects.create(vouched=voucher, by_moderator=True)
    impose(voucher, kind)
    with pytest.raises(CannotVouch):
        Vouch.objects.give(voucher, other)
    assert client_of(voucher).post(f"/accounts/people/{other.pk}/vouch/").status_code == 404


def test_twenty_words_a_day_are_enough() -> None:
    client, other = client_of(bob()), charlie()
    codes = [client.post(f"/accounts/people/{other.pk}/vouch/").status_code for _time in range(21)]
    assert codes == [404] * 20 + [429]

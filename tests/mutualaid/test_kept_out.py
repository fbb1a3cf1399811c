"""What of somebody is on the board who may not write for a while, or not take part."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import Profile, User
from mindspace.moderation.models import Sanction
from mutualaid.board import Asked, find
from mutualaid.errors import MayNotWrite
from mutualaid.models import Post
from tests.mutualaid.cast import alice, bob, client_of, draft, max_, mia, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_pages_go_by_our_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pagecache", "pagestore"):
        monkeypatch.setattr(f"mindspace.{module}.monotonic", lambda: timezone.now().timestamp())


def keep_out(user: User, kind: str) -> Sanction:
    until = None if kind == "ban" else timezone.now() + timedelta(days=7)
    made: Sanction = Sanction.objects.impose(user, kind, by=max_(), reason="Unkind words.", until=until)
    return made


def seen(made: Post, client: Client) -> tuple[int, bool, bool]:
    """The status of its page, whether it stands on the board, and in the feed."""
    board, feed = (client.get(path).content.decode() for path in ("/mutual-aid/", "/mutual-aid/feed/"))
    return client.get(made.get_absolute_url()).status_code, made.title in board, made.title in feed


@pytest.mark.parametrize("kind", ["suspension", "ban"])
def test_who_may_not_take_part_is_seen_by_nobody_and_comes_back(kind: str) -> None:
    made = post(alice(), audience="public")
    clients = [Client(), client_of(bob())]
    assert [seen(made, client) for client in clients] == [(200, True, True)] * 2
    sanction = keep_out(made.author, kind)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):  # a page for visitors is kept for two
        assert [seen(made, client) for client in clients] == [(404, False, False)] * 2
        own = client_of(made.author).get(made.get_absolute_url())
        assert "Others do not see this" in own.content.decode()
        assert "Others do not see this" in client_of(made.author).get("/my/").content.decode()
        moderator = client_of(mia())
        assert moderator.get(made.get_absolute_url()).status_code == 404
        assert moderator.get(f"{made.get_absolute_url()}moderation/").status_code == 200
        assert find(Asked(), made.author).count == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert [seen(made, client) for client in clients] == [(200, True, True)] * 2
    sanction.lift()
    with time_machine.travel(timezone.now() + timedelta(seconds=9)):
        assert [seen(made, client) for client in clients] == [(200, True, True)] * 2


def test_what_has_ended_is_not_shown_either() -> None:
    made = post(alice())
    made.close("fulfilled")
    keep_out(made.author, "suspension")
    assert client_of(bob()).get(made.get_absolute_url()).status_code == 404


def test_a_mute_leaves_up_what_is_there() -> None:
    made = post(alice(), audience="public")
    keep_out(made.author, "mute")
    assert seen(made, client_of(bob())) == (200, True, True)
    with pytest.raises(MayNotWrite):
        draft(made.author, "Another").submit()


def test_each_says_what_it_means() -> None:
    author = alice()
    keep_out(author, "mute")
    assert "stays up" in client_of(author).get("/my/standing/").content.decode()
    Sanction.objects.update(kind="suspension")
    assert "is not shown" in client_of(author).get("/my/standing/").content.decode()


def test_who_may_not_write_does_not_go_on_with_a_paused_one() -> None:
    made = post(alice())
    made.pause()
    keep_out(made.author, "mute")
    with pytest.raises(MayNotWrite):
        made.resume()
    page = client_of(made.author).post(f"/mutual-aid/{made.pk}/resume/", follow=True)
    assert "You cannot write just now" in page.content.decode()


def test_who_has_taken_back_that_they_are_grown_up_sends_nothing_in() -> None:
    made = draft(alice())
    Profile.objects.update(is_adult=False, adult_stated_at=None)
    with pytest.raises(MayNotWrite):
        made.submit()

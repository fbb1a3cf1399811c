"""Rosa takes it back: nothing of hers is left open with nobody to act for it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import PhoneMember, User
from mindspace.notifications.models import Notification
from mutualaid.models import Acted, Arrangement, HeldMessage, HeldPost, Message, PassRequest, Post, Response
from tests.mutualaid.cast import alice, bob, client_of, draft, form_data, grown_up, max_, mia, post, rosa

pytestmark = pytest.mark.django_db
Take = Callable[[str], Any]


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def member(moderator: User) -> PhoneMember:
    return rosa(moderator)


@pytest.fixture
def by_phone(moderator: User) -> Client:
    return client_of(moderator)


@pytest.fixture
def take_back(by_phone: Client, member: PhoneMember) -> Take:
    return lambda how: by_phone.post(f"/accounts/by-phone/{member.pk}/end/", {"how": how, "sure": "on"})


@pytest.fixture
def world(member: PhoneMember) -> dict[str, Any]:
    """All that can be open: posts in each state, answers to and from others, what is agreed, and what is looked at."""
    author, helper, third = alice(), bob(), grown_up("carol")
    draft(member.user, "A draft")
    draft(member.user, "Held", category="rides").submit()
    post(member.user, "Paused").pause()
    asked = post(member.user, "Open", slots=3)
    waiting = Response.objects.send_in(None, asked, helper, "I can come.")
    agreed = Response.objects.send_in(None, asked, third, "So can I.")
    agreed.accept()
    agreed.say(member.user, "My number is 214-555-0123.")
    mine = Response.objects.send_in(None, post(author, "Of Alice", category="rides"), member.user, "I drive.")
    PassRequest.objects.ask(mine, member.user)
    held = Response.objects.send_in(None, post(author, "Also of Alice"), member.user, "Call 214-555-0124.")
    theirs = Response.objects.send_in(None, post(author, "Agreed", slots=2), member.user, "I can cook.")
    theirs.accept()
    Notification.objects.all().delete()
    return {"waiting": waiting, "agreed": agreed, "mine": mine, "held": held, "theirs": theirs}


def nothing_open() -> None:
    assert set(Post.objects.filter(author__display_name="Rosa").values_list("state", flat=True)) <= {"closed"}
    assert not Response.objects.live().exists()
    assert not Arrangement.objects.filter(ended_at=None).exists()
    for held in (HeldPost, HeldMessage, PassRequest):
        assert not held.objects.exclude(decided_at__isnull=False).exists(), held


def told() -> set[tuple[str, str, str]]:
    return {(row.user.display_name, row.kind, row.about) for row in Notification.objects.select_related("user")}


def test_what_is_open_ends_and_the_others_are_told_as_for_anybody(
    take_back: Take, world: dict[str, Any], member: PhoneMember
) -> None:
    assert take_back("stop")["Location"] == "/accounts/by-phone/"
    nothing_open()
    states = {name: Response.objects.get(pk=row.pk).state for name, row in world.items()}
    assert states == {
        "waiting": "lapsed", "agreed": "finished", "mine": "withdrawn", "held": "withdrawn", "theirs": "finished",
    }  # fmt: skip
    assert told() == {
        ("Bob", "mutualaid.lapsed", "Open"),
        ("Carol", "mutualaid.cancelled", "Open"),
        ("Alice", "mutualaid.cancelled", "Agreed"),
    }
    assert {row.title for row in Post.objects.filter(author=member.user)} == {"Held", "Paused", "Open"}
    assert User.objects.filter(pk=member.pk).exists()


def test_all_of_it_goes_and_the_others_are_told_all_the_same(
    take_back: Take, world: dict[str, Any], member: PhoneMember
) -> None:
    take_back("delete")
    nothing_open()
    assert not User.objects.filter(pk=member.pk).exists()
    assert not Acted.objects.exists()
    assert {(name, kind) for name, kind, _about in told()} == {
        ("Bob", "mutualaid.lapsed"), ("Carol", "mutualaid.cancelled"), ("Alice", "mutualaid.cancelled"),
    }  # fmt: skip
    assert not Message.objects.filter(words__contains="cook").exists()


def test_what_is_over_stays_and_nobody_writes_there_what_nobody_reads(take_back: Take, member: PhoneMember) -> None:
    helper = bob()
    response = Response.objects.send_in(None, post(member.user), helper, "I can come.")
    response.accept()
    for side in (helper, member.user):
        response.arrangements.get().say_done(side)
    client, path = client_of(helper), response.get_absolute_url()
    page = client.get(path).content.decode()
    assert "A moderator reads this to them" in page
    assert "A thank-you, if you like" in page
    words = form_data(page.encode(), words="It was a pleasure.")
    take_back("stop")
    page = client.get(path).content.decode()
    assert "I can come." in page
    assert "nobody reads this to them" in page
    assert "A moderator reads this to them" not in page
    assert 'name="words"' not in page
    client.post(path, words)
    assert Message.objects.count() == 1


def test_others_have_theirs_as_before(take_back: Take, member: PhoneMember) -> None:
    other = PhoneMember.objects.welcome(mia(), "Paula", "Yes.", adult=True)
    kept = Response.objects.send_in(None, post(alice(), "Of Alice"), other.user, "I can come.")
    made = post(other.user, "Of Paula")
    take_back("stop")
    made.refresh_from_db()
    kept.refresh_from_db()
    assert (made.state, kept.state) == ("open", "proposed")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("entirely", [False, True])
def test_while_others_act_for_her_nothing_is_left_open(entirely: bool) -> None:
    """Five times, over real connections: her answer and her yes at the same moment as she takes it back."""
    moderator, author, helper = max_(), alice(), bob()
    for _time in range(5):
        member = rosa(moderator)
        mine, theirs = post(member.user, "A bag of rice"), post(author, f"Soup {timezone.now()}")
        response = Response.objects.send_in(None, mine, helper, "I can.")
        start = Barrier(3)

        def at_once(verb: Callable[[], Any], start: Barrier = start) -> str:
            try:
                connection.ensure_connection()
                start.wait(timeout=20)
                verb()
            except Exception as error:
                return type(error).__name__
            finally:
                connection.close()
            return ""

        def answer(member: PhoneMember = member, theirs: Post = theirs) -> None:
            send = lambda: Response.objects.send_in(None, theirs, member.user, "I can.")  # noqa: E731
            Acted.objects.write(member.pk, moderator, "answer", send, None)

        def accept(member: PhoneMember = member, response: Response = response) -> None:
            Acted.objects.write(member.pk, moderator, "accept", response.accept, None, response)

        verbs = [lambda member=member: member.end(entirely=entirely), answer, accept]
        with ThreadPoolExecutor(3) as pool:
            said = list(pool.map(at_once, verbs))
        assert said[0] == ""
        assert set(said[1:]) <= {"", "NotNow"}
        assert not Response.objects.live().exists()
        assert not Post.objects.filter(author=member.pk).exclude(state="closed").exists()

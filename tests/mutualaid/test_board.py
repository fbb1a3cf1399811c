"""Browsing: filters, words, near me, pages, teasers and the feed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import Block, Vouch
from mutualaid.board import is_more_for_members
from mutualaid.models import Post
from tests.mutualaid.cast import alice, bob, client_of, max_, post

pytestmark = pytest.mark.django_db
FAR_AWAY = {"area_name": "Houston, TX", "latitude": 29.77, "longitude": -95.37, "x": -10616540.0, "y": 3473000.0}


def titles(query: str = "", client: Client | None = None) -> list[str]:
    answer = (client or Client()).get(f"/mutual-aid/?{query}")
    assert answer.status_code == 200, answer.content.decode()
    return [shown.post.title for shown in answer.context["cards"]]


@pytest.fixture
def board() -> list[Post]:
    author = alice()
    return [
        post(author, "Soup", audience="public", kind="request", category="groceries"),
        post(author, "A ride", audience="public", category="rides", words="To a doctor.", **FAR_AWAY),
        post(author, "I listen", audience="public", kind="offer", category="listening", remote=True, latitude=None,
             longitude=None, x=None, y=None, area_name="", languages=["en", "es"], words="Por teléfono, los domingos."),
        post(author, "For members", audience="members", category="errands"),
        post(author, "For the vouched", audience="vouched", category="errands"),
    ]  # fmt: skip


def test_newest_first_and_visitors_see_what_is_public(board: list[Post]) -> None:
    assert titles() == ["I listen", "A ride", "Soup"]


def test_members_see_more_and_the_vouched_most(board: list[Post]) -> None:
    member = bob()
    assert titles(client=client_of(member)) == ["For members", "I listen", "A ride", "Soup"]
    Vouch.objects.create(voucher=max_(), vouched=member, by_moderator=True)
    assert titles(client=client_of(member))[0] == "For the vouched"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=offer", ["I listen"]),
        ("category=rides", ["A ride"]),
        ("how=remote", ["I listen"]),
        ("how=nearby", ["A ride", "Soup"]),
        ("language=es", ["I listen"]),
        ("q=soup", ["Soup"]),
        ("q=domingo", ["I listen"]),
        ("q=nothing-like-it", []),
        ("near=75038", ["Soup"]),
        ("near=Houston&miles=50", ["A ride"]),
        ("near=75038&q=ride", []),
        ("kind=request&category=groceries&q=pot&near=Irving", ["Soup"]),
    ],
)
def test_what_is_asked_for(board: list[Post], query: str, found: list[str]) -> None:
    assert titles(query) == found


def test_ending_soon_and_what_stands_comes_last(board: list[Post]) -> None:
    today = timezone.localdate()
    Post.objects.filter(title="A ride").update(ends_on=today + timedelta(days=2))
    Post.objects.filter(title="I listen").update(ends_on=None)
    assert titles("sort=ending") == ["A ride", "Soup", "I listen"]


@pytest.mark.parametrize("order", ["", "sort=ending", "near=75038"])
def test_pages_by_key_show_each_post_once(order: str) -> None:
    author = alice()
    for number in range(27):
        post(author, f"Post {number}", audience="public")
    Post.objects.update(opened_at=timezone.now(), ends_on=timezone.localdate())  # only the id tells them apart
    client, path, seen = Client(), f"/mutual-aid/?{order}", []
    for _page in range(3):
        answer = client.get(path)
        seen += [shown.post.pk for shown in answer.context["cards"]]
        path = answer.context["next_page"]
    assert path == ""
    assert (len(seen), len(set(seen))) == (27, 27)


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=1e99:00000000-0000-4000-8000-000000000000", "sort=up", "kind=%00", "q=%00", "near=" + "x" * 99,
     "after=999999999999:zzzzzzzz-0000-4000-8000-000000000000", "miles=3", "category=no",
     "sort=ending&after=999999999:00000000-0000-4000-8000-000000000000",
     "near=nowhere-known&after=999999999999:00000000-0000-4000-8000-000000000000",
     "near=75038&sort=newest&after=999999999999:00000000-0000-4000-8000-000000000000"],
)  # fmt: skip
def test_junk_gets_a_clear_answer(board: list[Post], query: str) -> None:
    assert Client().get(f"/mutual-aid/?{query}").status_code == 400


def test_visitors_see_no_names_and_only_the_beginning(board: list[Post]) -> None:
    Post.objects.filter(title="Soup").update(words="word " * 60 + "end-of-it", helps="only-for-members")
    soup = Post.objects.get(title="Soup")
    for path in ("/mutual-aid/", soup.get_absolute_url(), "/mutual-aid/feed/"):
        page = Client().get(path).content.decode()
        assert "Alice" not in page, path
        assert "end-of-it" not in page
        assert "only-for-members" not in page
    page = client_of(bob()).get(soup.get_absolute_url()).content.decode()
    assert "Alice" in page
    assert "end-of-it" in page


def test_the_feed_holds_public_teasers_only(board: list[Post]) -> None:
    answer = Client().get("/mutual-aid/feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "Request: Soup" in answer.content.decode()
    assert "For members" not in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_who_blocked_each_other_see_nothing_of_each_other(board: list[Post]) -> None:
    author, member = board[0].author, bob()
    for one, other in ((author, member), (member, author)):
        block = Block.objects.create(blocker=one, blocked=other)
        assert titles(client=client_of(member)) == []
        assert client_of(member).get(board[0].get_absolute_url()).status_code == 404
        block.delete()


def test_an_ended_post_says_so_and_leads_on(board: list[Post]) -> None:
    soup = Post.objects.get(title="Soup")
    soup.close("expired")
    page = Client().get(soup.get_absolute_url()).content.decode()
    assert "This has ended" in page
    assert "pot of soup" not in page[page.index("<main") :]
    assert "Irving" not in page[page.index("<main") : page.index("</main")]  # it is over: no where and when
    assert "Nothing like it is open just now" in page


def test_a_visitor_hears_that_others_like_it_are_for_members(board: list[Post]) -> None:
    author, soup = board[0].author, Post.objects.get(title="Soup")
    assert author is not None
    soup.close("expired")
    post(author, "Bread for the vouched", audience="vouched", category="groceries")
    assert not is_more_for_members(soup)  # a new member would not see it either
    post(author, "Bread for members", audience="members", category="groceries")
    page = Client().get(soup.get_absolute_url()).content.decode()
    assert "Others like it are for members" in page
    assert "Nothing like it" not in page
    assert "Bread" not in page
    assert '/accounts/signup/?next=/mutual-aid/%3Fkind%3Drequest%26category%3Dgroceries"' in page
    assert "Others like it are for members" not in client_of(author).get(soup.get_absolute_url()).content.decode()


def test_an_ended_post_leads_to_the_nearest_that_are_like_it(board: list[Post]) -> None:
    author, soup = board[0].author, Post.objects.get(title="Soup")
    assert author is not None
    post(author, "Bread far off", audience="public", category="groceries", **FAR_AWAY)
    post(author, "Bread near", audience="public", category="groceries")
    post(author, "For members only", audience="members", category="groceries")
    post(author, "An offer", audience="public", kind="offer", category="groceries")
    soup.close("expired")
    answer = Client().get(soup.get_absolute_url())
    assert [shown.post.title for shown in answer.context["alike"]] == ["Bread near", "Bread far off"]
    assert "?kind=request&amp;category=groceries" in answer.content.decode()
    assert "Bread near" in client_of(author).get(soup.get_absolute_url()).content.decode()
    look = client_of(max_()).get(f"{soup.get_absolute_url()}moderation/").content.decode()
    assert "This has ended" in look
    assert "Nothing like it" not in look  # a moderator is there for this one


def test_no_session_for_visitors(board: list[Post]) -> None:
    for path in ("/mutual-aid/", board[0].get_absolute_url(), "/mutual-aid/feed/"):
        assert Client().get(path).cookies == {}

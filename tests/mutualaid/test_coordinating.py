"""Max looks after requests that wait longest; Alice asked, and Bob fits."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mindspace.admin import today
from mutualaid.coordinating import waiting_longest
from mutualaid.models import Post, Response
from tests.mutualaid.cast import alice, bob, charlie, client_of, max_, post
from tests.mutualaid.test_matching import gives

pytestmark = pytest.mark.django_db
WAITING = "/mutual-aid/waiting/"


def titles() -> list[str]:
    return [row.post.title for row in waiting_longest()]


def test_the_oldest_without_an_answer_comes_first_with_who_fits() -> None:
    asks = alice()
    gives(bob())
    for days, title in ((1, "Younger"), (9, "Older"), (30, "Answered")):
        made = post(asks, title)
        Post.objects.filter(pk=made.pk).update(opened_at=timezone.now() - timedelta(days=days))
    post(asks, "An offer", kind="offer")
    answer = Response.objects.send_in(None, Post.objects.get(title="Answered"), charlie(), "I can.")
    assert titles() == ["Older", "Younger"]
    page = client_of(max_()).get(WAITING).content.decode()
    assert "2 requests have no answer yet" in page
    assert "has 4 of 4 hours left in four weeks" in page
    answer.decline()
    assert titles()[0] == "Answered"


def test_ten_posts_cost_one_query_each_and_a_few_more() -> None:
    asks = alice()
    gives(bob())
    for number in range(10):
        post(asks, f"Soup {number}")
    with CaptureQueriesContext(connection) as seen:
        assert len(waiting_longest()) == 10
    assert len(seen) <= 10 + 6


def test_the_desk_says_that_something_waits() -> None:
    post(alice())
    assert "1 request has no answer yet" in [row.label for row in today.rows_for(max_())]


def test_many_are_counted_no_further_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutualaid.coordinating.COUNT_TO", 1)
    author, moderator = alice(), client_of(max_())
    post(author, "Soup")
    assert "1 request has no answer yet." in moderator.get(WAITING).content.decode()
    post(author, "Bread")
    assert "More than 1 requests have no answer yet." in moderator.get(WAITING).content.decode()


def test_with_others_about_it_needs_a_second_factor(settings: Any) -> None:
    moderator = max_()
    settings.ON_LOOPBACK = False
    assert client_of(moderator).get(WAITING).status_code == 302
    assert client_of(bob()).get(WAITING).status_code == 404


def test_the_way_there_stands_on_the_own_page_of_those_who_may() -> None:
    ways = ('href="/moderation/"', f'href="{WAITING}"', 'href="/admin/"')
    page = client_of(max_()).get("/my/").content.decode()
    assert [way in page for way in ways] == [True, True, True]
    page = client_of(alice()).get("/my/").content.decode()
    assert [way in page for way in ways] == [False, False, False]


def test_what_waits_for_a_member_stands_above_the_news() -> None:
    gives(person := bob())
    post(alice())
    page = client_of(person).get("/my/").content.decode()
    assert page.index('id="my-could"') < page.index('id="my-news"')

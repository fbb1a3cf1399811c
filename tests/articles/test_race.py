"""Two people at once, on two real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from articles import errors
from articles.models import Article, ArticleSlug, DeskEdit, Edition, LinkCheck, Picture, Withdrawal
from tests.articles.cast import alice, bob, carol, draft
from tests.articles.images import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run each action on a thread and a connection of its own; return what it gave or the error it raised."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            return action()
        except errors.ArticleError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def copies(article: Article, count: int) -> list[Article]:
    return [Article.objects.get(pk=article.pk) for _number in range(count)]


def test_of_two_saves_one_wins_and_one_is_told() -> None:
    author, helper = alice(), carol()
    article = draft(author)
    one, other = copies(article, 2)
    results = at_once(
        lambda: one.save_desk(author, 1, title="Mine"), lambda: other.save_desk(helper, 1, title="Theirs")
    )
    lost = [result for result in results if isinstance(result, errors.EditConflict)]
    assert len(lost) == 1
    kept = Article.objects.get()
    assert {kept.title, lost[0].mine["title"]} == {"Mine", "Theirs"}
    assert lost[0].theirs.title == kept.title
    assert (kept.version, DeskEdit.objects.filter(article=article).count()) == (2, 2)


def test_two_publishes_give_two_numbers() -> None:
    article = draft(None)
    results = at_once(*(lambda desk=desk: desk.publish(None) for desk in copies(article, 4)))
    assert sorted(edition.number for edition in results) == [1, 2, 3, 4]
    assert Edition.objects.live().get().number == 4


def test_a_double_click_gives_one_edition() -> None:
    article, key = draft(None), uuid4()
    results = at_once(*(lambda desk=desk: desk.publish(None, key=key) for desk in copies(article, 3)))
    assert len({edition.pk for edition in results}) == 1
    assert Edition.objects.count() == 1


def test_an_approval_never_covers_a_text_that_was_saved_meanwhile() -> None:
    author, reviewer = alice(), bob()
    for _round in range(5):
        article = draft(author)
        one, other = copies(article, 2)
        seen = article.state_digest()
        at_once(
            lambda one=one, seen=seen: one.approve(reviewer, seen),
            lambda other=other: other.save_desk(author, 1, title="Stew"),
        )
        assert Article.objects.get(pk=article.pk).approval() is None


def test_a_double_click_asks_once() -> None:
    author = alice()
    article = draft(author)
    at_once(*(lambda desk=desk: desk.ask_for_review(author) for desk in copies(article, 3)))
    assert article.review_requests.count() == 1


def test_nothing_is_published_that_was_not_approved() -> None:
    author, reviewer = alice(), bob()
    for _round in range(5):
        article = draft(author)
        article.approve(reviewer)
        one, other = copies(article, 2)
        at_once(lambda one=one: one.publish(author), lambda other=other: other.save_desk(author, 1, title="Stew"))
        assert [edition.title for edition in article.editions.all()] in ([], ["Soup"])


def test_an_edition_is_taken_down_once() -> None:
    edition = draft(None).publish(None)
    results = at_once(*(lambda: Edition.objects.get(pk=edition.pk).withdraw(None) for _number in range(3)))
    assert sum(isinstance(result, errors.NothingToWithdraw) for result in results) == 2
    assert Withdrawal.objects.count() == 1


def test_no_failed_check_of_a_link_is_lost() -> None:
    checks = [lambda: LinkCheck.objects.record("https://example.org/", "silent", "", ["Soup"])] * 6
    at_once(*checks)
    assert LinkCheck.objects.get().failures == 6


def test_two_articles_with_one_title_get_two_addresses() -> None:
    results = at_once(*(lambda: Article.objects.start(None, title="Soup") for _number in range(3)))
    assert sorted(article.slug for article in results) == ["soup", "soup-2", "soup-3"]


def test_a_double_click_begins_one_article() -> None:
    key = uuid4()
    results = at_once(*(lambda: Article.objects.start(None, title="Soup", key=key) for _number in range(4)))
    assert [article.slug for article in results] == ["soup"] * 4
    assert (Article.objects.count(), DeskEdit.objects.count(), ArticleSlug.objects.count()) == (1, 1, 1)


def test_a_double_click_keeps_one_picture(media) -> None:
    key = uuid4()
    results = at_once(*(lambda: Picture.objects.upload(jpeg(), alt="A bowl", key=key) for _number in range(3)))
    assert len({picture.pk for picture in results}) == Picture.objects.count() == 1


def test_two_articles_never_get_one_address() -> None:
    results = at_once(*(lambda: Article.objects.start(None, title="Soup", slug="soup") for _number in range(3)))
    assert sum(isinstance(result, errors.SlugRefused) for result in results) == 2
    assert ArticleSlug.objects.filter(slug="soup").count() == 1

"""Ed and Sue write on the same article. The second to save is told, and nobody's words are lost."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from articles.admin.article_form import ArticleForm
from articles.models import Article
from mindspace.accounts.models import User
from tests.articles.admin.conftest import address, filled_in

MINE, THEIRS = "<p>Ed was here.</p>", "<p>Sue was here.</p>"


@pytest.fixture
def overtaken(ready: Article, sue: User) -> Article:
    """Ed opened version 1; Sue saved version 2 while he wrote."""
    ready.save_desk(sue, 1, body=THEIRS)
    return ready


def save(client: Client, article: Article, **changes: object) -> str:
    return client.post(
        address(article), filled_in(article, body=MINE, opened=1, **changes), follow=True
    ).content.decode()


def texts(article: Article) -> list[str]:
    return [edit.source["body"] for edit in article.edits.order_by("version")]


def test_the_second_is_told_sees_both_and_keeps_what_was_typed(at_desk: Client, overtaken: Article) -> None:
    page = save(at_desk, overtaken)
    assert "Two people wrote at the same time" in page
    assert "sue saved this article at" in page
    assert "<del>" in page
    assert "Sue" in page.partition("<textarea")[0]
    assert "&lt;p&gt;Ed was here.&lt;/p&gt;" in page
    overtaken.refresh_from_db()
    assert overtaken.body == THEIRS


def test_saving_again_without_choosing_tells_again(at_desk: Client, overtaken: Article) -> None:
    save(at_desk, overtaken)
    assert "Two people wrote at the same time" in save(at_desk, overtaken, met=2)
    overtaken.refresh_from_db()
    assert overtaken.body == THEIRS


def test_mine_replaces_theirs_which_stays_among_the_earlier_versions(at_desk: Client, overtaken: Article) -> None:
    save(at_desk, overtaken, met=2, choice="mine")
    overtaken.refresh_from_db()
    assert overtaken.body == MINE
    assert texts(overtaken)[1:] == [THEIRS, MINE]


def test_theirs_stands_and_mine_stays_among_the_earlier_versions(at_desk: Client, overtaken: Article) -> None:
    assert "What you wrote is kept" in save(at_desk, overtaken, met=2, choice="theirs")
    overtaken.refresh_from_db()
    assert overtaken.body == THEIRS
    assert texts(overtaken)[1:] == [THEIRS, MINE, THEIRS]


def test_a_third_save_meanwhile_is_told_as_well(at_desk: Client, overtaken: Article, sue: User) -> None:
    overtaken.save_desk(sue, 2, body="<p>Sue again.</p>")
    assert "Two people wrote at the same time" in save(at_desk, overtaken, met=2, choice="mine")
    overtaken.refresh_from_db()
    assert overtaken.body == "<p>Sue again.</p>"


@pytest.mark.django_db(transaction=True)
def test_a_save_in_the_last_instant_is_seen_under_the_lock(
    at_desk: Client, ready: Article, sue: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sue saves, over a connection of her own, after Ed's form was checked and before it was written."""
    checked: Callable[[ArticleForm], dict[str, object]] = ArticleForm.changes

    def save_theirs() -> None:
        Article.objects.get(pk=ready.pk).save_desk(sue, 1, body=THEIRS)
        connection.close()

    def overtaken(form: ArticleForm) -> dict[str, object]:
        if Article.objects.get(pk=ready.pk).version == 1:
            other = Thread(target=save_theirs)
            other.start()
            other.join()
        return checked(form)

    monkeypatch.setattr(ArticleForm, "changes", overtaken)
    page = save(at_desk, ready)
    assert "Two people wrote at the same time" in page
    assert "&lt;p&gt;Ed was here.&lt;/p&gt;" in page
    ready.refresh_from_db()
    assert ready.body == THEIRS

import pytest
from django.test import Client

from articles.models import Article
from mindspace.accounts.models import User
from tests.articles.admin.conftest import BODY, address

NEW = BODY.replace("right words", "right word at all")


@pytest.fixture
def edited(live: Article, ed: User) -> Article:
    """Edition 1 is live; the desk copy moved on."""
    live.save_desk(ed, 1, body=NEW)
    return live


def test_all_texts_are_listed(at_desk: Client, edited: Article) -> None:
    page = at_desk.get(address(edited, "versions")).content.decode()
    assert "published by ed" in page
    assert "approved by rae" in page
    assert "Readers see this one" in page
    assert "On the desk now" in page
    for name in ("desk", "e1", "s1", "s2"):
        assert f'<option value="{name}"' in page


def test_what_readers_see_is_held_against_the_desk_unless_told(at_desk: Client, edited: Article) -> None:
    page = at_desk.get(address(edited, "difference")).content.decode()
    assert "From “Edition 1” to “The text on the desk now”." in page
    assert "<ins>" in page
    assert "<del>" in page


@pytest.mark.parametrize(("a", "b"), [("e1", "s1"), ("s1", "e1"), ("desk", "s2")])
def test_any_two_texts_can_be_chosen(at_desk: Client, edited: Article, a: str, b: str) -> None:
    page = at_desk.get(address(edited, "difference"), {"a": a, "b": b}).content.decode()
    assert f'<option value="{a}" selected>' in page
    assert "The two say the same." in page


def test_texts_that_are_not_there(at_desk: Client, edited: Article) -> None:
    assert at_desk.get(address(edited, "difference"), {"a": "e9"}).status_code == 404
    assert at_desk.get(address(edited, "difference"), {"a": "s999999999"}).status_code == 404
    for junk in ("x", "e-1", "s" + "9" * 500, "\x00", "e1\n"):
        assert at_desk.get(address(edited, "difference"), {"a": junk}).status_code == 400


@pytest.mark.parametrize("name", ["e1", "s1"])
def test_an_earlier_text_is_put_on_the_desk_and_readers_see_no_change(
    at_desk: Client, edited: Article, ed: User, name: str
) -> None:
    at_desk.post(address(edited, f"restore/{name}"), {"version": 2})
    edited.refresh_from_db()
    assert (edited.body, edited.version) == (edited.editions.get().source["body"], 3)
    assert "at all" in edited.edits.get(version=2).source["body"]
    assert edited.editions.count() == 1


def test_nothing_is_restored_over_a_save_that_was_not_seen(at_desk: Client, edited: Article, ed: User) -> None:
    edited.save_desk(ed, 2, body="<p>Newer.</p>")
    answer = at_desk.post(address(edited, "restore/e1"), {"version": 2}, follow=True)
    assert "Somebody else saved this article" in answer.content.decode()
    edited.refresh_from_db()
    assert edited.body == "<p>Newer.</p>"


@pytest.mark.parametrize(
    ("name", "sent"), [("desk", 2), ("e7", 2), ("x1", 2), ("e1", ""), ("e1", "9" * 400), ("e" + "1" * 50, 2)]
)
def test_junk_restores_nothing(at_desk: Client, edited: Article, name: str, sent: object) -> None:
    assert at_desk.post(address(edited, f"restore/{name}"), {"version": sent}).status_code == 404

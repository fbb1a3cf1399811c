from django.test import Client

from articles.models import Article
from mindspace.accounts.models import User
from tests.articles.admin.conftest import BODY, address, filled_in


def approve(client: Client, article: Article, seen: str | None = None) -> str:
    sent = {"seen": article.state_digest() if seen is None else seen}
    return client.post(address(article, "review/approve"), sent, follow=True).content.decode()


def test_asking_for_review_puts_it_on_the_reviewers_page(at_desk: Client, at_review: Client, ready: Article) -> None:
    title = "“How to sit with a friend” waits for your review"
    assert title not in at_review.get("/admin/").content.decode()
    at_desk.post(address(ready, "review/ask"))
    assert title in at_review.get("/admin/").content.decode()


def test_a_tab_left_open_puts_no_approved_text_up_again(at_desk: Client, at_review: Client, approved: Article) -> None:
    said = at_desk.post(address(approved, "review/ask"), follow=True).content.decode()
    assert "There is no need to ask: a review is on its way, or done." in said
    assert "waits for your review" not in at_review.get("/admin/").content.decode()


def test_a_reviewer_approves_what_was_on_the_page(at_review: Client, ready: Article, rae: User) -> None:
    assert f'value="{ready.state_digest()}"' in at_review.get(address(ready, "review")).content.decode()
    assert "Approved." in approve(at_review, ready)
    assert ready.approval().by == rae


def test_an_edit_between_reading_and_approving_is_told(at_review: Client, ready: Article, ed: User) -> None:
    read = ready.state_digest()
    ready.save_desk(ed, 1, body="<p>Other words.</p>")
    assert "The text changed after you opened it." in approve(at_review, ready, read)
    assert ready.approval() is None


def test_without_a_state_nothing_is_approved(at_review: Client, ready: Article) -> None:
    for seen in ("", "x" * 500, "\x00"):
        approve(at_review, ready, seen)
    assert ready.approval() is None


def test_a_reviewer_who_edited_it_is_told_why_not(at_review: Client, ready: Article, rae: User) -> None:
    ready.save_desk(rae, 1, body="<p>My words.</p>")
    page = at_review.get(address(ready, "review")).content.decode()
    assert "somebody else has to approve it" in page
    assert "I have read it" not in page
    assert "Somebody who did not write or edit this text has to approve it." in approve(at_review, ready)
    assert ready.approval() is None


def test_an_editor_cannot_approve(at_desk: Client, ready: Article) -> None:
    assert at_desk.post(address(ready, "review/approve"), {"seen": ready.state_digest()}).status_code == 403


def test_a_typo_is_seen_at_a_glance(at_desk: Client, at_review: Client, live: Article) -> None:
    """The quick way: save, and the reviewer sees the one word that changed since readers last saw it."""
    at_desk.post(address(live), filled_in(live, body=BODY.replace("right words", "right word")))
    live.refresh_from_db()
    page = at_review.get(address(live, "review")).content.decode()
    assert "What is new since readers last saw it" in page
    assert '<del><span class="visually-hidden">[taken out: </span>words.' in page
    assert "Approved." in approve(at_review, live)


def test_what_readers_see_needs_no_review(at_review: Client, live: Article) -> None:
    page = at_review.get(address(live, "review")).content.decode()
    assert "There is nothing new to review." in page
    assert "<form" not in page.partition('class="desk-page"')[2]


def test_a_staff_of_one_is_told_that_nobody_has_to_approve(at_desk: Client, ready: Article, alone: None) -> None:
    assert "You are a staff of one" in at_desk.get(address(ready, "review")).content.decode()

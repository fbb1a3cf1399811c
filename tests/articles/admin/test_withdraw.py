from datetime import timedelta

from django.test import Client
from django.utils import timezone

from articles.models import Article
from mindspace.accounts.models import User
from tests.articles.admin.conftest import address


def edit_and_publish(article: Article, ed: User, rae: User) -> None:
    article.save_desk(ed, article.version, dek="A second thought.")
    article.approve(rae)
    article.publish(ed)


def test_the_whole_article_is_taken_down_with_a_reason(
    at_desk: Client, live: Article, ed: User, client: Client
) -> None:
    assert b"Readers will see no edition of it" in at_desk.get(address(live, "withdraw")).content
    at_desk.post(address(live, "withdraw"), {"reason": "The number is wrong."})
    withdrawal = live.editions.get().withdrawal
    assert (withdrawal.by, withdrawal.reason) == (ed, "The number is wrong.")
    assert client.get(f"/articles/{live.slug}/").status_code == 410
    page = at_desk.get(address(live, "versions")).content.decode()
    assert "Why it was taken down: The number is wrong." in page
    assert "Taken down" in page


def test_one_edition_is_taken_down_and_the_one_before_is_back(
    at_desk: Client, live: Article, ed: User, rae: User
) -> None:
    edit_and_publish(live, ed, rae)
    assert b"Readers will then see edition 1." in at_desk.get(address(live, "withdraw/2")).content
    at_desk.post(address(live, "withdraw/2"), {"reason": "Not yet."})
    assert live.editions.live().get().number == 1


def test_one_that_is_due_is_canceled(at_desk: Client, approved: Article, ed: User) -> None:
    approved.publish(ed, timezone.now() + timedelta(days=1))
    assert b"Cancel edition 1" in at_desk.get(address(approved, "withdraw/1")).content
    at_desk.post(address(approved, "withdraw/1"), {"reason": "Not ready."})
    assert b"Canceled" in at_desk.get(address(approved, "versions")).content


def test_a_reason_is_asked_for(at_desk: Client, live: Article) -> None:
    for reason in ("", "   ", "x" * 301, "a\x00b"):
        answer = at_desk.post(address(live, "withdraw"), {"reason": reason})
        assert answer.status_code == 400
        assert b"field-error" in answer.content
    assert live.editions.live().exists()


def test_twice_is_told(at_desk: Client, live: Article) -> None:
    for _click in range(2):
        answer = at_desk.post(address(live, "withdraw"), {"reason": "Wrong."}, follow=True)
    assert "There is no edition to take down." in answer.content.decode()


def test_a_reviewer_may_take_down_at_once(at_review: Client, live: Article) -> None:
    at_review.post(address(live, "withdraw"), {"reason": "This could hurt somebody."})
    assert not live.editions.live().exists()


def test_an_edition_that_never_was(at_desk: Client, live: Article) -> None:
    assert at_desk.get(address(live, "withdraw/7")).status_code == 404


def test_it_can_be_published_again_as_it_was(at_desk: Client, live: Article, ed: User) -> None:
    live.withdraw(ed, "Wrong.")
    assert b"desk-form" in at_desk.get(address(live, "publish")).content
    live.publish(ed)
    assert live.editions.live().get().number == 2

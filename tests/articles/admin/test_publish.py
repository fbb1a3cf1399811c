import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Article, Edition
from mindspace.accounts.models import User
from tests.articles.admin.conftest import address

# A Sunday noon in Irving, in winter time.
NOW = datetime(2027, 3, 7, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def winter() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def publish(client: Client, article: Article, **answers: object) -> str:
    sent = {"when": "now", "seen": article.state_digest(), "key": uuid4(), **answers}
    return client.post(address(article, "publish"), sent, follow=True).content.decode()


def later(day: str, clock: str) -> dict[str, str]:
    return {"when": "later", "day": day, "clock": clock}


def test_now(at_desk: Client, approved: Article, ed: User, rae: User, client: Client) -> None:
    assert "Readers see edition 1 now." in publish(at_desk, approved)
    edition = approved.editions.get()
    assert (edition.published_by, edition.approved_by, edition.single_person) == (ed, rae, False)
    assert client.get(f"/articles/{approved.slug}/").status_code == 200


def test_a_second_click_makes_no_second_edition(at_desk: Client, approved: Article) -> None:
    sent = {"when": "now", "seen": approved.state_digest(), "key": uuid4()}
    for _click in range(2):
        assert at_desk.post(address(approved, "publish"), sent).url == address(approved)
    assert approved.editions.count() == 1


def test_later_is_said_in_the_clock_of_the_site(at_desk: Client, approved: Article, client: Client) -> None:
    page = publish(at_desk, approved, **later("2027-03-08", "09:30"))
    assert "Readers see it on Monday, March 8, 2027, 9.30 am (CST)." in page
    assert approved.editions.get().publish_at == datetime(2027, 3, 8, 15, 30, tzinfo=UTC)
    assert client.get(f"/articles/{approved.slug}/").status_code == 404
    with time_machine.travel(NOW + timedelta(days=1)):
        assert client.get(f"/articles/{approved.slug}/").status_code == 200


def test_an_hour_that_the_clocks_skip_is_refused_in_words(at_desk: Client, approved: Article) -> None:
    assert "this time does not exist" in publish(at_desk, approved, **later("2027-03-14", "02:30"))
    assert not approved.editions.exists()
    publish(at_desk, approved, **later("2027-03-14", "03:30"))
    assert approved.editions.get().publish_at == datetime(2027, 3, 14, 8, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_means_the_first(at_desk: Client, approved: Article) -> None:
    publish(at_desk, approved, **later("2027-11-07", "01:30"))
    assert approved.editions.get().publish_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (later("", ""), "Give the day and the time."),
        (later("2027-03-08", ""), "Give the day and the time."),
        (later("2027-03-07", "11:59"), "That time has passed."),
        (later("soon", "09:30"), "Enter a valid date."),
        (later("9999-12-31", "23:59"), "too far off"),
        ({"when": "whenever"}, "Select a valid choice."),
        ({"when": ""}, "This field is required."),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(
    at_desk: Client, approved: Article, answers: dict[str, str], said: str
) -> None:
    assert said in publish(at_desk, approved, **answers)
    assert not approved.editions.exists()


def test_what_is_due_later_is_kept_or_canceled_as_told(at_desk: Client, approved: Article) -> None:
    publish(at_desk, approved, **later("2027-03-08", "09:30"))
    page = at_desk.get(address(approved, "publish")).content.decode()
    assert "Edition 1 is due on Monday, March 8, 2027, 9.30 am" in page
    assert "This field is required." in publish(at_desk, approved)
    publish(at_desk, approved, scheduled="keep")
    due = approved.editions.get(number=1)
    assert not due.is_withdrawn
    publish(at_desk, approved, scheduled="cancel")
    assert due.is_withdrawn
    assert approved.editions.count() == 3


def test_one_that_is_due_sooner_than_the_new_one_is_canceled_too(at_desk: Client, approved: Article) -> None:
    """An edition is due on Wednesday; its correction comes on Friday, and "Cancel it" means the one on Wednesday."""
    publish(at_desk, approved, **later("2027-03-10", "09:30"))
    publish(at_desk, approved, **later("2027-03-12", "09:30"), scheduled="cancel")
    wednesday, friday = approved.editions.order_by("number")
    assert (wednesday.is_withdrawn, friday.is_withdrawn) == (True, False)
    assert not Edition.objects.live(NOW + timedelta(days=4))
    assert Edition.objects.live(NOW + timedelta(days=5)).get() == friday


def test_one_that_is_due_sooner_is_kept_if_told_so(at_desk: Client, approved: Article) -> None:
    publish(at_desk, approved, **later("2027-03-10", "09:30"))
    publish(at_desk, approved, **later("2027-03-12", "09:30"), scheduled="keep")
    assert Edition.objects.live(NOW + timedelta(days=4)).get().number == 1
    assert Edition.objects.live(NOW + timedelta(days=5)).get().number == 2


def test_an_edition_scheduled_meanwhile_is_told_and_asked_about(
    at_desk: Client, approved: Article, ed: User, monkeypatch
) -> None:
    """The form was made before a colleague scheduled one."""
    form = {"when": "now", "seen": approved.state_digest(), "key": uuid4()}
    approved.publish(ed, timezone.now() + timedelta(days=1))
    assert b'name="scheduled"' in at_desk.post(address(approved, "publish"), form).content
    assert approved.editions.count() == 1


def test_an_edit_after_the_page_was_opened_is_told(at_desk: Client, approved: Article, ed: User) -> None:
    seen = approved.state_digest()
    approved.save_desk(ed, 1, dek="Other words.")
    assert "The text changed after you opened it." in publish(at_desk, approved, seen=seen)
    assert not approved.editions.exists()


def test_what_stands_in_the_way_is_listed_with_a_way_there(at_desk: Client, ready: Article, ed: User) -> None:
    ready.save_desk(ed, 1, dek="", body="<p><a href='https://example.org/'>click here</a></p>")
    for page in ("publish", "check"):
        text = at_desk.get(address(ready, page)).content.decode()
        assert "Write a summary" in text
        assert f'href="{address(ready)}#id_dek"' in text
        assert "The link “click here” does not say where it leads." in text
        assert not re.search(r"<form[^>]*desk-form", text)
    assert "need mending before this can be published" in publish(at_desk, ready)


@pytest.mark.parametrize("href", ["/media//x", "/media/../../x"])
def test_no_link_locks_the_pages_of_its_own_article(at_desk: Client, ready: Article, ed: User, href: str) -> None:
    ready.save_desk(ed, 1, body=f'<p><a href="{href}">A walk by the pond</a></p>')
    for page in ("change", "check", "review", "publish"):
        answer = at_desk.get(address(ready, page))
        assert answer.status_code == 200
    assert f"leads nowhere on this site: {href}" in answer.content.decode()


def test_without_approval_it_is_not_published(at_desk: Client, ready: Article) -> None:
    assert (
        "Somebody who did not write it has to approve it first."
        in at_desk.get(address(ready, "publish")).content.decode()
    )
    publish(at_desk, ready)
    assert not ready.editions.exists()


def test_a_staff_of_one_publishes_alone_and_the_edition_says_so(at_desk: Client, ready: Article, alone: None) -> None:
    assert "the edition says so" in at_desk.get(address(ready, "publish")).content.decode()
    publish(at_desk, ready)
    assert ready.editions.get().single_person
    assert "published without a second person" in at_desk.get(address(ready, "versions")).content.decode()


def test_reading_grade_is_advice(at_desk: Client, ready: Article) -> None:
    assert re.search(r"It reads at grade -?[0-9]+\.[0-9]\.", at_desk.get(address(ready, "check")).content.decode())

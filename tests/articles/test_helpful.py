"""Was this helpful? One row per article and day, and nothing about who answered."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Feedback
from mindspace.limits.models import CacheEntry
from tests.articles.writing import published, soon

ADDRESS = "/articles/soup/helpful/"


@pytest.mark.django_db
def test_an_answer_is_counted_and_thanked_for(client: Client) -> None:
    edition = published("Soup")
    for answer in ("yes", "yes", "no"):
        response = client.post(ADDRESS, {"helpful": answer}, follow=True)
        assert response.redirect_chain == [(f"{ADDRESS}thanks/", 302)]
        assert "Thank you" in response.content.decode()
    row = Feedback.objects.get()
    assert (row.article_id, row.day, row.yes, row.no) == (edition.article_id, timezone.localdate(), 2, 1)


@pytest.mark.django_db
def test_a_form_that_is_sent_twice_counts_once(client: Client) -> None:
    published("Soup")
    [key] = re.findall(r'name="form_key" value="([0-9a-f-]{36})"', client.get(ADDRESS).content.decode())
    for answer in ("yes", "yes", "no"):
        response = client.post(ADDRESS, {"helpful": answer, "form_key": key}, follow=True)
        assert "Thank you" in response.content.decode()
    row = Feedback.objects.get()
    assert (row.yes, row.no) == (1, 0)
    [kept] = CacheEntry.objects.values()
    assert kept["expires"] <= timezone.now() + timedelta(days=1)
    assert key not in str(kept)


@pytest.mark.django_db
def test_a_key_that_is_none_is_told(client: Client) -> None:
    published("Soup")
    response = client.post(ADDRESS, {"helpful": "yes", "form_key": "x\x00"})
    assert (response.status_code, Feedback.objects.exists()) == (400, False)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_count_once() -> None:
    article, key = published("Soup").article, uuid4()

    def click(_number: int) -> None:
        Feedback.objects.add_answer(article.pk, helpful=True, key=key)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, range(4)))
    assert Feedback.objects.get().yes == 1


@pytest.mark.django_db
def test_nothing_but_the_count_is_kept() -> None:
    assert {field.name for field in Feedback._meta.get_fields()} == {"id", "article", "day", "yes", "no"}


@pytest.mark.django_db
def test_the_next_day_has_its_own_row(client: Client) -> None:
    published("Soup")
    client.post(ADDRESS, {"helpful": "yes"})
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client.post(ADDRESS, {"helpful": "no"})
    assert list(Feedback.objects.order_by("day").values_list("yes", "no")) == [(1, 0), (0, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer", [{}, {"helpful": ""}, {"helpful": "maybe"}, {"helpful": "yes\x00"}, {"helpful": "y" * 9000}]
)
def test_no_answer_is_asked_for_again(client: Client, answer: dict[str, str]) -> None:
    published("Soup")
    response = client.post(ADDRESS, {**answer, "filler": "x"})
    assert response.status_code == 400
    assert b"error-summary" in response.content
    assert not Feedback.objects.exists()


@pytest.mark.django_db
def test_a_form_is_kept_by_nobody(client: Client) -> None:
    published("Soup")
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused() -> None:
    published("Soup")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, {"helpful": "yes"}).status_code == 403
    assert not Feedback.objects.exists()


@pytest.mark.django_db
def test_one_visitor_cannot_flood_it(client: Client) -> None:
    published("Soup")
    codes = [client.post(ADDRESS, {"helpful": "no"}).status_code for _ in range(21)]
    assert codes == [302] * 20 + [429]
    assert Feedback.objects.get().no == 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/articles/later/helpful/", "/articles/nowhere/helpful/", "/articles/later/helpful/thanks/"]
)
def test_what_nobody_can_read_nobody_can_rate(client: Client, address: str) -> None:
    published("Later", at=soon())
    assert client.get(address).status_code == 404
    assert client.post(address, {"helpful": "yes"}).status_code in (404, 405)
    assert not Feedback.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_answers_at_the_same_moment_are_all_counted() -> None:
    article = published("Soup").article
    start = threading.Barrier(8)

    def answer() -> None:
        start.wait()
        for _ in range(5):
            Feedback.objects.add_answer(article.pk, helpful=True)
        connection.close()

    threads = [threading.Thread(target=answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Feedback.objects.get().yes == 40

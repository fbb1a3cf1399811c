import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from mindspace.limits.models import CacheEntry, Count, Exceeded, hit
from mindspace.limits.tasks import forget

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_so_often_and_no_more() -> None:
    with time_machine.travel(NOON, tick=False):
        assert [bool(hit("knock", "ana", limit=2, per=HOUR)) for _try in range(3)] == [True, True, False]


@pytest.mark.django_db
def test_it_says_how_long_to_wait_and_then_lets_in_again() -> None:
    with time_machine.travel(NOON, tick=False):
        hit("knock", "ana", limit=1, per=HOUR)
    with time_machine.travel(NOON + timedelta(minutes=50), tick=False):
        assert hit("knock", "ana", limit=1, per=HOUR) == Exceeded(retry_after=600)
    with time_machine.travel(NOON + HOUR, tick=False):
        assert hit("knock", "ana", limit=1, per=HOUR) is True


@pytest.mark.django_db
def test_others_and_other_things_have_their_own_count() -> None:
    assert hit("knock", "ana", limit=1, per=HOUR)
    assert hit("knock", "ben", limit=1, per=HOUR)
    assert hit("ring", "ana", limit=1, per=HOUR)
    assert not hit("knock", "ana", limit=1, per=HOUR)


@pytest.mark.django_db
def test_nobody_is_recognizable_not_even_from_day_to_day() -> None:
    for day in range(2):
        with time_machine.travel(NOON + timedelta(days=day)):
            hit("knock", "203.0.113.9", limit=1, per=HOUR)
    assert Count.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(c::text, ' ') FROM limits_count c")
        [rows] = cursor.fetchone()
    assert "203.0.113.9" not in rows
    assert b"203.0.113.9".hex() not in rows


@pytest.mark.django_db
def test_any_text_can_be_a_key() -> None:
    for key in ("", "\0", "x" * 100_000, "ünï"):
        assert hit("knock", key, limit=1, per=HOUR)


@pytest.mark.django_db(transaction=True)
def test_a_race_lets_exactly_so_many_through() -> None:
    start = threading.Barrier(8)
    allowed: list[bool] = []

    def knock() -> None:
        start.wait()
        allowed.extend(bool(hit("knock", "ana", limit=10, per=HOUR)) for _try in range(10))
        connections.close_all()

    threads = [threading.Thread(target=knock) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(allowed), sum(allowed)) == (80, 10)


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(hours=2)):
        hit("knock", "ana", limit=1, per=HOUR)
    hit("knock", "ben", limit=1, per=HOUR)
    CacheEntry.objects.create(cache_key="old", value="", expires=now - HOUR)
    CacheEntry.objects.create(cache_key="new", value="", expires=now + HOUR)
    forget(0)
    assert Count.objects.count() == 1
    assert [entry.cache_key for entry in CacheEntry.objects.all()] == ["new"]

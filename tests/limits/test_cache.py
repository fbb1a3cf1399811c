"""Django's cache, as allauth counts in it."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from mindspace.limits.models import CacheEntry


@pytest.mark.django_db
def test_it_keeps_and_forgets() -> None:
    cache.set("a", [1, 2], 60)
    assert cache.get("a") == [1, 2]
    cache.delete("a")
    assert cache.get("a") is None


@pytest.mark.django_db
def test_add_wins_once_until_the_time_is_over() -> None:
    assert cache.add("lock", 1, 60)
    assert not cache.add("lock", 2, 60)
    assert cache.get("lock") == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert cache.add("lock", 3, 60)
        assert cache.get("lock") == 3


@pytest.mark.django_db
def test_touch() -> None:
    cache.set("a", 1, 1)
    assert cache.touch("a", 600)
    assert not cache.touch("b", 600)
    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        assert cache.get("a") == 1


@pytest.mark.django_db
def test_a_flood_does_not_wash_out_a_count() -> None:
    cache.set("mine", 5, 600)
    for number in range(400):
        cache.set(f"flood {number}", 1, 600)
    assert cache.get("mine") == 5


@pytest.mark.django_db
def test_the_table_names_nobody() -> None:
    cache.set("allauth:rl:login:ip:203.0.113.9", [1.0], 60)
    assert "203.0.113.9" not in CacheEntry.objects.get().cache_key


@pytest.mark.django_db(transaction=True)
def test_one_of_many_wins_even_an_expired_entry() -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        cache.set("lock", 0, 1)
    start = threading.Barrier(8)
    wins: list[bool] = []

    def grab() -> None:
        start.wait()
        wins.append(cache.add("lock", 1, 60))
        connections.close_all()

    threads = [threading.Thread(target=grab) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wins) == 1

"""`python -m bench.asking COUNT ADDRESS`: fills the site with groups, asks, and prints the times as JSON.

In a process of its own, because Django must be set up for one site before its models can be imported.
"""

from bench import ready  # noqa: F401 - first

import json
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from bench import directory, site
from groups import finding
from groups.asked import understand
from groups.forms import FindForm
from groups.indexing import refresh
from groups.models import Group

ROUNDS = 200
CLIENTS = 8
TOWNS = ("75038", "10001", "60614", "90011", "77002", "33101", "98101", "80202", "30303", "59718", "04401", "85001")
QUESTIONS: dict[str, dict[str, str]] = {
    "near me": {"near": "*"},
    "near me, a day and a kind": {"near": "*", "day": "tue", "kind": "peer"},
    "near me, and a word": {"near": "*", "q": "grief"},
    "a word only": {"q": "anxiety"},
    "a rare audience": {"audience": directory.RARE},
    "online next": {"how": "online"},
    "two words, the whole country": {"q": "harbor lantern"},
}


def main(count: int, address: str) -> None:
    begun = time.monotonic()
    directory.build(count)
    sys.stderr.write(f"{count:,} groups made in {time.monotonic() - begun:.0f} s\n")
    page = fetching(address)
    taken = {f"{name}, in the database": in_database(asking(question)) for name, question in QUESTIONS.items()}
    taken["the page through gunicorn"] = times(page)
    taken[f"the page, {CLIENTS} at once"] = at_once(page)
    with writing():
        taken["the page, while groups are written"] = times(page)
    sys.stdout.write(json.dumps({name: [statistics.median(each), p95(each)] for name, each in taken.items()}))


def p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95) - 1]


def times(act: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """How many milliseconds each of `rounds` calls takes, after a few that warm up."""
    for _ in range(5):
        act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def in_database(act: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """How many milliseconds of each call the database took. What is done with the rows counts in the pages' figures."""
    spent = 0.0

    def clock(execute: Callable[..., object], *said: object) -> object:
        nonlocal spent
        begun = time.perf_counter()
        try:
            return execute(*said)
        finally:
            spent += (time.perf_counter() - begun) * 1000

    taken = []

    def measured() -> None:
        nonlocal spent
        spent = 0.0
        with connection.execute_wrapper(clock):
            act()
        taken.append(spent)

    times(measured, rounds)
    return taken[-rounds:]


def asking(question: dict[str, str]) -> Callable[[], object]:
    """The question, near another town each time, down to the groups that a result shows."""

    def ask() -> object:
        asked = {name: random.choice(TOWNS) if value == "*" else value for name, value in question.items()}  # noqa: S311
        form = FindForm(asked)
        assert form.is_valid(), form.errors
        return finding.find(understand(form))

    return ask


def fetching(address: str) -> Callable[[], object]:
    """The whole page, as a browser asks for it."""

    def fetch() -> object:
        query = urllib.parse.urlencode({"near": random.choice(TOWNS), "day": "tue"})  # noqa: S311
        with urllib.request.urlopen(f"{address}/groups/?{query}", timeout=30) as answer:
            return answer.read()

    return fetch


def at_once(act: Callable[[], object]) -> list[float]:
    taken: list[float] = []

    def client() -> None:
        taken.extend(times(act, ROUNDS // 4))

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


@contextmanager
def writing() -> Iterator[None]:
    """Groups are changed and their search rows made anew, as fast as it goes, in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "bench.asking", "write"], cwd=site.ROOT)
    time.sleep(2)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def write_on() -> None:
    """Until it is ended."""
    ids = list(Group.objects.values_list("pk", flat=True)[:20_000])
    while True:
        chosen = random.sample(ids, 100)
        Group.objects.filter(pk__in=chosen).update(alert="New room")
        refresh(chosen)


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write_on()
    main(int(sys.argv[1]), sys.argv[2])

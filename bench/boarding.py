"""`python -m bench.boarding COUNT ADDRESS`: fills the board, asks it, and prints the times as JSON.

In a process of its own, because Django must be set up for one site before its models can be imported.
"""

from bench import ready  # noqa: F401 - first

import json
import random
import statistics
import sys
import time
import urllib.parse
import urllib.request
from datetime import date
from typing import Any
from collections.abc import Callable
from itertools import count as counting

from django.conf import settings
from django.test import Client
from django.utils import timezone

from bench import neighbors
from bench.asking import ROUNDS, TOWNS, in_database, p95, times
from mindspace.accounts.models import User
from mutualaid.board import find
from mutualaid.forms import BoardForm
from mutualaid.matching import helpers_for
from mutualaid.models import Post, Response
from mutualaid.models.post_fields import MOST_SLOTS

QUESTIONS: dict[str, dict[str, str]] = {
    "the board": {},
    "requests for rides": {"kind": "request", "category": "rides"},
    "ending soon": {"sort": "ending"},
    "near me": {"near": "*"},
    "near me, and a word": {"near": "*", "q": "garden"},
    "a word": {"q": "garden"},
    "two words of a kind, in person": {"q": "harbor lantern", "kind": "offer", "how": "nearby"},
}

PAGES = {"the board": "/mutual-aid/", "their own": "/my/", "what they could help with": "/mutual-aid/could-help/"}
MANY = 100_000  # posts: of their authors, who are fewer, some live near any town

HELP: dict[str, dict[str, Any]] = {
    "groceries near": {"category": "groceries", **neighbors.IRVING},
    "a ride near, of those vouched for": {"category": "rides", **neighbors.IRVING},
    "listening by phone": {"category": "listening", "remote": True},
    "listening by phone, in Spanish": {"category": "listening", "remote": True, "languages": ["es"]},
}


def main(count: int, address: str) -> None:
    begun = time.monotonic()
    member = neighbors.build(count)
    sys.stderr.write(f"{count:,} posts made in {time.monotonic() - begun:.0f} s\n")
    acts = {name: asking(question, member) for name, question in QUESTIONS.items()}
    acts["a new post, sent in"] = posting(member)
    acts["a yes to an answer"] = saying_yes(member)
    for name, fields in HELP.items():
        acts[f"who may help: {name}"] = matching_for(member, fields, few=count < MANY)
    taken = {f"{name}, in the database": in_database(act) for name, act in acts.items()}
    taken["the page of the board through gunicorn"] = times(fetching(address))
    neighbor = User.objects.filter(posts__state="open", responses__state="finished")[0]  # with as much as people have
    for name, path in PAGES.items():
        taken[f"the page of {name}, signed in"] = times(visiting(neighbor, address, path), rounds=100)
    moderator = User.objects.create_superuser("bench@example.net")
    taken["the page of what waits longest"] = times(visiting(moderator, address, "/mutual-aid/waiting/"), rounds=50)
    sys.stdout.write(json.dumps({name: [statistics.median(each), p95(each)] for name, each in taken.items()}))


def asking(question: dict[str, str], member: User) -> Callable[[], object]:
    def ask() -> object:
        said = {name: random.choice(TOWNS) if value == "*" else value for name, value in question.items()}  # noqa: S311
        form = BoardForm(said)
        assert form.is_valid(), form.errors
        return find(form.asked(), member)

    return ask


def posting(member: User) -> Callable[[], object]:
    numbers = counting()

    def post() -> object:
        made = Post.objects.create(
            author=member, category="errands", title=f"Bench {next(numbers)}", words="A few words.", remote=True
        )
        made.submit()
        return made

    return post


def opened(member: User, **fields: Any) -> Post:
    """A request on the board, as one that a moderator has looked at."""
    made = Post.objects.create(author=member, title="Bench", words="A few words.", **fields)
    Post.objects.filter(pk=made.pk).update(state="open", opened_at=timezone.now(), ends_on=date(9999, 1, 1))
    made.refresh_from_db()
    return made


def saying_yes(member: User) -> Callable[[], object]:
    """Each time to another answer, which was written beforehand; each takes one of twenty chairs."""
    known = member.blocks.values("blocked")
    helpers = User.objects.filter(profile__is_adult=True).exclude(pk=member.pk).exclude(pk__in=known)[: ROUNDS + 5]
    answers: list[Response] = []
    for chair, helper in enumerate(helpers):
        if chair % MOST_SLOTS == 0:
            made = opened(member, category="errands", remote=True, slots=MOST_SLOTS)
        answers.append(Response.objects.send_in(None, made, helper, "I can come."))
    return lambda: answers.pop().accept()


def matching_for(member: User, fields: dict[str, Any], few: bool) -> Callable[[], object]:
    made = opened(member, **fields)

    def match() -> object:
        found = helpers_for(made, member)
        assert found or (few and not made.remote), fields  # near one place, a small board may have nobody
        return found

    return match


def fetching(address: str) -> Callable[[], object]:
    """The whole page, as a visitor's browser asks for it."""

    def fetch() -> object:
        query = urllib.parse.urlencode({"near": random.choice(TOWNS), "kind": "request"})  # noqa: S311
        with urllib.request.urlopen(f"{address}/mutual-aid/?{query}", timeout=30) as answer:
            return answer.read()

    return fetch


def visiting(member: User, address: str, path: str) -> Callable[[], object]:
    client = Client(HTTP_HOST=urllib.parse.urlsplit(address).netloc)
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])

    def visit() -> object:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.content

    return visit


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

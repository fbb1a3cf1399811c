"""Canaries: what is private is planted once, under words nothing else has, and looked for at every address of the site.

The addresses are read from the map of the site, so that a new one is asked, too. `MAY` says who may read which.
"""

import html
import json
import logging
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import get_resolver

from mindspace.accounts import leaving
from mindspace.accounts.models import ContactDetail, PhoneMember, User
from mindspace.accounts.models.kept_out import digest_of
from mindspace.moderation import queue
from mindspace.moderation.models import Sanction
from mutualaid.models import Post, Response, ResponseReport
from tests.accounts.test_access import addresses
from tests.mutualaid.cast import client_of
from tests.planting import People, plant
from tests.walk import STAND_INS, filled, names_in, text_of

pytestmark = pytest.mark.django_db

ROLES = ("nobody", "alice", "bob", "carol", "dora", "eve", "max", "mia", "pam", "ed", "sue")  # see tests/planting.py
MODERATE = {"max", "mia", "pam", "sue"}
MEMBERS = set(ROLES) - {"nobody"}
MAY: dict[str, set[str]] = {
    "canary-sign-in@example.org": {"alice", "sue"},  # who looks after accounts
    "canary-contact@example.net": {"alice"},
    "2145550188": {"alice"},  # a phone of hers that she shows nobody
    "2145550166": {"alice", "bob"},  # and one that she shows to Bob
    "76052": {"alice"},  # where she lives: others are told the town
    "31.97": {"alice"},  # hours she can give
    "canary-availability": {"alice"},
    "Quillcanary": MEMBERS - {"dora"},  # her name
    "canary-draft, 12 Elm Street": {"alice"},
    "canary-held-words": {"alice"} | MODERATE,
    "canary-removed-words": {"alice"} | MODERATE,
    "canary-vouched-words": {"alice", "bob"} | MODERATE,
    "canary-members-words": MEMBERS - {"dora"},
    "canary-answer-of-bob": {"alice", "bob", "mia"},  # Mia has said why she reads what they write to each other
    "canary-answer-of-carol": {"alice", "carol"},
    "canary-answer-of-pam": {"alice", "pam"},
    "canary-answer-of-rosa": {"alice"} | MODERATE,  # who is helped by phone
    "canary-line": {"alice", "bob", "mia"},
    "canary-held-line": {"alice"} | MODERATE,
    "canary-refused-line": {"alice"} | MODERATE,
    "canary-note-about-the-post": MODERATE - {"pam"},  # who answered it
    "canary-note-about-alice": MODERATE,
    "canary-note-about-bob": MODERATE,
    "canary-note-about-pam": MODERATE - {"pam"},
    "canary-note-to-be-vouched": MODERATE,
    "canary-reason-to-read": set(),
    "canary-decision": MODERATE,
    "canary-sanction": {"eve"} | MODERATE,
    "canary-appeal": MODERATE - {"max"},  # who decided what it is about
    "canary-consent": MODERATE,  # to what they act for her
    "canary-banned@example.org": set(),
    digest_of("canary-banned@example.org"): MODERATE,  # from which nobody can read the address
}
QUERIES = {
    "/search/": ("q=canary", "q=quillcanary"), "/mutual-aid/": ("q=canary", "near=75038", "near=Haslet"),
    "/groups/": ("q=canary",), "/admin/accounts/user/": ("q=canary",), "/moderation/": (f"skip={STAND_INS['uuid']}",),
}  # fmt: skip


@pytest.fixture(scope="module")
def planted(once_for_all: None) -> tuple[People, list[Any]]:
    """The people, and the mails that were sent meanwhile."""
    mail.outbox.clear()
    return plant(), mail.outbox[:]


@pytest.fixture
def world(planted: tuple[People, list[Any]]) -> People:
    return deepcopy(planted[0])


def known() -> Any:
    return User.objects.filter(display_name__in=("Quillcanary", "Eve"))


# What stands for the parts in angle brackets: everything of the kind that the address begins with.
ROWS: dict[str, Callable[[], Any]] = {
    "mutual-aid/by-phone/": lambda: [
        {"member": PhoneMember.objects.get().pk, "pk": row.pk} for row in (*Post.objects.all(), *Response.objects.all())
    ],
    "mutual-aid/answers/": Response.objects.all,
    "mutual-aid/thread-reports/": ResponseReport.objects.all,
    "mutual-aid/": lambda: [{"pk": row.pk, "step": step} for row in Post.objects.all() for step in ("what", "who")],
    "moderation/people/": known,
    "moderation/sanctions/": Sanction.objects.all,
    "moderation/": lambda: [
        {"name": kind.name, "pk": row.pk} for kind in queue.every() for row in kind.model.objects.all()
    ],
    "my/standing/report/": known,
    "accounts/people/": known,
    "accounts/contact/": ContactDetail.objects.all,
}
# Nothing of members is there: it is enough that a visitor, a member and whoever may do everything come by.
BESIDE = ("admin/articles/", "admin/groups/", "admin/mindspace_site/", "articles/", "hsds/")
LEFT_OUT = ("leave/", "accounts/logout/", "admin/logout/")  # they sign out


def rows_for(address: str) -> list[dict[str, object]]:
    if not names_in(address):
        return [{}]
    if address.startswith("admin/accounts/user/"):
        return [{"object_id": row.pk} for row in known()]
    if "<path:object_id>" in address:
        _admin, app, model, *_rest = address.split("/")
        rows = apps.get_model(app, model)._base_manager.all()[:2] if model in apps.all_models[app] else []
        return [{"object_id": row.pk} for row in rows] or [{}]
    found = next((rows() for start, rows in ROWS.items() if address.startswith(start)), [])
    return [row if isinstance(row, dict) else {"pk": row.pk} for row in found] or [{}]


def paths(role: str) -> Iterator[str]:
    left_out = LEFT_OUT if role in ("nobody", "alice", "sue") else (*LEFT_OUT, *BESIDE)
    for address in addresses(get_resolver().url_patterns):
        if "^" in address or "(?P" in address or address.startswith(left_out):
            continue
        for path in filled(address, rows_for(address)):
            yield path
            yield from (f"{path}?{query}" for query in QUERIES.get(path, ()))


def canaries_in(text: str) -> set[str]:
    plain = html.unescape(text)
    digits = re.sub(r"[\s().\u2010-\u2015-]", "", plain)
    return {canary for canary in MAY if canary in (digits if canary.isdecimal() else plain)}


def seen_by(role: str, client: Client) -> dict[str, str]:
    """Each canary that they come upon, with the first address that told it."""
    found: dict[str, str] = {}
    for path in paths(role):
        answer = client.get(path)
        assert answer.status_code < 500, path
        for canary in canaries_in(text_of(answer)) - canaries_in(path):  # what they asked with, they have
            found.setdefault(canary, path)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_each_reads_at_every_address_what_they_may_and_nothing_else(world: People, role: str) -> None:
    seen = seen_by(role, client_of(world.get(role)))
    may = {canary for canary, roles in MAY.items() if role in roles}
    assert {canary: path for canary, path in seen.items() if canary not in may} == {}
    assert may - set(seen) == set()  # so that the walk comes by where they are


def test_no_mail_holds_any(planted: tuple[People, list[Any]]) -> None:
    mails = planted[1]
    assert len(mails) > 5
    for sent in mails:
        raw = sent.message()
        del raw["To"]
        assert canaries_in(f"{raw} {sent.body}") == set()


def test_no_export_of_somebody_else_holds_any(world: People) -> None:
    wrote = {"bob": {"canary-answer-of-bob", "canary-note-about-the-post", "canary-note-about-alice"},
             "carol": {"canary-answer-of-carol"}, "pam": {"canary-answer-of-pam"},
             "eve": {"canary-sanction", "canary-appeal"}}  # fmt: skip
    for name in set(world) - {"alice"}:
        told = canaries_in(json.dumps(leaving.everything(world[name]), default=str))
        assert told == wrote.get(name, set()), name


def test_what_goes_wrong_tells_none(world: People, caplog: pytest.LogCaptureFixture) -> None:
    """The pages 400, 403, 404, 429 and 500, and what is logged of them."""
    caplog.set_level(logging.DEBUG)
    public = Post.objects.get(title="For everybody")
    here, answer = public.get_absolute_url(), Response.objects.get(by=world["bob"]).get_absolute_url()
    strict, bob, carol = Client(enforce_csrf_checks=True), client_of(world["bob"]), client_of(world["carol"])
    strict.force_login(world["bob"])
    pages = [carol.get(answer), carol.post(answer, {"words": "x"}), strict.post(answer, {"words": "canary-line"})]
    pages += [bob.post(f"{here}report/", {"reason": "other"}) for _time in range(30)]
    bob.raise_request_exception = False
    with mock.patch("mutualaid.views.board.get_object_or_404", side_effect=ValueError("canary-line")):
        pages.append(bob.get(here))
    assert {404, 403, 429, 500} <= {page.status_code for page in pages}
    for page in pages:
        assert "canary-line" not in text_of(page)
    assert canaries_in("\n".join(record.getMessage() for record in caplog.records)) == set()

"""A form filled in as it should be, sent by somebody who may not: it is refused as an empty one is, and writes nothing.

The same form, sent by somebody who may, writes something: so it was filled in well.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from mindspace.moderation.forms import GentleTrapForm
from mutualaid.models import Post, Response
from tests.mutualaid.access.cases import CASES, World
from tests.mutualaid.access.table import NOWHERE, TABLE, path_of
from tests.mutualaid.cast import again, client_of, form_data, grown_up

pytestmark = pytest.mark.django_db
APPS = ("mutualaid", "moderation", "accounts", "notifications", "circles", "timebank")


def test_no_form_is_missing() -> None:
    assert set(CASES) == {address for address, (_gets, posts) in TABLE.items() if posts != NOWHERE}


def everything() -> dict[str, list[str]]:
    models = [model for model in apps.get_models() if model._meta.app_label in APPS]
    return {model._meta.label: sorted(repr(row) for row in model._base_manager.values_list()) for model in models}


@pytest.mark.parametrize("address", CASES)
def test_a_form_filled_in_well_is_for_those_who_may(
    clients: list[Client], made: Post, answer: Response, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    case, carol = CASES[address], grown_up("carol")
    world = World(made, answer, carol, path_of(address, made, answer))
    everybody = [*clients, client_of(carol)]
    case.before(world)
    first = everybody[case.may[0]]
    body = form_data(first.get(world.path).content) if case.has_page else {}
    body |= {"filler": "x", **case.says(world)}
    monkeypatch.setattr(GentleTrapForm, "QUICKEST", timedelta(0))  # nobody here takes a while to write
    before = everything()
    for role, client in enumerate(everybody):
        if role in case.may:
            continue
        sent = client.post(world.path, body)
        refused = sent.status_code in (403, 404) or (
            sent.status_code == 302 and sent["Location"].startswith("/accounts/")
        )
        assert refused, (role, sent.status_code)
        assert everything() == before, role
    assert again(first).post(world.path, body).status_code in (200, 302)
    assert everything() != before

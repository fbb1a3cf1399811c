"""Addresses of whoever was answered go a month later, whatever they had sent in."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django import app

from groups.models import Suggestion
from mindspace.moderation import queue
from mindspace.moderation.models import VouchRequest
from mindspace.moderation.tasks import forget
from mutualaid.models import HeldPost
from tests.groups.cast import group, max_, person
from tests.mutualaid.cast import alice, draft

pytestmark = pytest.mark.django_db


def test_it_runs_by_itself() -> None:
    names = {periodic.task.name for periodic in app.periodic_registry.periodic_tasks.values()}
    assert "moderation.forget" in names


def test_every_kind_forgets() -> None:
    draft(alice()).submit()
    VouchRequest.objects.ask(person("bob"), "")
    suggestion = Suggestion(group=group(), changes={"group": {}, "meetings": {}}, state="waiting")
    suggestion.email = "vic@example.net"
    suggestion.save()
    moderator = max_()
    kept = (HeldPost, VouchRequest, Suggestion)
    for model in kept:
        row = model.objects.get()
        row.decide(moderator, "refuse", "No.")
        assert row.sealed_email
    for days, is_kept in ((29, True), (31, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            forget(0)
            forget(0)
        assert [bool(model.objects.get().sealed_email) for model in kept] == [is_kept] * 3


def test_no_kind_is_left_out() -> None:
    assert {kind.model for kind in queue.every()} >= {HeldPost, VouchRequest, Suggestion}

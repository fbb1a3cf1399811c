"""What the worker does for listings, by day and by night. All of it may run twice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django import app

from groups import waiting
from groups.models import Claim, OrganizerLink, SearchRow, Sighting, Suggestion
from groups.tasks import advance, forget
from mindspace.admin import today
from mindspace.moderation import tasks as moderation
from mindspace.moderation.models import Verdict
from tests.groups.cast import group, max_, olga, person

pytestmark = pytest.mark.django_db


def test_they_run_by_themselves() -> None:
    names = {periodic.task.name: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}
    assert names["groups.ask_organizers"] == "10 15 * * *"
    assert {"groups.forget", "groups.advance", "groups.learn_names"} <= set(names)


def test_addresses_links_and_sayings_go_when_their_time_is_over() -> None:
    made, moderator = group(), max_()
    claim = Claim.objects.send_in(None, made, "moderator", "vic@example.net")
    claim.confirm()
    claim.decide(moderator, Verdict.REFUSE, "No.")
    Suggestion.objects.send_in(None, "vic@example.net", group=made, changes={})
    OrganizerLink.objects.mail("groups/mail/organizer_link", made, "olga@example.net", olga(made))
    Sighting.objects.say(made, was_on=True, key=None)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        forget(timestamp=0)
    assert (Suggestion.objects.count(), OrganizerLink.objects.count(), Sighting.objects.count()) == (1, 1, 1)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        for _twice in range(2):
            forget(timestamp=0)
            moderation.forget(timestamp=0)
    assert (Suggestion.objects.count(), OrganizerLink.objects.count(), Sighting.objects.count()) == (0, 0, 0)
    claim.refresh_from_db()
    assert (claim.email, claim.token_hash, claim.state) == ("", None, "refused")


def test_the_next_meeting_is_found_anew_when_one_is_over() -> None:
    made = group()
    row = SearchRow.objects.get(group=made)
    first = row.next_start.starts_at
    with time_machine.travel(first + timedelta(days=1)):
        for _twice in range(2):
            advance(timestamp=0)
    assert SearchRow.objects.get(group=made).next_start.starts_at - first in (
        timedelta(days=7), timedelta(days=7, hours=1), timedelta(days=7, hours=-1),
    )  # fmt: skip


def test_the_first_page_of_staff_says_what_waits() -> None:
    moderator = max_()
    assert not [row for row in today.rows_for(moderator) if row.url == "/moderation/"]
    claim = Claim.objects.send_in(None, group(), "moderator", "vic@example.net")
    claim.confirm()
    assert [row.label for row in waiting.in_the_queue(moderator)] == ["1 thing waits in the queue"]
    assert "/moderation/" in {row.url for row in today.rows_for(moderator)}
    assert "/moderation/" not in {row.url for row in today.rows_for(person("ed", "Editor"))}

"""What keeps a listing fresh, on a clock that stands still and jumps, across the change to summer time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from groups.models import Group, OrganizerLink, Question
from groups.tasks import ask_organizers
from tests.groups.cast import group, links, olga

pytestmark = pytest.mark.django_db
# 120 days later clocks have gone forward in Texas (on March 8, 2026), and 365 days later back again.
BEGAN = datetime(2025, 12, 1, 4, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def asked(on: datetime) -> int:
    """How many mails the daily job sends then; it runs twice, as it may."""
    before = len(mail.outbox)
    with time_machine.travel(on, tick=False):
        ask_organizers(timestamp=0)
        ask_organizers(timestamp=0)
    return len(mail.outbox) - before


def test_it_is_asked_at_120_days_and_14_and_28_days_later_and_no_more() -> None:
    olga(group(confirmed_at=BEGAN))
    days = [day for day in range(365) if asked(BEGAN + day * DAY + timedelta(hours=1))]
    assert days == [120, 134, 148]


def test_not_a_minute_before() -> None:
    olga(group(confirmed_at=BEGAN))
    assert asked(BEGAN + 120 * DAY - timedelta(minutes=1)) == 0
    assert asked(BEGAN + 120 * DAY) == 1


def test_a_job_that_slept_for_a_month_asks_once() -> None:
    olga(group(confirmed_at=BEGAN))
    assert [asked(BEGAN + day * DAY) for day in (150, 151, 200)] == [1, 0, 0]


def test_every_organizer_is_asked_and_without_one_the_listings_own_address() -> None:
    olga(group(confirmed_at=BEGAN, public_email="tea@example.net"))
    group("Other", confirmed_at=BEGAN, public_email="other@example.net")
    group("Nobody", confirmed_at=BEGAN)
    group("Imported", confirmed_at=BEGAN, confirmed_by="source", public_email="imported@example.net")
    asked(BEGAN + 120 * DAY)
    assert sorted(message.to[0] for message in mail.outbox) == ["olga@example.net", "other@example.net"]
    assert Question.objects.count() == 2


def test_yes_begins_the_count_anew(client: Client) -> None:
    made = group(confirmed_at=BEGAN)
    olga(made)
    asked(BEGAN + 134 * DAY)
    with time_machine.travel(BEGAN + 135 * DAY, tick=False):
        assert client.get(links()[0]).status_code == 200
        made.refresh_from_db()
        assert made.confirmed_at == BEGAN  # only the button says yes
        assert client.post(links()[0], {"answer": "yes"}).status_code == 200
    made.refresh_from_db()
    assert (made.confirmed_at, made.confirmed_by) == (BEGAN + 135 * DAY, "organizer")
    assert [day for day in range(136, 300) if asked(BEGAN + day * DAY)] == [255, 269, 283]


def test_edit_opens_the_listing_without_signing_in(client: Client) -> None:
    olga(group(confirmed_at=BEGAN))
    asked(BEGAN + 120 * DAY)
    with time_machine.travel(BEGAN + 150 * DAY, tick=False):
        assert client.post(links()[0], {"answer": "edit"}).url == "/groups/tea-and-talk/keep/"
        assert client.get("/groups/tea-and-talk/keep/").status_code == 200


def test_closed_takes_it_out_of_sight(client: Client) -> None:
    made = group(confirmed_at=BEGAN)
    olga(made)
    asked(BEGAN + 120 * DAY)
    with time_machine.travel(BEGAN + 121 * DAY, tick=False):
        client.post(links()[0], {"answer": "closed"})
        assert client.get("/groups/tea-and-talk/").status_code == 404
        assert client.post(links()[0], {"answer": "yes"}).status_code == 404
    made.refresh_from_db()
    assert made.status == "closed"


@pytest.mark.parametrize("answer", ["", "burn", "yes\x00", "y" * 9000])
def test_an_answer_that_is_none_changes_nothing(client: Client, answer: str) -> None:
    olga(group(confirmed_at=BEGAN))
    asked(BEGAN + 120 * DAY)
    with time_machine.travel(BEGAN + 121 * DAY, tick=False):
        assert client.post(links()[0], {"answer": answer}).status_code == 400


def test_the_question_opens_nothing_but_itself(client: Client) -> None:
    olga(group(confirmed_at=BEGAN))
    asked(BEGAN + 120 * DAY)
    token = links()[0].split("/")[-2]
    with time_machine.travel(BEGAN + 121 * DAY, tick=False):
        assert client.get(f"/groups/organizers/{token}/").status_code == 404


def test_the_link_ends_after_90_days(client: Client) -> None:
    olga(group(confirmed_at=BEGAN))
    asked(BEGAN + 120 * DAY)
    with time_machine.travel(BEGAN + 210 * DAY, tick=False):
        assert client.get(links()[0]).status_code == 404
    assert OrganizerLink.objects.exists()


def test_stale_at_180_and_hidden_at_365_days() -> None:
    made = group(confirmed_at=BEGAN)
    seen = {}
    for days in (179, 180, 364, 365):
        with time_machine.travel(BEGAN + days * DAY, tick=False):
            seen[days] = (made.is_stale(), Group.objects.listed().filter(pk=made.pk).exists())
    assert seen == {179: (False, True), 180: (True, True), 364: (True, True), 365: (True, False)}


def test_a_listing_that_nobody_sees_is_not_asked_about() -> None:
    olga(group(confirmed_at=BEGAN, status="closed"))
    olga(group("Example", confirmed_at=BEGAN, is_example=True))
    assert asked(BEGAN + 120 * DAY) == 0

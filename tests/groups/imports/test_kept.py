"""What people change here stays as they left it, whatever the feed says next."""

from typing import Any

import pytest
from django.test import Client

from groups.models import Group, MeetingSchedule, Place, Topic
from groups.models.standing import recorded
from tests.groups.cast import client_of, form_data, max_
from tests.groups.imports.conftest import counts, row, rows

pytestmark = pytest.mark.django_db


def hide(place: Place) -> None:
    """As staff do it in the admin."""
    boss = max_()
    page = f"/admin/groups/place/{place.pk}/change/"
    answer = client_of(boss).post(page, form_data(client_of(boss).get(page).content, publicity="on_request"))
    assert answer.status_code == 302


def test_a_place_that_staff_hid_stays_hidden(take: Any, client: Client) -> None:
    take(row(notes="a"), *rows(5))
    hide(Group.objects.get(slug="tea").schedules.get().place)
    run = take(row(notes="b"), *rows(5))
    assert counts(run) == {"unchanged": 5, "aside": 1}
    assert "100 Quiet Lane" not in client.get("/groups/tea/").content.decode()


def test_a_source_never_shows_more_of_a_place_than_is_shown(take: Any) -> None:
    """Where nothing in the history tells who hid it, too."""
    take(row(), *rows(5))
    schedule = Group.objects.get(slug="tea").schedules.get()
    with recorded("source"):
        Place.objects.filter(pk=schedule.place_id).update(publicity="on_request")
    assert counts(take(row(formatted_address="7 Elm Street, Irving, TX 75038, USA", slug="tea", notes="b"), *rows(5)))
    for place in Place.objects.filter(schedules__group__slug="tea"):
        assert place.publicity == "on_request"
    take(row(notes="c"), *rows(5))
    assert MeetingSchedule.objects.get(pk=schedule.pk).place.publicity == "on_request"


def test_a_topic_that_staff_added_stays(take: Any) -> None:
    take(row(notes="a"), *rows(5))
    tea = Group.objects.get(slug="tea")
    with recorded("staff"):
        tea.topics.add(Topic.objects.get(slug="grief"))
    assert counts(take(row(notes="b"), *rows(5))) == {"unchanged": 5, "aside": 1}
    assert {topic.slug for topic in tea.topics.all()} == {"alcohol", "grief"}


def test_a_topic_that_is_gone_from_the_site_is_no_change_of_its_groups(take: Any) -> None:
    take(row(notes="a"), *rows(5))
    with recorded("staff"):
        Topic.objects.get(slug="alcohol").delete()
    assert counts(take(row(notes="b"), *rows(5), reason="All lose it."))["changed"]


def test_an_alert_of_staff_is_a_change(take: Any) -> None:
    take(row(notes="a"), *rows(5))
    tea = Group.objects.get(slug="tea")
    tea.revise(tea.updated_at, "staff", alert="We meet next door.")
    assert counts(take(row(notes="b"), *rows(5))) == {"unchanged": 5, "aside": 1}


def test_an_edit_outlives_a_pause_by_the_source(take: Any) -> None:
    take(row(notes="a"), *rows(5))
    tea = Group.objects.get(slug="tea")
    tea.revise(tea.updated_at, "staff", summary="We know better.")
    for _run in range(2):
        take(*rows(5))
    assert counts(take(row(notes="b"), *rows(5))) == {"unchanged": 5, "aside": 1}
    tea.refresh_from_db()
    assert (tea.summary, tea.is_paused()) == ("We know better.", False)

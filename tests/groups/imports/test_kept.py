"""What people change here stays as they left it, whatever the feed says next."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from groups.imports.kept import kept
from groups.models import Group, MeetingSchedule, Organizer, Origin, Place, Topic
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


def test_a_pause_of_our_own_outlives_the_feed(take: Any) -> None:
    take(row(), *rows(5))
    for _run in range(2):
        take(*rows(5))
    tea = Group.objects.get(slug="tea")
    assert tea.is_paused()
    tea.resume("staff")
    tea.pause("staff")
    take(row(), *rows(5))
    tea.refresh_from_db()
    assert tea.is_paused()


def test_a_pause_that_somebody_takes_over_outlives_the_feed(take: Any) -> None:
    take(row(), *rows(5))
    for _run in range(2):
        take(*rows(5))
    tea = Group.objects.get(slug="tea")
    tea.pause("organizer", until=timezone.now() + timedelta(days=90))
    take(row(), *rows(5))
    tea.refresh_from_db()
    assert tea.is_paused()


def test_what_is_kept_here_is_told_once_and_holds_no_run(take: Any, check: Any) -> None:
    take(*rows(3))
    Organizer.objects.add(Group.objects.get(slug="circle-0"), "olga@example.net")
    one = Group.objects.get(slug="circle-1")
    one.revise(one.updated_at, "staff", summary="We know better.")
    feed = [*rows(2, time="20:00"), row("Circle 2")]
    run = check(*feed)
    assert (run.status, counts(run)) == ("checked", {"aside": 2, "unchanged": 1})
    assert {each.reason.split()[0] for each in run.rows.filter(outcome="aside")} == {"Its", "Somebody"}
    run.apply()
    again = check(*feed)
    assert (again.status, counts(again)) == ("checked", {"unchanged": 3})
    assert counts(check(*rows(2, time="21:00"), row("Circle 2"))) == {"aside": 2, "unchanged": 1}


def test_what_somebody_changes_between_check_and_import_is_kept(take: Any, check: Any) -> None:
    take(row(), *rows(5))
    run = check(row(time="20:00"), *rows(5))
    assert counts(run) == {"changed": 1, "unchanged": 5}
    tea = Group.objects.get(slug="tea")
    tea.revise(tea.updated_at, "staff", summary="We know better.")
    run.apply()
    assert counts(run) == {"aside": 1, "unchanged": 5}
    assert counts(check(row(time="20:00"), *rows(5))) == {"unchanged": 6}


def test_whatever_the_number_of_listings_the_questions_are_few(take: Any, django_assert_max_num_queries: Any) -> None:
    take(*rows(12))
    with django_assert_max_num_queries(8):
        assert kept(list(Origin.objects.all())) == {}

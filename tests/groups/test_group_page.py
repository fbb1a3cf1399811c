"""The page of a group: what it says, and what it never does."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from groups.models import Group, MeetingException
from tests.groups.listing import group, place

pytestmark = pytest.mark.django_db
SECRETS = (
    "12 Hidden Street",
    "75038-1234",
    "32.8653",
    "-96.9905",
    "The Secret Room",
    "keep@example.org",
    "pass-42-word",
)


def said(client: Client, slug: str) -> str:
    answer = client.get(f"/groups/{slug}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_says_who_when_where_and_what_to_expect(client: Client) -> None:
    group("Tea", summary="For anybody.", first_time="You sit down.", cost="free", languages=["en", "es"], min_age=18,
          led_by="members", may_listen=True, camera_needed=False, step_free=True, about=("grief",))  # fmt: skip
    page = said(client, "tea")
    for words in ("For anybody.", "You sit down.", "100 Quiet Lane, Irving, TX 75038", "English and Spanish",
                  "18 and older", "Its members", "You may just listen", "Next meetings",
                  "Every Tuesday at 6.30 pm", "6.30 to 7.30 pm"):  # fmt: skip
        assert words in page, words
    assert re.search(r"The camera must be on</dt><dd>No", page)
    assert "Hearing loop" not in page  # nobody has said


def test_a_meeting_that_is_off_or_moved_is_shown_as_such(client: Client) -> None:
    made = group("Tea")
    schedule = made.schedules.get()
    first, second = schedule.meetings(timezone.now(), timezone.now() + timedelta(days=30))[:2]
    MeetingException.objects.create(schedule=schedule, day=first.day, kind="cancelled", note="The hall is closed.")
    MeetingException.objects.create(
        schedule=schedule, day=second.day, kind="moved", moved_day=second.day + timedelta(days=1), moved_time=time(9)
    )
    page = said(client, "tea")
    for words in ("Not held", "The hall is closed.", "Moved", "9.00 to 10.00 am"):
        assert words in page, words


@pytest.mark.parametrize("publicity", ["area", "on_request"])
@pytest.mark.parametrize(
    "address", ["/groups/tea/", "/groups/", "/groups/?near=75038", "/search/?q=tea", "/sitemap.xml"]
)
def test_what_is_private_is_on_no_page(client: Client, publicity: str, address: str) -> None:
    where = place(street="12 Hidden Street", name="The Secret Room", postal_code="75038-1234", hint="The Secret Room",
                  publicity=publicity)  # fmt: skip
    made = group("Tea", where=where, how="hybrid", contact_by="relay")
    made.contact_email = "keep@example.org"
    made.save()
    schedule = made.schedules.get()
    schedule.join_link, schedule.join_sharing = "https://example.org/pass-42-word", "on_request"
    schedule.join_secret = "pass-42-word"
    schedule.save()
    page = client.get(address).content.decode()
    assert [secret for secret in SECRETS if secret in page] == []


def test_search_engines_are_told_the_schedule(client: Client) -> None:
    made = group("</script><b>Tea", slug="tea", when="FREQ=MONTHLY;BYDAY=1TU,3TU")
    page = client.get("/groups/tea/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    event = json.loads(found[1])["@graph"][0]
    assert event["name"] == "</script><b>Tea"
    assert event["eventSchedule"] == {
        "@type": "Schedule", "startDate": "2025-01-01", "startTime": "18:30:00", "duration": "PT60M",
        "scheduleTimezone": "America/Chicago", "exceptDate": [], "repeatFrequency": "P1M",
        "byDay": ["https://schema.org/Tuesday"], "byMonthWeek": [1, 3],
    }  # fmt: skip
    assert made.schedules.get().first_day == date(2025, 1, 1)


def test_stale_paused_and_always_open_ones_say_so(client: Client) -> None:
    now = timezone.now()
    group("Stale", confirmed_at=now - timedelta(days=200))
    group("Paused", paused_from=now - timedelta(days=1), paused_until=now + timedelta(days=9))
    group("Night", when="", kind="online", always_open=True, join_link="https://example.org/night")
    assert "Not checked for half a year" in said(client, "stale")
    assert "This group rests until" in said(client, "paused")
    night = said(client, "night")
    assert "You can drop in at any hour." in night
    assert "https://example.org/night" in night


def test_it_costs_few_queries_and_may_be_kept(client: Client, django_assert_max_num_queries) -> None:
    made = group("Tea", about=("grief",))
    for number in range(4):
        group(f"Other {number}", about=("grief",))
    client.get("/groups/tea/")
    Group.objects.filter(pk=made.pk).update(alert="New room")
    with django_assert_max_num_queries(16):
        assert client.get("/help/").status_code == 200
    with django_assert_max_num_queries(16):
        answer = client.get("/groups/tea/", {"fresh": "1"})
    assert "must-revalidate" in answer["Cache-Control"]


def test_search_engines_are_told_of_no_event_while_it_rests(client: Client) -> None:
    group("Tea").pause("staff")
    page = client.get("/groups/tea/").content.decode()
    assert '"@type": "Organization"' in page.replace('":"', '": "')
    assert '"Event"' not in page

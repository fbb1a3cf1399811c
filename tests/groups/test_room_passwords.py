"""The password of a room is kept encrypted, wherever somebody writes it, and is in no text that everybody reads."""

from typing import Any

import pytest
from django.test import Client

from groups.imports import values
from groups.models import Group, MeetingSchedule, Suggestion
from tests.groups.cast import client_of, form_data, group, links, max_, olga
from tests.groups.test_exports import body
from tests.groups.test_suggest import confirmed

LINK = "https://zoom.us/j/123456789?pwd=S3cretRoom"
PAGES = ("/groups/meetings.json", "/groups/export.csv", "/groups/calendar.ics", "/hsds/services?full=true")


@pytest.mark.parametrize(
    ("address", "bare", "secret"),
    [
        ("https://zoom.us/j/1?pwd=abcX", "https://zoom.us/j/1", "abcX"),
        ("https://zoom.us/j/1?PWD=abcX&uname=a", "https://zoom.us/j/1?uname=a", "abcX"),
        ("https://zoom.us/j/1?uname=a&amp;pwd=abcX", "https://zoom.us/j/1?uname=a", "abcX"),
        ("https://zoom.us/j/1#pwd=abcX", "https://zoom.us/j/1", "abcX"),
        ("https://zoom.us/j/1?a=b#success&pwd=abcX", "https://zoom.us/j/1?a=b#success=", "abcX"),
        ("https://zoom.us/j/1?pwd=abcX#success", "https://zoom.us/j/1", "abcX"),
        ("https://zoom.us/wc/1#/join?pwd=abcX", "https://zoom.us/wc/1", "abcX"),
        ("https://meet.example.org/r?room=1#top", "https://meet.example.org/r?room=1#top", ""),
        ("https://zoom.us/j/1?pwd=", "https://zoom.us/j/1?pwd=", ""),
        ("", "", ""),
    ],
)
def test_a_link_goes_without_the_password(address: str, bare: str, secret: str) -> None:
    assert values.without_secret(address) == (bare, secret)


def keeping(made: Group) -> Client:
    client = Client()
    client.post("/groups/organizers/", {"email": olga(made).email})
    client.post(links()[0])
    return client


@pytest.mark.django_db
def test_a_password_in_the_link_of_organizers_is_kept_apart(client: Client) -> None:
    made = group(online=True)
    keeper, page = keeping(made), "/groups/tea-and-talk/keep/edit/"
    sent = form_data(keeper.get(page).content, **{"when-0-join_link": LINK, "when-0-days": ["1"]})
    assert keeper.post(page, sent).status_code == 302
    schedule = made.schedules.get()
    assert (schedule.join_link, schedule.join_secret) == ("https://zoom.us/j/123456789", "S3cretRoom")
    assert not [page for page in (*PAGES, "/groups/tea-and-talk/") if "S3cretRoom" in body(client, page)]


@pytest.mark.django_db
def test_the_password_that_they_write_goes_before_that_of_the_link() -> None:
    made = group(online=True)
    keeper, page = keeping(made), "/groups/tea-and-talk/keep/edit/"
    both = {"when-0-join_link": LINK, "when-0-join_secret": "tea4711", "when-0-days": ["1"]}
    keeper.post(page, form_data(keeper.get(page).content, **both))
    assert made.schedules.get().join_secret == "tea4711"


@pytest.mark.django_db
def test_a_suggestion_holds_no_password(client: Client) -> None:
    confirmed(client, **{"when-0-join_link": LINK, "when-0-modality": "online"})
    changes = str(Suggestion.objects.get().changes)
    assert "zoom.us/j/123456789" in changes
    assert "S3cretRoom" not in changes


@pytest.mark.django_db
def test_a_password_in_the_link_of_staff_is_kept_apart() -> None:
    schedule = group(online=True).schedules.get()
    desk, page = client_of(max_()), f"/admin/groups/meetingschedule/{schedule.pk}/change/"
    sent: dict[str, Any] = form_data(desk.get(page).content, join_link=LINK, rule_how="week", rule_days=["TU"])
    answer = desk.post(page, sent)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    schedule = MeetingSchedule.objects.get()
    assert (schedule.join_link, schedule.join_secret) == ("https://zoom.us/j/123456789", "S3cretRoom")

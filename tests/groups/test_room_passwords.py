"""The password of a room is kept encrypted, wherever somebody writes it, and is in no text that everybody reads."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from groups.imports import formats, values, words
from groups.models import Group, MeetingSchedule, Source, Suggestion
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


@pytest.mark.parametrize(
    ("said", "left", "secret"),
    [
        ("Zoom passcode: tea123. Dial in, then phone password: 998877.", "Dial in, then", "tea123"),
        ("Ring first. Access code: 778899", "Ring first.", "778899"),
        ("Pass: tea123", "", "tea123"),
        ("Password (case sensitive): TeaTime9", "", "TeaTime9"),
        ("Passcode will be TeaTime9", "", "TeaTime9"),
        ("Password for Zoom is TeaTime9", "", "TeaTime9"),
        ("PASSCODE\nTeaTime9", "", "TeaTime9"),
        ("Host key: 112233", "", "112233"),
        ("password, passcode: x9", "password", "x9"),
        ("Pin: 4711", "", "4711"),
        ("Pin Oak Church. We pass the hat.", "Pin Oak Church. We pass the hat.", ""),
        ("A password is required. Passcodes change.", "A password is required. Passcodes change.", ""),
        ("The password will be sent by mail.", "The password will be sent by mail.", ""),
        ("One.\n\nTwo.", "One.\n\nTwo.", ""),
    ],
)
def test_a_text_goes_without_its_passwords(said: str, left: str, secret: str) -> None:
    assert words.take_secret(said) == (left, secret)


@pytest.mark.parametrize("said", ["pw ", "pw ab ", "pass (", "password for the ", "access  ", "pass\n", "zoom "])
def test_no_text_takes_long(said: str) -> None:
    began = time.perf_counter()
    words.take_secret(said * (20_000 // len(said)))
    assert time.perf_counter() - began < 1


def taken(kind: str, path: Path, text: str) -> Group:
    path.write_text(text)
    run = formats.check_file(Source.objects.create(name="Feed", format=kind), path)
    run.apply()
    return Group.objects.get()


@pytest.mark.django_db
def test_a_password_in_the_words_of_hsds_is_kept_apart(tmp_path: Path) -> None:
    weekly = {"id": "s", "freq": "WEEKLY", "byday": "TU", "dtstart": "2026-01-06", "opens_at": "18:30",
              "timezone": "America/Chicago"}  # fmt: skip
    room = {"location_type": "virtual", "url": "https://zoom.us/j/123"}
    times = [
        {
            "id": "a",
            "location": room,
            "schedules": [weekly, {**weekly, "id": "t", "byday": "WE", "notes": "password tea4711y"}],
        }
    ]
    service = {"id": "1", "name": "Tea", "description": "We meet on Zoom. Passcode: tea4711x",
               "application_process": "Come. Access code: 778899", "service_at_locations": times}  # fmt: skip
    made = taken("hsds", tmp_path / "feed.json", json.dumps({"contents": [service]}))
    assert (made.summary, made.how_to_join) == ("We meet on Zoom.", "Come.")
    found = {schedule.external_id: schedule for schedule in made.schedules.all()}
    assert (found["s"].join_secret, found["t"].join_secret) == ("tea4711x", "tea4711y")
    assert not found["t"].note


@pytest.mark.django_db
def test_a_password_in_the_words_of_our_table_is_kept_apart(tmp_path: Path) -> None:
    table = (
        "name,modality,start,rule,first_day,zone,summary,note,meeting_link\n"
        "Tea,online,18:30,FREQ=WEEKLY;BYDAY=TU,2026-01-06,America/Chicago,Passcode: tea4711x,Pass: 99,https://zoom.us/j/1\n"
    )
    made = taken("csv", tmp_path / "feed.csv", table)
    schedule = made.schedules.get()
    assert (made.summary, schedule.note, schedule.join_secret) == ("", "", "99")

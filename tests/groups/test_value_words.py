"""Differences as people say them: days, hours, phones and zones, and which of several meetings is meant."""

from datetime import date, time

import pytest
from django.test import Client

from groups import history, listing
from groups.changing import change
from groups.models import Group, MeetingSchedule, Suggestion
from groups.value_words import in_words_of, label_of
from tests.groups.cast import client_of, group, max_

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("first_day", "2026-11-27", "November 27, 2026"),
        ("first_day", date(2026, 11, 27), "November 27, 2026"),
        ("start", "18:30", "6.30 pm"),
        ("start", time(12), "noon"),
        ("zone", "America/Chicago", "Central time"),
        ("duration", 90, "90 minutes"),
        ("join_phone", "+12145550120", "+1 (214) 555 0120"),
        ("modality", "online", "Online"),
        ("hint", "Room 4", "Room 4"),
        ("until", "", ""),
        ("start", "half past six", "half past six"),
    ],
)
def test_a_value_in_words(name: str, value: object, words: str) -> None:
    assert in_words_of(name, value, MeetingSchedule) == words


def test_no_label_is_a_word_of_programs() -> None:
    labels = [label_of("rule", MeetingSchedule), label_of("public_phone", Group)]
    assert labels == ["How often", "Phone that everybody sees"]


def evenings() -> tuple[Group, MeetingSchedule]:
    """A group with two times, both online."""
    made = group("Night Owls", online=True)
    late = MeetingSchedule.objects.create(
        group=made, modality="online", first_day=date(2026, 1, 8), start=time(21, 30), zone="America/Chicago",
        rule="FREQ=WEEKLY;BYDAY=TH", join_link="https://owls.example.org/late",
    )  # fmt: skip
    made.schedules.exclude(pk=late.pk).update(join_link="https://owls.example.org/early")
    return made, late


def test_which_meeting_changes_or_goes_is_said() -> None:
    made, late = evenings()
    early = made.schedules.exclude(pk=late.pk).get()
    changes = {"group": {}, "meetings": {str(late.pk): {"start": ["21:30", "20:00"]}, str(early.pk): None}}
    row = Suggestion.objects.create(group=made, changes=changes, state="waiting")
    assert [part.heading for part in row.parts] == [
        "A meeting time changes: Every Thursday at 9.30 pm", "This meeting time goes: Every Tuesday at 6.30 pm",
    ]  # fmt: skip
    change(made, changes, "organizer")
    assert row.parts[0].heading == "A meeting time changes: Every Thursday at 9.30 pm"
    headings = {part.heading for part in history.entries(made)[0].parts}
    assert headings == {"A meeting time: Every Thursday at 9.30 pm", "A meeting time went: Every Tuesday at 6.30 pm"}
    said = {line.now for part in history.entries(made)[0].parts for line in part.lines}
    assert said == {"8.00 pm"}


def test_each_link_to_join_says_for_which_evening(client: Client) -> None:
    evenings()
    page = client.get("/groups/night-owls/").content.decode()
    assert "Join online: Every Thursday at 9.30 pm" in page
    assert "Join online: Every Tuesday at 6.30 pm" in page


def test_a_new_group_is_read_without_now_before_every_line() -> None:
    changes = listing.difference(listing.NOTHING, {"group": {"name": "New Hope"}, "meetings": {}})
    row = Suggestion.objects.create(is_new=True, changes=changes, state="waiting")
    page = client_of(max_()).get(f"/moderation/suggestion/{row.pk}/").content.decode()
    assert "New Hope" in page
    assert "Now:" not in page

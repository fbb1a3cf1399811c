"""Every change is a row that says who, what and when; staff read it, and bring a state back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.formats import date_format

from groups import history
from groups.changing import change
from groups.models import Group, MeetingException, Organizer, Topic
from tests.groups.cast import SECRETS, client_of, group, links, max_, olga, place

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/tea-and-talk/history/"


def say(made: Group, who: str = "organizer", by=None, **fields: str) -> None:
    change(made, {"group": {name: [None, value] for name, value in fields.items()}, "meetings": {}}, who, by)


def test_a_row_says_who_what_and_when() -> None:
    made, moderator = group(), max_()
    say(made, "staff", moderator, summary="For parents.")
    entry = history.entries(made)[0]
    assert (entry.heading, entry.who) == ("The page", "our staff, Max")
    assert [(line.label, line.was, line.now) for line in entry.lines] == [
        ("Who it is for", "For anyone.", "For parents.")
    ]
    page = client_of(moderator).get(ADDRESS).content.decode()
    assert "<del>" in page
    assert "For parents." in page


def test_meetings_places_topics_and_single_meetings_are_told() -> None:
    made = group()
    schedule = made.schedules.get()
    pk = str(schedule.pk)
    meetings = {pk: {"start": ["18:30", "19:00"], "hint": ["", "Room 4"]}}
    change(made, {"group": {"topics": [["anxiety"], ["grief"]]}, "meetings": meetings}, "organizer")
    schedule.refresh_from_db()
    schedule.cancel(schedule.first_day, "organizer")
    told = {entry.heading for entry in history.entries(made)}
    assert {"A meeting time", "The place", "A topic came", "A topic went", "One meeting"} <= told


@pytest.mark.django_db(transaction=True)  # the history goes by the clock of transactions
def test_one_click_brings_a_state_back_topics_and_all() -> None:
    made = group()
    say(made, how_to_join="Ring the bell.")
    before = next(entry for entry in history.entries(made) if entry.kind == "group")
    made.pause("organizer")
    say(made, summary="Buy pills.", website="https://pills.example.org")
    made.topics.set(Topic.objects.filter(slug="grief"))
    answer = client_of(max_()).post(f"{ADDRESS}group/{before.pk}/")
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.summary, made.website, made.status) == ("For anyone.", "", "listed")
    assert made.is_paused()  # what it says comes back, and not how it stood
    assert [topic.slug for topic in made.topics.all()] == ["anxiety"]
    assert history.entries(made)[0].who == "our staff, Max"


def test_a_meeting_time_that_was_deleted_comes_back() -> None:
    made = group()
    schedule = made.schedules.get()
    entry = next(entry for entry in history.entries(made) if entry.kind == "time")
    change(made, {"group": {}, "meetings": {str(schedule.pk): None}}, "organizer")
    assert not made.schedules.exists()
    made.restore(history.event("time", entry.pk, made), max_())
    found = made.schedules.get()
    assert (found.pk, found.rule, found.place_id) == (schedule.pk, schedule.rule, schedule.place_id)
    assert found.sequence > schedule.sequence


def test_what_is_private_is_only_said_to_have_changed() -> None:
    made = group(where=place(publicity="on_request", street="1 Elm Street"))
    schedule = made.schedules.get()
    schedule.join_secret = SECRETS[2]
    schedule.place.street = SECRETS[0]
    schedule.place.save()
    schedule.save()
    made.contact_email = SECRETS[1]
    made.save()
    page = client_of(max_()).get(ADDRESS).content.decode()
    assert "changed; it is not public" in page
    assert "changed; it is shown to nobody" in page
    assert not [secret for secret in (*SECRETS, made.sealed_email, "1 Elm Street") if secret in page]


def test_only_staff_see_it_and_nobody_restores_from_another_group() -> None:
    made, other = group(), group("Other")
    olga(made)
    foreign = next(entry for entry in history.entries(other) if entry.kind == "group")
    client = client_of(max_())
    for kind, pk in (("group", foreign.pk), ("group", 9 * 10**30), ("user", 1), ("meeting", 1)):
        assert client.post(f"{ADDRESS}{kind}/{pk}/").status_code == 404
    assert client_of(None).get(ADDRESS).status_code == 404


def test_a_cancelled_meeting_that_is_held_after_all_is_told() -> None:
    made = group()
    schedule = made.schedules.get()
    schedule.cancel(schedule.first_day, "organizer")
    schedule.hold_as_usual(schedule.first_day, "organizer")
    assert not MeetingException.objects.exists()
    assert "One meeting is as usual again" in {entry.heading for entry in history.entries(made)}


@pytest.mark.django_db(transaction=True)  # the foreign key is checked at the end
def test_a_meeting_time_comes_back_with_its_place_and_no_more_public_than_it_was() -> None:
    made = group(where=place(key=uuid4()))
    schedule = made.schedules.get()
    schedule.place.publicity = "on_request"
    schedule.place.save()
    entry = next(entry for entry in history.entries(made) if entry.kind == "time")
    schedule.delete()
    schedule.place.delete()  # as an import does with a time that its source no longer has
    answer = client_of(max_()).post(f"{ADDRESS}time/{entry.pk}/")
    assert answer.status_code == 302
    found = made.schedules.get().place
    assert (found.street, found.publicity, found.key) == ("12 Elm Street", "on_request", None)


def test_it_says_which_organizer_it_was() -> None:
    made = group()
    first, other = olga(made), Organizer.objects.add(made, "otto@example.net")
    first.since = other.since - timedelta(days=30)
    first.save()
    for keeper in (first, other):
        client = Client()
        Organizer.objects.send_links(keeper.email)
        client.post(links()[0])
        client.post("/groups/tea-and-talk/keep/confirm/")
        told = Group.pgh_event_model.objects.order_by("pgh_id").last().pgh_context.metadata
        assert (told["who"], told["organizer"]) == ("organizer", str(keeper.pk))
    client.post("/groups/tea-and-talk/keep/pause/", {"until": ""})
    assert history.entries(made)[0].who == f"the group, an address, since {date_format(other.since, 'F j, Y')}"

"""Every change is a row that says who, what and when; staff read it, and bring a state back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format

from groups import history, indexing
from groups.changing import change
from groups.models import Group, MeetingException, MeetingSchedule, Organization, Organizer, Place, SearchRow, Topic
from groups.models.standing import recorded
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


def places_of(made: Group) -> list[history.Entry]:
    """The newest first."""
    return [entry for entry in history.entries(made) if entry.kind == "place"]


@pytest.mark.django_db(transaction=True)
def test_what_was_hidden_since_stays_hidden_when_an_old_state_comes_back() -> None:
    spot = place(street="77 Hidden Road")
    made = group(where=spot)
    for changes in ({"hint": "Ring"}, {"publicity": "on_request"}, {"hint": "Knock"}):
        with recorded("staff"):
            Place.objects.filter(pk=spot.pk).update(**changes)
    assert client_of(max_()).post(f"{ADDRESS}place/{places_of(made)[2].pk}/").status_code == 302
    spot.refresh_from_db()
    assert (spot.hint, spot.publicity) == ("Ring", "on_request")


@pytest.mark.django_db(transaction=True)
def test_a_link_and_a_password_stay_with_those_who_may_have_them() -> None:
    made = group("Tea and Talk", online=True)
    schedule = made.schedules.get()
    entry = next(entry for entry in history.entries(made) if entry.kind == "time")
    MeetingSchedule.objects.filter(pk=schedule.pk).update(join_sharing="on_request", note="New")
    made.restore(history.event("time", entry.pk, made), max_())
    schedule.refresh_from_db()
    assert (schedule.note, schedule.join_sharing) == ("", "on_request")


def test_a_place_that_comes_back_is_found_anew_for_every_group_that_meets_there() -> None:
    spot = place(street="12 Elm Street")
    one, two = group("One", where=spot), group("Two", where=spot)
    with recorded("staff"):
        Place.objects.filter(pk=spot.pk).update(latitude=33.5)
    indexing.refresh([one.pk, two.pk])
    moved = SearchRow.objects.get(group=two).y
    before = two.updated_at
    one.restore(history.event("place", places_of(one)[-1].pk, one), max_())
    rows = [SearchRow.objects.get(group=each) for each in (one, two)]
    assert rows[0].y == rows[1].y != moved
    two.refresh_from_db()
    assert two.updated_at > before
    assert two.schedules.get().sequence == 1


@pytest.mark.django_db(transaction=True)
def test_a_meeting_time_comes_back_with_the_place_that_went_with_it() -> None:
    made = group(where=place(street="77 Hidden Road", hint="Ring"))
    schedule = made.schedules.get()
    spot = schedule.place
    with recorded("staff"):
        Place.objects.filter(pk=spot.pk).update(publicity="on_request")
    with recorded("source"):
        schedule.delete()
        Place.objects.get(pk=spot.pk).delete()
    entry = next(entry for entry in history.entries(made) if entry.heading == "A meeting time went")
    assert client_of(max_()).post(f"{ADDRESS}time/{entry.pk}/").status_code == 302
    back = made.schedules.get().place
    assert (back.pk, back.street, back.hint) == (spot.pk, "77 Hidden Road", "Ring")
    assert back.publicity == "on_request"


@pytest.mark.django_db(transaction=True)
def test_a_page_comes_back_without_an_organization_that_is_gone() -> None:
    made = group(organization=Organization.objects.create(name="Open Door"))
    entry = next(entry for entry in history.entries(made) if entry.kind == "group")
    Organization.objects.all().delete()
    say(made, summary="For parents.")
    assert client_of(max_()).post(f"{ADDRESS}group/{entry.pk}/").status_code == 302
    made.refresh_from_db()
    assert (made.summary, made.organization) == ("For anyone.", None)

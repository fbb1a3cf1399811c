"""Every change is a row that says who, what and when; staff read it, and bring a state back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format

from groups import history, indexing
from groups.changing import change, make
from groups.models import Group, MeetingException, MeetingSchedule, Organization, Organizer, Place, SearchRow
from groups.models.standing import recorded
from mindspace.accounts.models import User
from tests.groups.cast import SECRETS, client_of, group, links, max_, olga, place

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/tea-and-talk/history/"


def say(made: Group, who: str = "organizer", by=None, **fields: str) -> None:
    change(made, {"group": {name: [None, value] for name, value in fields.items()}, "meetings": {}}, who, by)


def lines_of(entry: history.Entry) -> list[tuple[str, str, str]]:
    return [(line.label, line.was, line.now) for part in entry.parts for line in part.lines]


def undo(made: Group, entry: history.Entry) -> int:
    return client_of(User.objects.get(email="max@example.org")).post(f"{ADDRESS}{entry.kind}/{entry.pk}/").status_code


def test_a_row_says_who_what_and_when() -> None:
    made, moderator = group(), max_()
    say(made, "staff", moderator, summary="For parents.")
    entry = history.entries(made)[0]
    assert ([part.heading for part in entry.parts], entry.who) == (["The page"], "our staff, Max")
    assert lines_of(entry) == [("Who it is for", "For anyone.", "For parents.")]
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
    assert {part.heading.partition(":")[0] for part in history.entries(made)[1].parts} == {
        "A meeting time", "The place", "A topic came", "A topic went",
    }  # fmt: skip
    told = {part.heading.partition(":")[0] for entry in history.entries(made) for part in entry.parts}
    assert {"A meeting time", "The place", "A topic came", "A topic went", "One meeting"} <= told


def test_a_change_is_undone_where_it_stands_and_what_came_later_stays() -> None:
    made, _moderator = group(), max_()
    say(made, name="Soup for Widowers")
    pills = {"summary": ["For anyone.", "Buy pills."], "topics": [["anxiety"], ["grief"]]}
    meetings = {str(made.schedules.get().pk): {"start": ["18:30", "20:00"]}}
    change(made, {"group": pills, "meetings": meetings}, "suggestion")
    spoilt = history.entries(made)[0]
    say(made, how_to_join="Ring the bell.")
    made.pause("organizer")
    assert undo(made, spoilt) == 302
    made.refresh_from_db()
    assert (made.name, made.summary, made.how_to_join) == ("Soup for Widowers", "For anyone.", "Ring the bell.")
    assert made.is_paused()  # what it says comes back, and not how it stood
    assert [topic.slug for topic in made.topics.all()] == ["anxiety"]
    assert f"{made.schedules.get().start:%H:%M}" == "18:30"
    assert history.entries(made)[0].who == "our staff, Max"


def test_there_is_no_button_where_nothing_would_change() -> None:
    moderator = max_()
    changes = {"group": {"name": ["", "New Hope"], "summary": ["", "For all."]}, "meetings": {}}
    made = make(changes, "suggestion")
    made.list_("staff")
    born = history.entries(made)[-1]
    assert [part.heading for part in born.parts] == ["The page was made"]  # two rows, and one change
    assert not born.can_be_undone
    say(made, summary="For nobody.")
    entry = history.entries(made)[0]
    assert entry.can_be_undone
    made.undo(history.steps_of(made, entry.kind, entry.pk), moderator)
    assert made.summary == "For all."
    assert not history.entries(made)[1].can_be_undone
    client = client_of(moderator)
    for each in (born, entry):
        assert client.post(f"/groups/new-hope/history/{each.kind}/{each.pk}/").status_code == 404
    page = client.get("/groups/new-hope/history/").content.decode()
    assert page.count("Undo this change") == 1


def test_a_meeting_time_that_was_deleted_comes_back_and_goes_again() -> None:
    made, moderator = group(), max_()
    schedule = made.schedules.get()
    change(made, {"group": {}, "meetings": {str(schedule.pk): None}}, "organizer")
    assert not made.schedules.exists()
    for there in (True, False):
        entry = history.entries(made)[0]
        made.undo(history.steps_of(made, entry.kind, entry.pk), moderator)
        assert made.schedules.exists() is there
        if there:
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
    foreign = history.entries(other)[0]
    client = client_of(max_())
    for kind, pk in ((foreign.kind, foreign.pk), ("group", 9 * 10**30), ("user", 1), ("meeting", 1)):
        assert client.post(f"{ADDRESS}{kind}/{pk}/").status_code == 404
    assert client_of(None).get(ADDRESS).status_code == 404


def test_a_cancelled_meeting_that_is_held_after_all_is_told() -> None:
    made = group()
    schedule = made.schedules.get()
    schedule.cancel(schedule.first_day, "organizer")
    schedule.hold_as_usual(schedule.first_day, "organizer")
    assert not MeetingException.objects.exists()
    assert "One meeting is as usual again" in {part.heading for entry in history.entries(made) for part in entry.parts}


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


@pytest.mark.django_db(transaction=True)
def test_what_was_hidden_since_stays_hidden_when_a_change_is_undone() -> None:
    max_()
    spot = place(street="77 Hidden Road")
    made = group(where=spot)
    for changes in ({"hint": "Ring"}, {"publicity": "on_request"}, {"hint": "Knock"}):
        with recorded("staff"):
            Place.objects.filter(pk=spot.pk).update(**changes)
    knock, hidden, _ring, *_rest = history.entries(made)
    assert undo(made, hidden) == 404  # taking it back would show the address
    assert undo(made, knock) == 302
    spot.refresh_from_db()
    assert (spot.hint, spot.publicity) == ("Ring", "on_request")


@pytest.mark.django_db(transaction=True)
def test_what_was_shown_by_mistake_is_hidden_again() -> None:
    max_()
    spot = place(street="77 Hidden Road", publicity="on_request")
    made = group(where=spot)
    with recorded("organizer"):
        Place.objects.filter(pk=spot.pk).update(publicity="exact")
    assert undo(made, history.entries(made)[0]) == 302
    spot.refresh_from_db()
    assert spot.publicity == "on_request"


@pytest.mark.django_db(transaction=True)
def test_a_link_and_a_password_stay_with_those_who_may_have_them() -> None:
    moderator = max_()
    made = group("Tea and Talk", online=True)
    schedule = made.schedules.get()
    with recorded("staff"):
        MeetingSchedule.objects.filter(pk=schedule.pk).update(join_sharing="on_request", note="New")
    entry = history.entries(made)[0]
    made.undo(history.steps_of(made, entry.kind, entry.pk), moderator)
    schedule.refresh_from_db()
    assert (schedule.note, schedule.join_sharing) == ("", "on_request")


@pytest.mark.django_db(transaction=True)
def test_a_place_that_comes_back_is_found_anew_for_every_group_that_meets_there() -> None:
    moderator = max_()
    spot = place(street="12 Elm Street")
    one, two = group("One", where=spot), group("Two", where=spot)
    with recorded("staff"):
        Place.objects.filter(pk=spot.pk).update(latitude=33.5)
    indexing.refresh([one.pk, two.pk])
    moved = SearchRow.objects.get(group=two).y
    before = two.updated_at
    entry = history.entries(one)[0]
    one.undo(history.steps_of(one, entry.kind, entry.pk), moderator)
    rows = [SearchRow.objects.get(group=each) for each in (one, two)]
    assert rows[0].y == rows[1].y != moved
    two.refresh_from_db()
    assert two.updated_at > before
    assert two.schedules.get().sequence == 1


@pytest.mark.django_db(transaction=True)  # the foreign key is checked at the end
def test_a_meeting_time_comes_back_with_the_place_that_went_with_it() -> None:
    max_()
    made = group(where=place(street="77 Hidden Road", hint="Ring"))
    schedule = made.schedules.get()
    spot = schedule.place
    with recorded("staff"):
        Place.objects.filter(pk=spot.pk).update(publicity="on_request")
    with recorded("source"):  # as an import does with a time that its source no longer has
        schedule.delete()
    with recorded("source"):
        Place.objects.get(pk=spot.pk).delete()
    entry = next(each for each in history.entries(made) if each.kind == "time" and each.can_be_undone)
    assert undo(made, entry) == 302
    back = made.schedules.get().place
    assert (back.pk, back.street, back.hint) == (spot.pk, "77 Hidden Road", "Ring")
    assert back.publicity == "on_request"


@pytest.mark.django_db(transaction=True)
def test_a_change_is_undone_without_an_organization_that_is_gone() -> None:
    max_()
    door = Organization.objects.create(name="Open Door")
    made = group(organization=door)
    with recorded("staff"):
        Group.objects.filter(pk=made.pk).update(organization=None, summary="For parents.")
    door.delete()
    assert undo(made, history.entries(made)[0]) == 302
    made.refresh_from_db()
    assert (made.summary, made.organization) == ("For anyone.", None)


def test_who_comes_to_keep_the_page_and_who_goes_is_told_without_an_address() -> None:
    made, moderator = group(), max_()
    stays = Organizer.objects.welcome(made, "first@example.org", "staff", moderator)
    goes = Organizer.objects.welcome(made, "second@example.org")
    assert Organizer.objects.remove(made, goes.pk, "organizer")
    told = [entry for entry in history.entries(made) if entry.kind == "organizer"]
    assert [entry.parts[0].heading for entry in told] == [
        "Somebody no longer keeps the page", "Somebody keeps the page, too", "Somebody keeps the page, too",
    ]  # fmt: skip
    assert [entry.who for entry in told] == ["the group", "the group", f"our staff, {moderator.display_name}"]
    assert not any(entry.can_be_undone for entry in told)
    stored = str(list(history.KINDS["organizer"].pgh_event_model.objects.values()))
    assert "example.org" not in stored
    assert stays.address_hash not in stored

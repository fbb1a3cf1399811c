"""Organizers come in by a link, and change, move, cancel, pause and close without an account."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from groups.models import Group, MeetingException, Organizer, OrganizerLink, SearchRow
from tests.groups.cast import NOON, SECRETS, client_of, form_data, group, links, max_, olga, person, place

pytestmark = pytest.mark.django_db
KEEP = "/groups/tea-and-talk/keep/"


def opened(made: Group) -> Client:
    """A browser in which Olga has opened her listing."""
    organizer, client = olga(made), Client()
    client.post("/groups/organizers/", {"email": organizer.email})
    assert client.post(links()[0]).status_code == 302
    return client


def meeting(made: Group, **fields: Any) -> dict[str, Any]:
    return {"schedule": made.schedules.get().pk, "day": "2026-03-10", "act": "cancel", **fields}


def test_the_answer_is_the_same_for_an_address_that_keeps_nothing(client: Client) -> None:
    olga(group())
    known = client.post("/groups/organizers/", {"email": "OLGA@example.net"})
    unknown = client.post("/groups/organizers/", {"email": "nobody@example.net"})
    assert known.content == unknown.content
    assert [message.to for message in mail.outbox] == [["olga@example.net"]]
    assert "Tea" not in mail.outbox[0].subject + mail.outbox[0].body


def test_looking_at_the_link_opens_nothing(client: Client) -> None:
    organizer = olga(group())
    client.post("/groups/organizers/", {"email": organizer.email})
    assert client.get(links()[0]).status_code == 200
    assert client.get(KEEP).status_code == 404


def test_the_link_opens_this_listing_for_two_hours() -> None:
    made = group()
    group("Other")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = opened(made)
        assert client.get(KEEP).status_code == 200
        assert client.get("/groups/other/keep/").status_code == 404
        clock.shift(timedelta(hours=2, seconds=1))
        assert client.get(KEEP).status_code == 404


def test_the_link_itself_ends_after_two_days(client: Client) -> None:
    organizer = olga(group())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/groups/organizers/", {"email": organizer.email})
        clock.shift(timedelta(days=2, seconds=1))
        assert client.post(links()[0]).status_code == 404


def test_a_member_who_organizes_needs_no_link() -> None:
    made, bob = group(), person("bob")
    Organizer.objects.create(group=made, user=bob)
    assert client_of(bob).get(KEEP).status_code == 200
    assert client_of(person("carol")).get(KEEP).status_code == 404


def test_what_they_write_is_there_at_once_and_the_listing_is_fresh() -> None:
    made = group(confirmed_at=timezone.now() - timedelta(days=200))
    client = opened(made)
    edit = client.get(f"{KEEP}edit/")
    data = form_data(edit.content, kind="identity", website="https://tea.example.org", alert="New room")
    assert client.post(f"{KEEP}edit/", data).status_code == 302
    made.refresh_from_db()
    assert (made.kind, made.website, made.alert) == ("identity", "https://tea.example.org", "New room")
    assert (made.is_stale(), made.confirmed_by) == (False, "organizer")
    assert SearchRow.objects.filter(group=made).exists()


def test_what_is_secret_is_written_and_never_shown() -> None:
    made = group(where=place(street=SECRETS[0], publicity="area"))
    client = opened(made)
    data = form_data(client.get(f"{KEEP}edit/").content, contact_by="relay", contact_email=SECRETS[1])
    client.post(f"{KEEP}edit/", {**data, "when-0-join_secret": SECRETS[2], "when-0-modality": "hybrid"})
    made.refresh_from_db()
    schedule = made.schedules.get()
    assert (made.contact_email, schedule.join_secret, schedule.place.street) == (SECRETS[1], SECRETS[2], SECRETS[0])
    for path in (KEEP, f"{KEEP}edit/", "/groups/tea-and-talk/", "/groups/tea-and-talk/flyer/"):
        page = client.get(path).content.decode()
        assert not [secret for secret in SECRETS if secret in page], path
    again = form_data(client.get(f"{KEEP}edit/").content, summary="New")
    client.post(f"{KEEP}edit/", again)
    made.refresh_from_db()
    assert (made.contact_email, made.schedules.get().join_secret) == (SECRETS[1], SECRETS[2])


def test_a_form_to_write_to_needs_an_address() -> None:
    made = group()
    client = opened(made)
    data = form_data(client.get(f"{KEEP}edit/").content, contact_by="relay")
    answer = client.post(f"{KEEP}edit/", data)
    assert answer.status_code == 400
    assert "address that messages are passed on to" in answer.content.decode()


def test_two_organizers_who_write_at_once_lose_nothing() -> None:
    made = group()
    client = opened(made)
    first = form_data(client.get(f"{KEEP}edit/").content, summary="For parents.")
    second = form_data(client.get(f"{KEEP}edit/").content, how_to_join="Ring the bell.")
    client.post(f"{KEEP}edit/", first)
    client.post(f"{KEEP}edit/", second)
    made.refresh_from_db()
    assert (made.summary, made.how_to_join) == ("For parents.", "Ring the bell.")


@time_machine.travel(NOON, tick=False)
def test_not_this_week_is_one_tap_and_counts_once() -> None:
    made = group()
    client = opened(made)
    for _click in range(2):
        assert client.post(f"{KEEP}meeting/", meeting(made)).status_code == 302
    exception, schedule = MeetingException.objects.get(), made.schedules.get()
    assert (exception.day, exception.kind, schedule.sequence) == (date(2026, 3, 10), "cancelled", 1)
    assert "not held" in client.get(KEEP).content.decode()
    client.post(f"{KEEP}meeting/", meeting(made, act="usual"))
    assert (MeetingException.objects.count(), made.schedules.get().sequence) == (0, 2)


@time_machine.travel(NOON, tick=False)
def test_one_meeting_moves_by_the_clock_of_its_place_across_dst() -> None:
    made = group()
    client = opened(made)
    client.post(f"{KEEP}meeting/", meeting(made, act="move", moved_day="2026-03-08", moved_time="02:30"))
    schedule = made.schedules.get()
    [found] = [each for each in schedule.meetings(NOON, NOON + timedelta(days=12)) if each.moved]
    assert found.wall == datetime.combine(date(2026, 3, 8), time(2, 30))
    assert f"{found.starts:%H:%M %z}" == "03:30 -0500"  # an hour that the clock skips
    assert schedule.sequence == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "2026-03-11"},
        {"day": "9999-12-31"},
        {"day": "x"},
        {"schedule": "0"},
        {"schedule": "9" * 40},
        {"act": "burn"},
        {"act": "move"},
        {"act": "move", "moved_day": "9999-12-31", "moved_time": "10:00"},
    ],
)
def test_a_meeting_that_is_none_is_told(wrong: dict[str, str]) -> None:
    made = group()
    client = opened(made)
    answer = client.post(f"{KEEP}meeting/", meeting(made, **wrong))
    assert (answer.status_code, MeetingException.objects.exists()) == (400, False)


def test_a_meeting_of_another_group_is_out_of_reach() -> None:
    made, other = group(), group("Other")
    client = opened(made)
    assert client.post(f"{KEEP}meeting/", meeting(made, schedule=other.schedules.get().pk)).status_code == 400


@time_machine.travel(NOON, tick=False)
def test_a_pause_ends_at_midnight_where_the_group_is() -> None:
    made = group()
    client = opened(made)
    assert client.post(f"{KEEP}pause/", {"until": "2026-03-09"}).status_code == 302
    made.refresh_from_db()
    assert made.is_paused()
    assert made.paused_until.isoformat() == "2026-03-09T05:00:00+00:00"
    for _click in range(2):
        assert client.post(f"{KEEP}pause/", {"resume": "1"}).status_code == 302
    made.refresh_from_db()
    assert not made.is_paused()
    for day in ("2026-03-01", "9999-12-31", "x"):
        assert client.post(f"{KEEP}pause/", {"until": day}).status_code == 400


def test_a_group_that_has_closed_is_gone_and_only_staff_bring_it_back() -> None:
    made = group()
    client = opened(made)
    assert client.post(f"{KEEP}close/").status_code == 200
    assert client.get("/groups/tea-and-talk/").status_code == 404
    assert client.get(KEEP).status_code == 404
    staff = client_of(max_())
    assert staff.get(KEEP).status_code == 200
    assert staff.post(f"{KEEP}close/").status_code == 200
    assert staff.post(f"{KEEP}pause/", {"until": ""}).status_code == 400
    staff.post(f"{KEEP}list/")
    assert client.get("/groups/tea-and-talk/").status_code == 200


def test_several_share_a_listing_and_whoever_goes_is_out_at_once() -> None:
    made = group()
    client = opened(made)
    for _click in range(2):
        client.post(f"{KEEP}add/", {"email": "Pia@example.net"})
    assert sorted(row.email for row in made.organizers.all()) == ["olga@example.net", "pia@example.net"]
    pia = Client()
    pia.post(links()[0])
    assert pia.get(KEEP).status_code == 200
    row = Organizer.objects.with_email("pia@example.net").get()
    client.post(f"{KEEP}remove/", {"organizer": row.pk})
    assert pia.get(KEEP).status_code == 404
    assert pia.post(links()[0]).status_code == 404
    assert OrganizerLink.objects.filter(organizer=row.pk).count() == 0


def test_stopping_is_asked_first_and_the_last_one_is_told(client: Client) -> None:
    made = group()
    client = opened(made)
    page = client.get(KEEP).content.decode()
    assert "o…@example.net" in page
    assert page.index("Stop keeping this page") < page.index("You are the last one") < page.index("Yes, I stop")
    answer = client.post(f"{KEEP}remove/", {"organizer": made.organizers.get().pk})
    assert "You do not keep this page any more" in answer.content.decode()
    assert not made.organizers.exists()


def test_no_address_is_on_the_page_nor_readable_in_the_database() -> None:
    made = group()
    client = opened(made)
    assert "olga@" not in client.get(KEEP).content.decode()
    assert "olga@" not in str([*Organizer.objects.values(), *OrganizerLink.objects.values()])


def test_what_an_organizer_did_the_history_knows() -> None:
    made = group()
    opened(made).post(f"{KEEP}confirm/")
    page = client_of(max_()).get("/groups/tea-and-talk/history/").content.decode()
    assert "the group" in page


def test_one_address_gets_five_links_a_day(client: Client) -> None:
    organizer = olga(group())
    for _number in range(7):
        client.post("/groups/organizers/", {"email": organizer.email})
    assert len(mail.outbox) == 5


def test_a_meeting_held_otherwise_dates_the_listing_for_the_calendars() -> None:
    made = group(updated_at=NOON)
    schedule = made.schedules.get()
    schedule.cancel(date(2026, 3, 10), "staff")
    made.refresh_from_db()
    cancelled = made.updated_at
    assert cancelled > NOON
    schedule.hold_as_usual(date(2026, 3, 10), "staff")
    made.refresh_from_db()
    assert made.updated_at > cancelled


@pytest.mark.parametrize("way", ["page", "row"])
@pytest.mark.parametrize("purpose", ["claim", "ask"])
def test_links_to_the_listings_own_address_end_with_whoever_held_it(client: Client, purpose: str, way: str) -> None:
    made = group(public_email="box@example.net", contact_by="public")
    stays = opened(made)
    OrganizerLink.objects.mail("groups/mail/claim_own", made, "box@example.net", purpose=purpose)
    link, answer = links()[0], {"answer": "edit"}
    assert client.post(link, answer).status_code == 302
    gone = made.organizers.exclude(pk=olga(made).pk).get()
    if way == "page":
        assert stays.post(f"{KEEP}remove/", {"organizer": gone.pk}).status_code == 302
    else:
        gone.delete()  # as when an account goes
    assert client.post(link, answer).status_code == 404
    assert client.get(KEEP).status_code == 404
    assert stays.get(KEEP).status_code == 200
    assert made.organizers.count() == 1

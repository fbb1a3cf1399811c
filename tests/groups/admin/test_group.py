"""Adding and changing a listing in the admin."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.utils import timezone

from groups import indexing
from groups.admin.group_form import GroupForm
from groups.models import Group, MeetingSchedule, Place, Topic
from mindspace.accounts.models import User
from tests.groups.admin.conftest import ADD, errors_on, filled_in, opened, page_of, tuesdays

pytestmark = pytest.mark.django_db


def key_on(client: Client, page: str = ADD) -> str:
    [key] = re.findall(r'name="form_key" value="([0-9a-f-]{36})" id', client.get(page).content.decode())
    return str(key)


def test_a_group_with_two_meeting_times_is_added_in_one_go(at_desk: Client, hall: Place, max_: User) -> None:
    grief = Topic.objects.get(slug="grief")
    online = tuesdays(rule_how="nth", rule_days=["MO"], rule_nth=["1", "3"], zone="America/New_York")
    answer = at_desk.post(
        ADD, filled_in(tuesdays(hall), online, topics=[grief.pk], languages=["en", "es"], step_free="true")
    )
    assert answer.status_code == 302, errors_on(answer)
    group = Group.objects.get()
    assert (group.slug, group.status, group.step_free, group.captions) == ("tea-and-talk", "pending", True, None)
    assert list(group.topics.all()) == [grief]
    assert group.languages == ["en", "es"]
    first, second = group.schedules.order_by("pk")
    assert (first.rule, first.zone, first.place, first.duration) == (
        "FREQ=WEEKLY;BYDAY=TU", "America/Chicago", hall, 90,
    )  # fmt: skip
    assert (second.rule, second.zone, second.modality) == ("FREQ=MONTHLY;BYDAY=1MO,3MO", "America/New_York", "online")
    assert group.events.first().pgh_context.metadata == {"who": "staff", "user": str(max_.pk)}


def test_a_double_click_makes_one_group_with_its_times_once(at_desk: Client, hall: Place) -> None:
    sent = filled_in(tuesdays(hall), form_key=key_on(at_desk), slug="tea")
    answers = [at_desk.post(ADD, sent) for _click in range(2)]
    group = Group.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert group.schedules.count() == 1
    assert LogEntry.objects.count() == 1


def test_whoever_goes_back_and_adds_a_time_makes_another_group(at_desk: Client, hall: Place) -> None:
    key = key_on(at_desk)
    at_desk.post(ADD, filled_in(tuesdays(hall), form_key=key))
    at_desk.post(ADD, filled_in(tuesdays(hall), tuesdays(hall, start="10:00"), form_key=key))
    assert [group.schedules.count() for group in Group.objects.order_by("pk")] == [1, 2]
    assert [group.slug for group in Group.objects.order_by("pk")] == ["tea-and-talk", "tea-and-talk-2"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_group(at_desk: Client, hall: Place, max_: User) -> None:
    sent, codes = filled_in(tuesdays(hall), form_key=key_on(at_desk)), []

    def click() -> None:
        client = Client()
        client.force_login(max_)
        codes.append(client.post(ADD, sent).status_code)
        connection.close()

    threads = [threading.Thread(target=click) for _click in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert codes == [302, 302, 302]
    assert MeetingSchedule.objects.count() == Group.objects.count() == 1


def test_listing_needs_the_word_that_it_was_checked(at_desk: Client, hall: Place) -> None:
    answer = at_desk.post(ADD, filled_in(tuesdays(hall), step="list"))
    assert "Tick this once you have" in errors_on(answer)
    assert not Group.objects.exists()
    assert at_desk.post(ADD, filled_in(tuesdays(hall), step="list", checked="on")).status_code == 302
    group = Group.objects.listed().get()
    assert group.confirmed_by == "staff"
    assert timezone.now() - group.confirmed_at < timedelta(minutes=1)


def test_the_steps_of_a_listing(at_desk: Client, group: Group) -> None:
    def send(**changes: Any) -> Any:
        return at_desk.post(page_of(group), filled_in(name="Tea", slug="tea", opened=opened(at_desk, group), **changes))

    day = timezone.localdate() + timedelta(days=10)
    assert send(step="pause", pause_until=day.isoformat()).status_code == 302
    group.refresh_from_db()
    assert group.is_paused()
    assert timezone.localtime(group.paused_until).date() == day
    send(step="resume")
    assert not Group.objects.get(pk=group.pk).is_paused()
    send(step="close")
    assert Group.objects.get(pk=group.pk).status == "closed"
    assert "Select a valid choice" in errors_on(send(step="pause"))
    assert "Choose a later day" in errors_on(
        send(step="list", checked="on") and send(step="pause", pause_until=timezone.localdate().isoformat())
    )


def test_checking_says_who_and_when(at_desk: Client, group: Group) -> None:
    Group.objects.update(confirmed_at=timezone.now() - timedelta(days=200), confirmed_by="organizer")
    at_desk.post(page_of(group), filled_in(name="Tea", slug="tea", opened=opened(at_desk, group), checked="on"))
    group.refresh_from_db()
    assert (group.is_stale(), group.confirmed_by) == (False, "staff")
    assert "by our staff" in at_desk.get(page_of(group)).content.decode()


def test_only_what_was_typed_is_written(at_desk: Client, group: Group) -> None:
    sent = filled_in(name="Tea", slug="tea", opened=opened(at_desk, group), summary="For all who like tea.")
    at_desk.post(page_of(group), sent)
    group.refresh_from_db()
    assert (group.summary, group.status, group.slug) == ("For all who like tea.", "listed", "tea")
    last = group.events.order_by("-pgh_id").first()
    assert last.summary == "For all who like tea."


def test_no_save_runs_over_another(at_desk: Client, group: Group) -> None:
    was = opened(at_desk, group)
    group.revise(group.updated_at, "organizer", name="Tea and cake")
    sent = filled_in(name="Tea", slug="tea", opened=was, summary="For all.")
    answer = at_desk.post(page_of(group), sent)
    assert "Somebody else changed this listing" in errors_on(answer)
    assert Group.objects.get().name == "Tea and cake"
    again = answer.context["adminform"].form["opened"].value()
    assert at_desk.post(page_of(group), {**sent, "opened": again}).status_code == 302
    assert (Group.objects.get().name, Group.objects.get().summary) == ("Tea", "For all.")


@pytest.mark.django_db(transaction=True)
def test_somebody_faster_by_a_hair_is_noticed_too(
    at_desk: Client, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = GroupForm.write

    def organizer() -> None:
        row = Group.objects.get(pk=group.pk)
        row.revise(row.updated_at, "organizer", name="Tea and cake")
        connection.close()

    def late(form: GroupForm, by: Any) -> None:
        thread = threading.Thread(target=organizer)
        thread.start()
        thread.join(10)
        write(form, by)

    sent = filled_in(name="Tea", slug="tea", opened=opened(at_desk, group), summary="For all.")
    monkeypatch.setattr(GroupForm, "write", late)
    assert "Somebody else changed this listing" in errors_on(at_desk.post(page_of(group), sent))
    assert (Group.objects.get().name, Group.objects.get().summary) == ("Tea and cake", "")


def test_the_address_for_messages_is_set_and_never_shown(at_desk: Client, group: Group) -> None:
    def send(**changes: Any) -> Any:
        return at_desk.post(page_of(group), filled_in(name="Tea", slug="tea", opened=opened(at_desk, group), **changes))

    assert "Give the address" in errors_on(send(contact_by="relay"))
    assert send(contact_by="relay", relay_email="keeper@example.org").status_code == 302
    assert Group.objects.get().contact_email == "keeper@example.org"
    page = at_desk.get(page_of(group)).content.decode()
    assert "keeper@" not in page
    assert "An address is stored" in page
    assert send(contact_by="relay", summary="More.").status_code == 302  # left empty, it stays
    assert Group.objects.get().contact_email == "keeper@example.org"
    assert send(contact_by="none", forget_relay="on").status_code == 302
    assert Group.objects.get().contact_email == ""
    assert "keeper@" not in str(list(LogEntry.objects.values()))


def test_the_password_of_a_meeting_is_set_and_never_shown(
    at_desk: Client, group: Group, schedule: MeetingSchedule, hall: Place
) -> None:
    def send(**changes: Any) -> Any:
        row = tuesdays(hall, id=schedule.pk, group=group.pk, duration="60", zone="America/Chicago", **changes)
        form = filled_in(row, before=1, name="Tea", slug="tea", opened=opened(at_desk, group))
        return at_desk.post(page_of(group), form)

    answer = send(secret="open-sesame")
    assert answer.status_code == 302, errors_on(answer)
    schedule.refresh_from_db()
    assert (schedule.join_secret, schedule.sequence) == ("open-sesame", 1)
    for page in (page_of(group), f"/admin/groups/meetingschedule/{schedule.pk}/change/"):
        assert "sesame" not in at_desk.get(page).content.decode()
    send()
    schedule.refresh_from_db()
    assert (schedule.join_secret, schedule.sequence) == ("open-sesame", 1)
    send(forget_secret="on")
    schedule.refresh_from_db()
    assert (schedule.join_secret, schedule.sequence) == ("", 2)


def test_the_search_rows_follow_in_the_same_transaction(
    at_desk: Client, hall: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[int], int]] = []
    monkeypatch.setattr(
        indexing, "refresh", lambda ids: seen.append(([*ids], MeetingSchedule.objects.filter(group__in=[*ids]).count()))
    )
    at_desk.post(ADD, filled_in(tuesdays(hall), step="list", checked="on"))
    group = Group.objects.get()
    assert seen[-1] == ([group.pk], 1)
    seen.clear()
    row = tuesdays(hall, id=group.schedules.get().pk, group=group.pk, start="19:00")
    sent = filled_in(row, before=1, slug="tea-and-talk", opened=opened(at_desk, group))
    assert at_desk.post(page_of(group), sent).status_code == 302
    assert seen[-1] == ([group.pk], 1)
    assert Group.objects.get().updated_at > group.updated_at


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "\x00"}, "Null characters"),
        ({"slug": "new"}, "The site needs this address"),
        ({"slug": "Not an address"}, "group_slug_shape"),
        ({"min_age": "40", "max_age": "20"}, "The youngest age is above the oldest"),
        ({"public_phone": "call me"}, "Write the number as"),
        ({"languages": ["tlh"]}, "Select a valid choice"),
        ({"topics": ["9" * 30]}, "Select a valid choice"),
        ({"opened": "yesterday"}, ""),
        ({"form_key": "x"}, "valid UUID"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(at_desk: Client, changes: dict[str, Any], said: str) -> None:
    answer = at_desk.post(ADD, filled_in(**changes))
    assert said in errors_on(answer)
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"place": ""}, "Choose the place"),
        ({"modality": "online", "place": ""}, "Say which clock"),
        ({"rule_how": ""}, "Say how often"),
        ({"first_day": "9999-12-31"}, "between 1990 and 2100"),
        ({"until": "2026-01-01"}, "The last day lies before the first"),
        ({"duration": "0"}, "greater than or equal to 5"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"rule_how": "written", "rule_written": "FREQ=DAILY;COUNT=1000000000"}, "cannot be right"),
        ({"start": "25:00"}, "Enter a valid time"),
    ],
)
def test_what_no_meeting_time_can_be(at_desk: Client, hall: Place, changes: dict[str, Any], said: str) -> None:
    answer = at_desk.post(ADD, filled_in(tuesdays(hall) | changes))
    assert said in errors_on(answer)
    assert not Group.objects.exists()

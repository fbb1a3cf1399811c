"""A visitor suggests a change: kept as a difference, carried out by a moderator or refused with a reason."""

from datetime import time
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from groups.changing import change
from groups.models import Group, MeetingSchedule, Suggestion
from mindspace.moderation import errors
from mindspace.moderation.models import Verdict
from tests.groups.cast import SECRETS, form_data, group, links, max_, place

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/tea-and-talk/change/"


def fill(client: Client, **changes: Any) -> dict[str, Any]:
    return form_data(client.get(ADDRESS).content, **{"email": "vic@example.net", **changes})


def changed(client: Client, **changes: Any) -> Suggestion:
    answer = client.post(ADDRESS, fill(client, **changes))
    assert answer.status_code == 302, answer.content.decode()
    client.post(links()[0])
    return Suggestion.objects.latest("made_at")


def test_the_form_says_what_is_public_and_nothing_changed_is_told(client: Client) -> None:
    group()
    data = fill(client)
    assert (data["name"], data["when-0-start"], data["when-0-where"]) == ("Tea and Talk", "18:30", "Irving, TX 75038")
    answer = client.post(ADDRESS, data)
    assert (answer.status_code, Suggestion.objects.exists()) == (400, False)
    assert "This is what the page says already" in answer.content.decode()


def test_only_what_changed_is_kept_and_carried_out(client: Client) -> None:
    made = group()
    suggestion = changed(client, **{"summary": "For parents.", "when-0-start": "19:00"})
    pk = str(made.schedules.get().pk)
    assert suggestion.changes == {
        "group": {"summary": ["For anyone.", "For parents."]},
        "meetings": {pk: {"start": ["18:30", "19:00"]}},
    }
    made.refresh_from_db()
    assert made.summary == "For anyone."  # nothing before a moderator
    suggestion.decide(max_(), Verdict.APPROVE)
    made.refresh_from_db()
    schedule = made.schedules.get()
    assert (made.summary, f"{schedule.start:%H:%M}", schedule.sequence) == ("For parents.", "19:00", 1)


def test_what_others_changed_meanwhile_stays(client: Client) -> None:
    made = group()
    data = fill(client, summary="For parents.")
    Group.objects.update(cost="free")
    client.post(ADDRESS, data)
    client.post(links()[0])
    suggestion = Suggestion.objects.get()
    assert list(suggestion.changes["group"]) == ["summary"]
    seen = suggestion.fingerprint
    Group.objects.update(summary="For all.")
    suggestion = Suggestion.objects.get()
    assert suggestion.overtaken == ["Who it is for"]
    with pytest.raises(errors.ChangedMeanwhile):
        suggestion.decide(max_(), Verdict.APPROVE, seen=seen)
    made.refresh_from_db()
    assert made.summary == "For all."


def test_what_leads_people_astray_comes_first(client: Client) -> None:
    group()
    assert changed(client, summary="Other").risk == 0
    assert changed(client, website="https://elsewhere.example.org").risk == 1
    assert changed(client, **{"when-0-street": "1 Oak Street"}).risk == 1


def test_a_new_time_and_one_that_is_no_more(client: Client) -> None:
    made = group()
    new = {
        "when-0-DELETE": "on", "when-1-modality": "online", "when-1-often": "month", "when-1-days": ["0"],
        "when-1-nth": ["1", "-1"], "when-1-start": "12:00", "when-1-duration": "45", "when-1-zone": "America/Denver",
    }  # fmt: skip
    changed(client, **new).decide(max_(), Verdict.APPROVE)
    schedule = made.schedules.get()
    assert (schedule.rule, schedule.zone) == ("FREQ=MONTHLY;BYDAY=1MO,-1MO", "America/Denver")


def test_a_street_moves_the_point_to_the_zip_code(client: Client) -> None:
    made = group()
    changed(client, **{"when-0-street": "1 Oak Street"}).decide(max_(), Verdict.APPROVE)
    found = made.schedules.get().place
    assert (found.street, found.precision, found.name) == ("1 Oak Street", "postal", "The Annex")


def test_a_place_that_another_group_shares_stays_as_it_is_there(client: Client) -> None:
    shared = place()
    made, other = group(where=shared), group("Other", where=shared)
    changed(client, **{"when-0-street": "1 Oak Street"}).decide(max_(), Verdict.APPROVE)
    assert made.schedules.get().place.street == "1 Oak Street"
    assert other.schedules.get().place.street == "12 Elm Street"


def test_nothing_private_is_on_the_form(client: Client) -> None:
    made = group(where=place(street=SECRETS[0], publicity="area"))
    made.contact_email = SECRETS[1]
    made.save()
    schedule = made.schedules.get()
    schedule.join_secret, schedule.join_link, schedule.join_sharing = SECRETS[2], "https://x.example/hid", "on_request"
    schedule.save()
    page = client.get(ADDRESS).content.decode()
    data = form_data(page.encode(), email="vic@example.net", summary="New")
    client.post(ADDRESS, data)
    kept = str(Suggestion.objects.values()) + page + mail.outbox[0].body
    assert not [secret for secret in (*SECRETS, "x.example/hid", "32.8651") if secret in kept]


def test_a_group_with_many_times_can_be_changed(client: Client) -> None:
    made = group()
    schedule = made.schedules.get()
    for hour in range(14):
        schedule.pk, schedule._state.adding, schedule.start = None, True, time(hour)
        schedule.save()
    suggestion = changed(client, summary="New")
    assert (list(suggestion.changes["group"]), suggestion.changes["meetings"]) == (["summary"], {})


def test_a_rule_without_words_of_ours_is_kept(client: Client) -> None:
    made = group()
    MeetingSchedule.objects.update(rule="FREQ=MONTHLY;BYMONTHDAY=15")
    changed(client, summary="New").decide(max_(), Verdict.APPROVE)
    assert made.schedules.get().rule == "FREQ=MONTHLY;BYMONTHDAY=15"


def test_a_listing_nobody_sees_takes_no_change(client: Client) -> None:
    group(status="pending")
    assert client.get(ADDRESS).status_code == 404


def test_a_refusal_mails_its_reason_and_changes_nothing(client: Client) -> None:
    made = group()
    suggestion = changed(client, summary="New")
    suggestion.decide(max_(), Verdict.REFUSE, "We could not find out.")
    made.refresh_from_db()
    assert made.summary == "For anyone."
    assert "We could not find out." in mail.outbox[-1].body


def test_a_time_that_went_meanwhile_cannot_be_changed(client: Client) -> None:
    made = group()
    suggestion = changed(client, **{"when-0-start": "19:00"})
    made.schedules.all().delete()
    with pytest.raises(errors.CannotBeDone):
        suggestion.decide(max_(), Verdict.APPROVE)
    suggestion.refresh_from_db()
    assert suggestion.state == "waiting"


def test_a_place_made_in_the_admin_that_two_times_share_can_be_changed() -> None:
    shared = place(key=uuid4())
    made = group(where=shared)
    first = made.schedules.get()
    other = MeetingSchedule.objects.create(
        group=made, place=shared, modality="in_person", first_day=first.first_day, start=time(9), zone=first.zone
    )
    change(made, {"group": {}, "meetings": {str(first.pk): {"hint": ["", "Room 4"]}}}, "organizer")
    first.refresh_from_db(), other.refresh_from_db()
    assert (first.place.hint, other.place.hint, first.place.street) == ("Room 4", "", shared.street)


@pytest.mark.parametrize(
    ("rule", "hint", "opened"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "", 0),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "", 1),
        ("FREQ=WEEKLY;BYDAY=TU", "Room 4", 1),
    ],
)
def test_folds_of_a_time_stand_open_only_for_what_is_unusual(client: Client, rule: str, hint: str, opened: int) -> None:
    made = group(where=place(hint=hint))
    made.schedules.update(rule=rule)
    page = client.get("/groups/tea-and-talk/change/").content.decode()
    assert page.count('<details class="form-fold" open>') == opened

"""A visitor suggests a group: confirmed by mail, held for a moderator, listed or refused with a reason."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from groups.errors import WaitsForDecision
from groups.models import Group, Organizer, Suggestion
from mindspace.moderation.models import Decision, Verdict
from tests.groups.cast import client_of, form_data, links, max_, mia
from tests.groups.cast import group as listed_group

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Porch Circle", "kind": "peer", "topics": ["anxiety", "grief"], "summary": "For anyone.",
    "contact_by": "website", "website": "porch.example.org",
    "when-0-modality": "in_person", "when-0-often": "1", "when-0-days": ["1", "3"], "when-0-start": "18:30",
    "when-0-duration": "90", "when-0-where": "irving tx", "when-0-street": "12 Elm Street",
    "email": "Vic@Example.net", "note": "I go there.",
}  # fmt: skip


def fill(client: Client, **changes: Any) -> dict[str, Any]:
    return form_data(client.get("/groups/new/").content, **{**NEW, **changes})


def suggested(client: Client, **changes: Any) -> Suggestion:
    assert client.post("/groups/new/", fill(client, **changes)).status_code == 302
    return Suggestion.objects.latest("made_at")


def confirmed(client: Client, **changes: Any) -> Suggestion:
    made = suggested(client, **changes)
    [link] = links()
    assert client.post(link).status_code == 200
    made.refresh_from_db()
    return made


def test_it_waits_for_its_mail_first(client: Client) -> None:
    made = suggested(client)
    assert (made.state, made.email, made.group) == ("unconfirmed", "vic@example.net", None)
    assert "vic@" not in str(Suggestion.objects.values())
    [link] = links()
    assert "Porch" not in mail.outbox[0].subject + mail.outbox[0].body
    assert b"Porch Circle" in client.get(link).content  # looking changes nothing: mail scanners follow links
    assert not Group.objects.exists()


def test_once_confirmed_it_is_a_group_that_nobody_sees(client: Client) -> None:
    made = confirmed(client)
    group = Group.objects.get()
    assert (made.state, made.group) == ("waiting", group)
    assert (group.status, group.slug, group.website) == ("pending", "porch-circle", "https://porch.example.org")
    assert sorted(group.topics.values_list("slug", flat=True)) == ["anxiety", "grief"]
    schedule = group.schedules.get()
    assert (schedule.rule, schedule.duration, schedule.zone) == ("FREQ=WEEKLY;BYDAY=TU,TH", 90, "America/Chicago")
    assert (schedule.place.city, schedule.place.street, schedule.place.precision) == ("Irving", "12 Elm Street", "town")
    assert client.get("/groups/porch-circle/").status_code == 404


def test_a_second_press_on_the_link_makes_no_second_group(client: Client) -> None:
    confirmed(client)
    client.post(links()[0])
    assert Group.objects.count() == 1


def test_a_moderator_lists_it(client: Client) -> None:
    made, moderator = confirmed(client), max_()
    page = client_of(moderator).get("/moderation/")
    assert "Porch Circle" in page.content.decode()
    answer = client_of(moderator).post(
        f"/moderation/suggestion/{made.pk}/", {"verdict": "approve", "seen": page.context["seen"]}
    )
    assert answer.status_code == 302
    group = Group.objects.get()
    assert (group.status, group.confirmed_by) == ("listed", "staff")
    assert client.get("/groups/porch-circle/").status_code == 200
    assert Decision.objects.get().by == moderator
    assert mail.outbox[-1].to == ["vic@example.net"]
    assert not Organizer.objects.exists()


def test_whoever_runs_it_gets_a_link_to_keep_it(client: Client) -> None:
    made = confirmed(client, runs_it="on")
    made.decide(max_(), Verdict.APPROVE)
    assert [organizer.email for organizer in Organizer.objects.all()] == ["vic@example.net"]
    assert any("/groups/organizers/" in message.body for message in mail.outbox)


def test_refused_it_is_gone_and_the_reason_is_mailed(client: Client) -> None:
    made = confirmed(client)
    made.decide(max_(), Verdict.REFUSE, "It is on our list already.")
    assert not Group.objects.exists()
    assert "It is on our list already." in mail.outbox[-1].body
    assert Suggestion.objects.get().state == "refused"


def test_a_question_is_answered_by_a_link(client: Client) -> None:
    made = confirmed(client)
    made.decide(max_(), Verdict.ASK, "Where can it be read?")
    [link] = links()
    assert b"Where can it be read?" in client.get(link).content
    assert client.post(link, {"answer": ""}).status_code == 400
    client.post(link, {"answer": "On the door."})
    made.refresh_from_db()
    assert (made.state, made.answer) == ("waiting", "On the door.")


def test_a_form_that_is_sent_twice_makes_one_row_and_one_mail(client: Client) -> None:
    data = fill(client)
    for _click in range(2):
        assert client.post("/groups/new/", data).status_code == 302
    assert (Suggestion.objects.count(), len(mail.outbox)) == (1, 1)


def test_addresses_go_30_days_after_the_decision_and_what_is_not_confirmed_after_7(client: Client) -> None:
    made = confirmed(client)
    suggested(client, name="Another")
    made.decide(max_(), Verdict.APPROVE)
    now = timezone.now()
    assert Suggestion.objects.forget(now + timedelta(days=6)) == 0
    assert Suggestion.objects.forget(now + timedelta(days=8)) == 1
    assert Suggestion.objects.forget(now + timedelta(days=29)) == 0
    assert Suggestion.objects.forget(now + timedelta(days=31)) == 1
    assert Suggestion.objects.get().email == ""
    assert Suggestion.objects.forget(now + timedelta(days=31)) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "required"),
        ({"name": "x\x00"}, "Null characters"),
        ({"when-0-where": "Nowhereville, ZZ"}, "We do not know this town"),
        ({"when-0-days": []}, "which days of the week"),
        ({"when-0-often": "month", "when-0-nth": []}, "which one of the month"),
        ({"when-0-often": "2", "when-0-first_day": ""}, "count on from there"),
        ({"when-0-first_day": "9999-12-31"}, "between 1990 and 2100"),
        ({"when-0-start": ""}, "what time"),
        ({"when-0-zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"when-TOTAL_FORMS": "999999"}, "at most"),
        ({"when-TOTAL_FORMS": "x"}, "ManagementForm"),
        ({"website": "javascript:alert(1)"}, "valid URL"),
        ({"seen": "junk", "min_age": "60", "max_age": "20"}, "youngest age"),
        ({"email": "nobody"}, "valid email"),
        ({"kind": "x" * 100_000}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_junk_is_told_and_nothing_is_kept(client: Client, wrong: dict[str, Any], said: str) -> None:
    answer = client.post("/groups/new/", fill(client) | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_a_group_that_never_meets_must_be_always_open(client: Client) -> None:
    without = {key: "" for key in NEW if key.startswith("when-0-")} | {"when-0-days": []}
    whole = fill(client) | without
    whole |= {"when-0-modality": "in_person", "when-0-often": "1", "when-0-duration": "60", "kind": "online"}
    assert client.post("/groups/new/", whole).status_code == 400
    answer = client.post("/groups/new/", {**whole, "always_open": "on"})
    assert answer.status_code == 302, answer.content.decode()


def test_one_address_gets_six_mails_a_day_whoever_asks() -> None:
    codes = []
    for visitor in range(8):
        client = Client(REMOTE_ADDR=f"203.0.113.{visitor}")
        codes.append(client.post("/groups/new/", fill(client, name=f"Circle {visitor}")).status_code)
    assert codes == [302] * 6 + [400] * 2
    assert len(mail.outbox) == 6


def test_ten_a_day_are_enough(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        codes = [client.post("/groups/new/", {}).status_code for _number in range(11)]
    assert codes == [400] * 10 + [429]


def test_what_most_people_leave_out_is_folded_until_it_is_filled_in(client: Client) -> None:
    forms = client.get("/groups/new/").context["forms"]
    assert [is_open for _summary, _fields, is_open in forms.meetings.forms[0].folds] == [False, False]
    sent = {**form_data(client.get("/groups/new/").content), "when-0-often": "month", "when-0-start": "18:30"}
    forms = client.post("/groups/new/", sent).context["forms"]
    assert [is_open for _summary, _fields, is_open in forms.meetings.forms[0].folds] == [True, False]


def test_what_word_leaves_in_a_paste_is_taken_out(client: Client) -> None:
    confirmed(client, name="Porch\x0bCircle", summary="Hello\x0bthere,\x01 you.", **{"when-0-note": "Ring\x0ctwice"})
    made = Group.objects.get()
    assert (made.name, made.summary) == ("Porch Circle", "Hello\nthere, you.")
    assert made.schedules.get().note == "Ring twice"


@pytest.mark.parametrize("way", ["keep", "admin"])
def test_nobody_lists_a_suggestion_past_the_queue(way: str) -> None:
    moderator = max_()
    client = client_of(moderator)
    made = confirmed(client)
    assert not made.can_be_decided_by(moderator)
    assert b"Show it to everybody" not in client.get("/groups/porch-circle/keep/").content
    if way == "keep":
        client.post("/groups/porch-circle/keep/list/")
    else:
        with pytest.raises(WaitsForDecision):
            Group.objects.get().list_("staff", moderator)
    assert Group.objects.get().status == "pending"
    made.decide(mia(), Verdict.APPROVE)
    assert Group.objects.get().status == "listed"


def test_what_is_refused_is_not_listed_whoever_listed_it_before(client: Client) -> None:
    made = confirmed(client)
    Group.objects.update(status="listed", confirmed_at=timezone.now())
    made.decide(mia(), Verdict.REFUSE, "We cannot find it.")
    assert Group.objects.get().status == "closed"


def test_a_group_of_the_same_name_is_shown_before_it_comes_twice(client: Client) -> None:
    listed_group("Porch Circle")
    Group.objects.update(name="Porch, Circle")
    answer = client.post("/groups/new/", fill(client))
    page = answer.content.decode()
    assert (answer.status_code, Suggestion.objects.exists()) == (400, False)
    assert '<a href="/groups/porch-circle/">Porch, Circle</a> is on our list already' in page
    assert 'type="checkbox" name="another"' in page
    assert client.post("/groups/new/", fill(client, another="on")).status_code == 302
    assert Suggestion.objects.get().is_new


def test_the_mail_that_it_is_on_the_page_leads_there_and_the_page_says_who_said_it(client: Client) -> None:
    confirmed(client, runs_it="on").decide(max_(), Verdict.APPROVE)
    assert Group.objects.get().confirmed_by == "organizer"
    [link] = links()
    assert "porch" not in link
    assert '<a href="/groups/porch-circle/">' in client.get(link).content.decode()


def test_a_town_can_be_written_where_the_device_tells_nothing(client: Client) -> None:
    page = client.get("/groups/near/").content.decode()
    assert '<form method="get" action="/groups/">' in page
    assert 'name="near"' in page

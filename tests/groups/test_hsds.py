"""The directory as HSDS 3.0: what its addresses answer, and that junk gets a message."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from groups.models import MeetingException, Organization
from tests.groups.listing import group, place

pytestmark = pytest.mark.django_db
LISTS = ("/hsds/services", "/hsds/organizations", "/hsds/service_at_locations")


def asked(client: Client, address: str, **query: object) -> Any:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def test_the_root_says_which_version_it_is(client: Client) -> None:
    said = asked(client, "/hsds/")
    assert said["version"] == "3.0"
    assert {"profile", "openapi_url"} < set(said)


def test_a_service_holds_the_whole_group(client: Client) -> None:
    church = Organization.objects.create(name="St. Mark", summary="A church.", website="https://example.org/")
    made = group("Tea", summary="For anybody.", organization=church, about=("grief",), languages=["en", "es"],
                 cost="free", when="FREQ=MONTHLY;BYDAY=1TU,3TU", step_free=True, captions=False,
                 min_age=18)  # fmt: skip
    schedule = made.schedules.get()
    schedule.until, schedule.duration = date(2026, 12, 31), 90
    schedule.save()
    MeetingException.objects.create(schedule=schedule, day=date(2026, 3, 3), kind="cancelled")
    said = asked(client, f"/hsds/services/{made.key}")
    assert (said["id"], said["name"], said["status"]) == (str(made.key), "Tea", "active")
    assert (said["fees_description"], said["minimum_age"]) == ("Free", 18)
    assert said["organization"]["description"] == "A church."
    assert [language["code"] for language in said["languages"]] == ["en", "es"]
    assert said["attributes"][0]["taxonomy_term"]["code"] == "grief"
    where = said["service_at_locations"][0]
    assert where["location"]["addresses"][0]["address_1"] == "100 Quiet Lane"
    assert (where["location"]["latitude"], where["location"]["location_type"]) == (32.8653, "physical")
    access = {row["description"]: row["details"] for row in where["location"]["accessibility"]}
    assert access == {"step-free": "Yes", "captions": "No"}
    times = where["schedules"][0]
    assert (times["freq"], times["interval"], times["byday"]) == ("MONTHLY", 1, "1TU,3TU")
    assert (times["dtstart"], times["until"]) == ("2025-01-01", "2026-12-31")
    assert (times["opens_at"], times["closes_at"]) == ("18:30", "20:00")
    assert times["attributes"][0]["value"] == "America/Chicago"
    assert times["notes"] == "2026-03-03: Not held"


def test_a_single_meeting_and_an_online_one(client: Client) -> None:
    once = group("Once", when="FREQ=WEEKLY;BYDAY=TU")
    once.schedules.update(rule="", first_day=date(2027, 1, 5))
    times = asked(client, f"/hsds/services/{once.key}")["service_at_locations"][0]["schedules"][0]
    assert (times["dtstart"], times["until"], times["count"]) == ("2027-01-05", "2027-01-05", 1)
    assert "freq" not in times
    online = group("Screen", how="online", at=time(23, 30))
    online.schedules.update(join_link="https://example.org/join")
    where = asked(client, f"/hsds/services/{online.key}")["service_at_locations"][0]
    assert where["location"]["url"] == "https://example.org/join"
    assert where["location"]["location_type"] == "virtual"
    assert where["schedules"][0]["closes_at"] == "00:30"


def test_pages_show_everything_once_and_say_where_they_are(client: Client) -> None:
    for number in range(7):
        group(f"Circle {number}")
    for address in ("/hsds/services", "/hsds/service_at_locations"):
        pages = [asked(client, address, per_page=3, page=page) for page in (1, 2, 3, 4)]
        assert [(page["size"], page["first_page"], page["last_page"], page["empty"]) for page in pages] == [
            (3, True, False, False), (3, False, False, False), (1, False, True, False), (0, False, True, True),
        ]  # fmt: skip
        assert {(page["total_items"], page["total_pages"]) for page in pages} == {(7, 3)}
        ids = [row["id"] for page in pages for row in page["contents"]]
        assert len(set(ids)) == 7


def test_lists_are_narrowed_by_words_topic_and_day_of_change(client: Client) -> None:
    loss = group("After a loss", about=("grief",))
    old = group("Tea")
    type(old).objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=9))
    topic = asked(client, f"/hsds/services/{loss.key}")["attributes"][0]["taxonomy_term"]["id"]
    since = (timezone.now() - timedelta(days=1)).isoformat()
    for query in ({"search": "loss"}, {"taxonomy_term_id": topic}, {"modified_after": since}):
        for address in ("/hsds/services", "/hsds/service_at_locations"):
            assert asked(client, address, **query)["total_items"] == 1, query
        assert asked(client, "/hsds/services", **query)["contents"][0]["name"] == "After a loss"
    assert asked(client, "/hsds/services", taxonomy_term_id=uuid4())["empty"] is True


def test_full_nests_all_of_it(client: Client) -> None:
    Organization.objects.create(name="Nobody's")
    group("Tea", organization=Organization.objects.create(name="St. Mark", phone="+15555550100"))
    assert "service_at_locations" not in asked(client, "/hsds/services")["contents"][0]
    assert "service_at_locations" in asked(client, "/hsds/services", full="true")["contents"][0]
    whole = asked(client, "/hsds/organizations", full="true")["contents"]
    assert [(row["name"], row["phones"][0]["number"]) for row in whole] == [("St. Mark", "+15555550100")]
    assert asked(client, "/hsds/service_at_locations")["contents"][0]["service"]["name"] == "Tea"


def test_who_shares_a_hidden_place_is_not_told(client: Client) -> None:
    hidden, open_place = place(publicity="on_request"), place()
    for name, where in (("A", hidden), ("B", hidden), ("C", open_place), ("D", open_place)):
        group(name, where=where)
    rows = asked(client, "/hsds/service_at_locations")["contents"]
    ids = {row["service"]["name"]: row["location"]["id"] for row in rows}
    assert ids["A"] != ids["B"]
    assert ids["C"] == ids["D"]


def test_only_active_groups_are_there(client: Client) -> None:
    now = timezone.now()
    hidden = [
        group("Paused", paused_from=now - timedelta(days=1)),
        group("Waiting", status="pending"),
        group("Gone", status="closed"),
        group("Old", confirmed_at=datetime(2020, 1, 1, tzinfo=UTC)),
    ]
    for made in hidden:
        made.organization = Organization.objects.create(name=made.name)
        made.save()
        assert client.get(f"/hsds/services/{made.key}").status_code == 404, made.name
    for address in LISTS:
        assert asked(client, address)["empty"] is True, address


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"}, {"page": "9" * 30}, {"per_page": "101"}, {"per_page": "-1"}, {"search": "a\x00b"},
        {"search": "a" * 201}, {"modified_after": "yesterday"}, {"taxonomy_term_id": "grief"}, {"full": "perhaps"},
    ],
)  # fmt: skip
def test_junk_is_answered_with_a_message(client: Client, address: str, query: dict[str, str]) -> None:
    answer = client.get(address, query)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(query)


def test_odd_but_right_questions_harm_nothing(client: Client) -> None:
    for query in (
        {"search": "':*&|!()"},
        {"modified_after": "0001-01-01T00:00:00+23:59"},
        {"modified_after": "9999-12-31T23:59:59-23:59"},
        {"page": "1000000"},
    ):
        for address in LISTS:
            assert client.get(address, query).status_code in (200, 400), query
    assert client.post("/hsds/services").status_code == 405


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries) -> None:
    for number in range(20):
        group(f"Circle {number}", organization=Organization.objects.create(name=f"House {number}"), about=("grief",))
    for address, most in (("/hsds/services", 8), ("/hsds/organizations", 3), ("/hsds/service_at_locations", 4)):
        with django_assert_max_num_queries(most):
            asked(client, address, full="true")

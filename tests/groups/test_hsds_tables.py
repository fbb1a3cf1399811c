"""HSDS as tables: they join, hold each row once, and stream."""

import csv
import gc
import io

import pytest
from django.test import Client

from groups.exports.hsds_tables import TABLES
from groups.models import Group, Organization
from groups.views import feeds
from tests.groups.listing import group, place

pytestmark = pytest.mark.django_db
STREAMS = ("/groups/export.csv", "/groups/meetings.json", "/hsds/csv/services.csv")


def rows(client: Client, table: str) -> list[dict[str, str]]:
    answer = client.get(f"/hsds/csv/{table}.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_the_tables_join_and_hold_each_row_once(client: Client) -> None:
    church, hall = Organization.objects.create(name="St. Mark"), place()
    group("Tea", organization=church, where=hall, about=("grief",), languages=["es"], step_free=True)
    group("Cake", organization=church, where=hall, about=("grief",))
    group("Alone", how="online", contact_by="public", public_phone="+15555550100")
    found = {table: rows(client, table) for table in TABLES}
    ids = {table: [row["id"] for row in found[table]] for table in TABLES}
    assert all(len(set(each)) == len(each) for each in ids.values())
    assert {table: len(each) for table, each in ids.items()} == {
        "organizations": 2, "services": 3, "service_at_location": 3, "locations": 2, "addresses": 1, "schedules": 3,
        "phones": 1, "languages": 1, "accessibility": 1, "attributes": 5, "taxonomy_terms": 1,
    }  # fmt: skip
    for table, column, other in (
        ("services", "organization_id", "organizations"), ("service_at_location", "service_id", "services"),
        ("service_at_location", "location_id", "locations"), ("addresses", "location_id", "locations"),
        ("schedules", "service_at_location_id", "service_at_location"), ("languages", "service_id", "services"),
        ("accessibility", "location_id", "locations"),
    ):  # fmt: skip
        assert {row[column] for row in found[table]} <= set(ids[other]), (table, column)
    assert {row["link_id"] for row in found["attributes"]} <= {*ids["services"], *ids["schedules"]}
    assert {row["taxonomy_term_id"] for row in found["attributes"]} == {*ids["taxonomy_terms"], ""}
    assert found["phones"][0]["number"] == "'+15555550100"
    assert {row["byday"] for row in found["schedules"]} == {"TU"}


def test_a_formula_is_none_and_another_table_is_not_there(client: Client) -> None:
    group("=cmd|calc", slug="evil", summary="@sum")
    row = rows(client, "services")[0]
    assert (row["name"], row["description"]) == ("'=cmd|calc", "'@sum")
    assert client.get("/hsds/csv/users.csv").status_code == 404


@pytest.mark.parametrize("address", STREAMS)
def test_a_stream_holds_few_groups_at_once(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        group(f"Circle {number}")
    monkeypatch.setattr(feeds, "CHUNK", 5)
    gc.collect()
    gc.freeze()  # what was there before is neither looked at nor counted
    try:
        assert 1 <= max(held() for _piece in client.get(address).streaming_content) <= 10
    finally:
        gc.unfreeze()


def held() -> int:
    gc.collect()  # a group and its meeting times know each other
    return sum(type(thing) is Group for thing in gc.get_objects())

"""HSDS 3.0 as tables (CSV, RFC 4180): the rows of `hsds.service` taken apart, joined by their identifiers.

The names of the files and of their columns are those of the specification's data package. A table has each of its rows
once, however many groups share it. Cells are guarded as in `table`.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from groups.exports import hsds
from groups.exports.table import Echo, cell
from groups.models import Group

Row = dict[str, Any]

TABLES = {
    "organizations": ("id", "name", "description", "website"),
    "services": (
        "id", "organization_id", "name", "description", "url", "email", "status", "application_process",
        "fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert",
        "last_modified",
    ),
    "service_at_location": ("id", "service_id", "location_id", "description"),
    "locations": ("id", "location_type", "url", "name", "description", "latitude", "longitude"),
    "addresses": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "schedules": (
        "id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "until", "count", "wkst", "freq",
        "interval", "byday", "bymonthday", "description", "opens_at", "closes_at", "attending_type", "notes",
    ),
    "phones": ("id", "service_id", "service_at_location_id", "number", "description"),
    "languages": ("id", "service_id", "name", "code"),
    "accessibility": ("id", "location_id", "description", "details"),
    "attributes": ("id", "link_id", "link_entity", "taxonomy_term_id", "label", "value"),
    "taxonomy_terms": ("id", "code", "name", "description"),
}  # fmt: skip
RULE_PARTS = ("byday", "bymonthday")


def stream(groups: Iterable[Group], table: str) -> Iterator[str]:
    """The file of one of TABLES, a row at a time, of groups that came `with_everything`."""
    columns = TABLES[table]
    writer = csv.writer(Echo())
    yield writer.writerow(columns)
    seen: set[str] = set()  # identifiers alone: small, also for very many groups
    for group in groups:
        for name, row in rows_of(group):
            if name == table and row["id"] not in seen:
                seen.add(row["id"])
                yield writer.writerow([written(column, row.get(column)) for column in columns])


def written(column: str, value: Any) -> str:
    """The parts of a rule are ours, and `-1FR` has to stay the last Friday."""
    return value or "" if column in RULE_PARTS else cell(value)


def rows_of(group: Group) -> Iterator[tuple[str, Row]]:
    """(the name of the table, a row) for all that is known of a group."""
    said = hsds.service(group, full=True)
    # A service needs an organization here; a group of its own is one.
    own = {"id": hsds.id_of("own-organization", group.key), "name": said["name"], "description": group.summary}
    organization = said.get("organization", own)
    yield "organizations", organization
    yield "services", said | {"organization_id": organization["id"]}
    for row in said.get("languages", []):
        yield "languages", row | {"service_id": said["id"]}
    for row in said.get("phones", []):
        yield "phones", row | {"service_id": said["id"]}
    for row in said.get("attributes", []):
        yield "taxonomy_terms", row["taxonomy_term"]
        yield "attributes", row | {"link_id": said["id"], "taxonomy_term_id": row["taxonomy_term"]["id"]}
    for where in said.get("service_at_locations", []):
        yield from _rows_at(where, said["id"])


def _rows_at(where: Row, service_id: str) -> Iterator[tuple[str, Row]]:
    location = where["location"]
    yield "service_at_location", where | {"service_id": service_id, "location_id": location["id"]}
    yield "locations", location
    for table in ("addresses", "accessibility"):
        for row in location.get(table, []):
            yield table, row | {"location_id": location["id"]}
    for row in where.get("phones", []):
        yield "phones", row | {"service_at_location_id": where["id"]}
    for row in where["schedules"]:
        yield "schedules", row | {"service_at_location_id": where["id"]}
        for attribute in row["attributes"]:
            yield "attributes", attribute | {"link_id": row["id"], "link_entity": "schedule"}

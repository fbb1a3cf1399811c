"""The directory as HSDS 3.0 tables: CSV files and their `datapackage.json` in one ZIP (Tabular Data Package).

The tables are made from what the API answers (hsds.py), in one pass over the groups: `services.csv` goes out while
they are read, the rest waits in temporary files. So the first byte comes at once, and memory stays what it is.
"""

import csv
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Any
from uuid import UUID

from groups.exports import hsds
from groups.exports.table import Echo, guarded
from groups.models import Group

# Each table with its columns, named as the specification has them; the first is services.csv.
TABLES = {
    "services": ("id", "organization_id", "name", "description", "url", "email", "status", "application_process",
                 "fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert",
                 "last_modified"),
    "organizations": ("id", "name", "description", "website"),
    "service_at_location": ("id", "service_id", "location_id", "description"),
    "locations": ("id", "location_type", "url", "name", "description", "latitude", "longitude"),
    "addresses": ("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "accessibility": ("id", "location_id", "description", "details"),
    "phones": ("id", "service_id", "service_at_location_id", "number", "description"),
    "schedules": ("id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "until", "count", "wkst", "freq",
                  "interval", "byday", "bymonthday", "description", "opens_at", "closes_at", "attending_type", "notes"),
    "languages": ("id", "service_id", "name", "code"),
    "attributes": ("id", "link_id", "taxonomy_term_id", "link_entity", "value", "label"),
    "taxonomy_terms": ("id", "code", "name", "description"),
}  # fmt: skip
SHARED = ("organizations", "locations", "addresses", "taxonomy_terms")  # several rows name the same one
# Numbers, phones and the days of rules begin with a sign and are no formulas.
_HARMLESS = re.compile(r"[+-]?\d[\dA-Z, ]*")
IN_MEMORY = 256 * 1024
Row = tuple[str, dict[str, Any]]


class Sink:
    """What has been written and not yet been sent."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def stream(groups: Iterable[Group]) -> Iterator[bytes]:
    """The ZIP, a piece at a time, of groups that came `with_everything`."""
    sink = Sink()
    with ExitStack() as opened, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[call-overload]
        package.writestr("datapackage.json", json.dumps(described(), indent=2))
        waiting: dict[str, IO[str]] = {
            name: opened.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", newline="", encoding="utf-8"))
            for name in list(TABLES)[1:]
        }
        for name, file in waiting.items():
            file.write(line(TABLES[name]))
        with package.open("services.csv", "w") as services:
            services.write(line(TABLES["services"]).encode())
            for name, row in rows(groups):
                text = line([cell(row.get(column)) for column in TABLES[name]])
                if name == "services":
                    services.write(text.encode())
                    yield sink.taken()
                else:
                    waiting[name].write(text)
        for name, file in waiting.items():
            file.seek(0)
            with package.open(f"{name}.csv", "w") as entry:
                while piece := file.read(IN_MEMORY):
                    entry.write(piece.encode())
                    yield sink.taken()
    yield sink.taken()


def rows(groups: Iterable[Group]) -> Iterator[Row]:
    """(table, row) for all of it; what several groups share comes once."""
    told: set[bytes] = set()
    for group in groups:
        for name, row in rows_of(group):
            key = UUID(row["id"]).bytes
            if key not in told:
                yield name, row
            if name in SHARED:
                told.add(key)


def rows_of(group: Group) -> Iterator[Row]:
    said = hsds.service(group, full=True)
    # A service needs an organization in this form: a group that has none stands for itself.
    behind = said.get("organization") or {"id": hsds.id_of("self", group.key), "name": said["name"], "description": ""}
    yield "services", said | {"organization_id": behind["id"]}
    yield "organizations", behind
    service = {"service_id": said["id"]}
    for name in ("phones", "languages"):
        yield from ((name, row | service) for row in said.get(name, ()))
    for attribute in said.get("attributes", ()):
        term = attribute["taxonomy_term"]
        yield "taxonomy_terms", term
        yield "attributes", attribute | {"link_id": said["id"], "taxonomy_term_id": term["id"]}
    for there in said.get("service_at_locations", ()):
        yield from rows_there(there, service)


def rows_there(there: dict[str, Any], service: dict[str, Any]) -> Iterator[Row]:
    location = there["location"]
    yield "service_at_location", there | service | {"location_id": location["id"]}
    yield "locations", location
    for name in ("addresses", "accessibility"):
        yield from ((name, row | {"location_id": location["id"]}) for row in location.get(name, ()))
    yield from (("phones", row | {"service_at_location_id": there["id"]}) for row in there.get("phones", ()))
    for schedule in there["schedules"]:
        yield "schedules", schedule | {"service_at_location_id": there["id"]}
        for attribute in schedule["attributes"]:
            yield "attributes", attribute | {"link_id": schedule["id"], "link_entity": "schedule"}


def cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if _HARMLESS.fullmatch(text) else guarded(text)


def line(cells: Iterable[str]) -> str:
    return str(csv.writer(Echo()).writerow(list(cells)))


def described() -> dict[str, Any]:
    """What is in the ZIP, by the names that the specification gives its tables."""
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": hsds.VERSION,
        "homepage": hsds.PROFILE,
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "schema": {"primaryKey": "id", "fields": [{"name": column} for column in columns]},
            }
            for name, columns in TABLES.items()
        ],
    }

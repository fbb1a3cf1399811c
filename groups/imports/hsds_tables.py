"""HSDS 1.x and 2.x: tables in a folder or a ZIP, put together into the nested shape of 3.x, a service at a time.

The tables go into a temporary SQLite file that vanishes by itself, so that the memory stays flat.
"""

import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from groups.imports import hsds
from groups.imports.csv_file import csv_rows
from groups.imports.limits import MEGABYTE, MOST_FILES, MOST_ROWS, MOST_UNPACKED
from groups.imports.neutral import CannotRead, Found, Left
from groups.imports.reading import Opener

# The columns of each table that are used. Contacts are in none of them.
TABLES: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "organization": "id name",
        "service": "id organization_id name description url email status application_process fees fees_description "
        "eligibility_description minimum_age maximum_age",
        "service_at_location": "id service_id location_id",
        "location": "id name description latitude longitude location_type url",
        "physical_address": "id location_id address_1 address_2 city state_province postal_code country",
        "regular_schedule": "id service_id location_id service_at_location_id weekday opens_at closes_at description",
        "schedule": "id service_id location_id service_at_location_id valid_from valid_to dtstart freq interval byday "
        "bymonthday until count wkst opens_at closes_at description timezone attending_type notes",
        "phone": "id service_id service_at_location_id number type",
        "attribute": "id link_id taxonomy_term_id label value",
        "taxonomy_term": "id code name",
        "language": "id service_id language code name",
        "accessibility_for_disabilities": "id location_id accessibility description details",
    }.items()
}
LINKS = ("id", "service_id", "location_id", "service_at_location_id", "organization_id", "link_id")
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
# Other names under which they are met.
ALIASES = {
    "address": "physical_address",
    "addresses": "physical_address",
    "schedules": "schedule",
    "regular_schedules": "regular_schedule",
    "services_at_location": "service_at_location",
    "phones": "phone",
    "languages": "language",
    "attributes": "attribute",
    "taxonomy_terms": "taxonomy_term",
    "physical_addresses": "physical_address",
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "accessibility": "accessibility_for_disabilities",
}


def read(path: Path) -> Iterator[Found | Left]:
    """Raises CannotRead. `path` is a ZIP or a folder."""
    with closing(sqlite3.connect("")) as kept:
        kept.row_factory = sqlite3.Row
        for name, columns in TABLES.items():
            kept.execute(f"CREATE TABLE {name} ({', '.join(map(_quoted, columns))})")
        try:
            found = {name for name, file in _files(path) if _load(kept, name, file)}
        except DAMAGED as error:
            raise CannotRead(_("The archive is damaged, or is none.")) from error
        if not {"service"} <= found or not found & {"schedule", "regular_schedule"}:
            raise CannotRead(_("These are no HSDS tables: service.csv, or the one with the schedules, is missing."))
        for name, columns in TABLES.items():
            for column in set(LINKS) & set(columns):
                kept.execute(f'CREATE INDEX {name}_{column} ON {name} ("{column}")')
        for row in kept.cursor().execute("SELECT * FROM service"):
            yield hsds.result(_service(kept, dict(row)))


def _quoted(column: str) -> str:
    return f'"{column}" TEXT'


def _files(path: Path) -> Iterator[tuple[str, Opener]]:
    if path.is_dir():
        for file in sorted(path.glob("*.csv")):
            if file.stat().st_size > MOST_UNPACKED:
                raise _too_much()
            yield _name(file.name), _opener(file)
        return
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise _too_much()
        for entry in entries:
            if entry.filename.lower().endswith(".csv") and not entry.filename.startswith("__MACOSX"):
                yield _name(entry.filename), partial(_unpacked, archive, entry)


def _opener(file: Path) -> Opener:
    return lambda: file.open("rb")


def _too_much() -> CannotRead:
    return CannotRead(_("There is more than %d MB in it, or there are too many files.") % (MOST_UNPACKED // MEGABYTE))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
    return io.BufferedReader(_Unpacked(archive.open(entry), entry.file_size))


class _Unpacked(io.RawIOBase):
    """A file of an archive that never gives more than the archive said it would, and can go back to its beginning."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file, self.size = file, size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.file.read(len(buffer))
        if self.file.tell() > self.size:
            raise _too_much()
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def close(self) -> None:
        self.file.close()
        super().close()


def _name(file: str) -> str:
    stem = Path(file).stem.lower()
    return ALIASES.get(stem, stem)


def _load(kept: sqlite3.Connection, name: str, file: Opener) -> bool:
    if name not in TABLES:
        return False
    columns = TABLES[name]
    marks = ", ".join("?" * len(columns))
    rows = (tuple(row.get(column, "") for column in columns) for row in _counted(csv_rows(file)))
    kept.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - our own names
    return True


def _counted(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise CannotRead(_("The file has more than %d rows.") % MOST_ROWS)
        yield row


def _service(kept: sqlite3.Connection, row: dict[str, Any]) -> dict[str, Any]:
    def of(table: str, column: str, value: str, most: int = 200) -> list[dict[str, Any]]:
        found = kept.execute(f'SELECT * FROM {table} WHERE "{column}" = ? LIMIT ?', (value, most))  # noqa: S608
        return [dict(each) for each in found]

    def described(each: dict[str, Any]) -> dict[str, Any]:
        """With its attributes, and their terms."""
        each["attributes"] = of("attribute", "link_id", each["id"])
        for attribute in each["attributes"]:
            attribute["taxonomy_term"] = next(iter(of("taxonomy_term", "id", attribute["taxonomy_term_id"], 1)), None)
        return each

    key = row["id"]
    described(row)
    if row["organization_id"]:
        row["organization"] = next(iter(of("organization", "id", row["organization_id"], 1)), None)
    row["phones"], row["languages"] = of("phone", "service_id", key), of("language", "service_id", key)
    times = [*of("schedule", "service_id", key), *of("regular_schedule", "service_id", key)]
    places = []
    for at in of("service_at_location", "service_id", key):
        location = next(iter(of("location", "id", at["location_id"], 1)), {})
        location["addresses"] = of("physical_address", "location_id", at["location_id"])
        location["accessibility"] = of("accessibility_for_disabilities", "location_id", at["location_id"])
        own = of("schedule", "service_at_location_id", at["id"])
        own += of("regular_schedule", "service_at_location_id", at["id"])
        if at["location_id"]:
            own += [each for each in times if each["location_id"] == at["location_id"]]
        own = [described(each) for each in {each["id"]: each for each in own}.values()]
        phones = of("phone", "service_at_location_id", at["id"])
        places.append({**at, "location": location, "schedules": own, "phones": phones})
    placed = {each["id"] for at in places for each in at["schedules"]}
    return {
        **row,
        "service_at_locations": places,
        "schedules": [described(each) for each in times if each["id"] not in placed],
    }

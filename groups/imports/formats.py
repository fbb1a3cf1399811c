"""Which module reads which format, and how a whole import goes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from groups.imports import bmlt, calendar, hsds, hsds_tables, meeting_guide, staging, table
from groups.imports.fetching import fetched
from groups.imports.limits import MOST_BYTES
from groups.imports.neutral import CannotRead, Found, Left
from groups.imports.reading import Opener, opener, too_large
from groups.models import ImportRun, Source
from mindspace.reach import Caller

Format = Source.Format
READERS: dict[str, Callable[[Opener], Iterator[Found | Left]]] = {
    Format.MEETING_GUIDE: meeting_guide.read,
    Format.BMLT: bmlt.read,
    Format.ICALENDAR: calendar.read,
    Format.HSDS: hsds.read,
    Format.CSV: table.read,
}


def check_file(source: Source, path: Path, **about: Any) -> ImportRun:
    """See `staging.check`. `path` is a file, or for HSDS a folder, too."""
    return staging.check(source, lambda: _results(source.format, path), **about)


def _results(format_: str, path: Path) -> Iterator[Found | Left]:
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise too_large()
    if format_ == Format.HSDS and (path.is_dir() or _is_zip(path)):
        return hsds_tables.read(path)
    return READERS[format_](opener(path))


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def check_url(source: Source, url: str, caller: Caller | None = None, **about: Any) -> ImportRun:
    """As `check_file`, of what is at a web address now."""
    run = about.pop("run", None) or ImportRun(source=source, came_from=url, status=ImportRun.Status.WAITING, **about)
    run.save()
    with ExitStack() as stack:
        # Before the transaction begins: nobody should wait for another's server.
        try:
            path = stack.enter_context(fetched(url, caller))
        except CannotRead as error:
            return staging.failed(run, error)
        return check_file(source, path, run=run)

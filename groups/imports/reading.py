"""Files as text, a piece at a time: json_file.py and csv_file.py have no more than a row of one in memory.

A file is opened twice. The first time its bytes are read through for what they are written in and whether they are
whole, the second time for what they say.
"""

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import IO, TypeVar

from django.utils.translation import gettext as _

from groups.imports.limits import MEGABYTE, MOST_BYTES
from groups.imports.neutral import CannotRead

Row = TypeVar("Row")
Opener = Callable[[], IO[bytes]]
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def too_large() -> CannotRead:
    return CannotRead(_("The file is larger than %d MB.") % (MOST_BYTES // MEGABYTE))


def cut_off() -> CannotRead:
    return CannotRead(_("The file ends in the middle: it seems to have been cut. Fetch it again."))


def opener(path: Path) -> Opener:
    return lambda: path.open("rb")


def encoding_of(file: Opener) -> str:
    """UTF-8 or UTF-16 where it is; else that of old Windows programs. Raises CannotRead for what is no text."""
    with file() as raw:
        first = raw.read(4)
        marked = next((name for mark, name in _MARKS if first.startswith(mark)), "")
        if marked or not first:
            return marked or "utf-8"
        if first[:2] in (b"PK", b"\x1f\x8b") or b"\x00" in first:
            raise CannotRead(_("This is no text file."))
        raw.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while piece := raw.read(MEGABYTE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8"


def text_of(file: Opener) -> IO[str]:
    return io.TextIOWrapper(file(), encoding=encoding_of(file), errors="replace", newline="")


def in_time(rows: Iterable[Row], ends: float) -> Iterator[Row]:
    """The rows that come before `ends`, a moment of time.monotonic(). Raises CannotRead when there are more."""
    for row in rows:
        if monotonic() > ends:
            raise CannotRead(_("This takes too long to be checked here. manage.py import_groups has the time for it."))
        yield row

"""Tables in CSV, a row at a time."""

import csv
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from groups.exports.table import plain as unguarded
from groups.imports.limits import LONGEST_ROW, LONGEST_VALUE, MEGABYTE, MOST_COLUMNS
from groups.imports.neutral import CannotRead
from groups.imports.reading import Opener, cut_off, text_of


def csv_rows(file: Opener) -> Iterator[dict[str, str]]:
    """The rows of a table by the names of its first line, in small letters with `_` for spaces. Raises CannotRead."""
    with text_of(file) as text:
        first = text.read(LONGEST_VALUE)
        head = first.split("\n", 1)[0]
        delimiter = max(",;\t", key=head.count)
        text.seek(0)
        # Inch marks are let through, but not a quotation mark that is never closed: then the end is missing.
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=delimiter, strict=_has_odd_quotes(file))
        cells: list[str] = []
        try:
            names = [name_of(cell) for cell in next(reader, [])]
            if len(names) < 2 or not any(names):
                raise CannotRead(_("The first line of the table has to name its columns."))
            if len(names) > MOST_COLUMNS:
                raise CannotRead(_("The table has more than %d columns.") % MOST_COLUMNS)
            for cells in reader:
                lines.taken = 0
                if len(cells) > MOST_COLUMNS:
                    raise too_long(reader.line_num)
                if any(cell.strip() for cell in cells):
                    missing = [""] * (len(names) - len(cells))
                    yield dict(zip(names, [*map(unguarded, cells), *missing], strict=False))
            if len(cells) < len(names) and not _ends_with_line(file):
                raise cut_off()
        except csv.Error as error:
            if "end of data" in str(error):
                raise cut_off() from None
            if "field limit" in str(error):
                raise too_long(reader.line_num) from None
            raise CannotRead(_("The table is damaged: %s.") % error) from None


class _Lines:
    """The lines of a text: so many signs until `taken` is set back, and no more. A row can be many lines long."""

    def __init__(self, text: IO[str]) -> None:
        self.text, self.taken, self.number = text, 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(LONGEST_ROW + 1)
        if not line:
            raise StopIteration
        self.taken, self.number = self.taken + len(line), self.number + 1
        if self.taken > LONGEST_ROW:
            raise too_long(self.number)
        return line


def too_long(line: int) -> CannotRead:
    return CannotRead(_("The row of the table that ends in line %d is too long. Is a quotation mark missing?") % line)


def name_of(cell: str) -> str:
    return "_".join(cell.strip().lstrip("\ufeff").lower().replace("-", " ").split())


def _has_odd_quotes(file: Opener) -> bool:
    with file() as raw:
        return bool(sum(piece.count(b'"') for piece in iter(lambda: raw.read(MEGABYTE), b"")) % 2)


def _ends_with_line(file: Opener) -> bool:
    last = b""
    with file() as raw:
        while piece := raw.read(MEGABYTE):
            last = piece[-2:]  # in UTF-16 a line's end has two bytes
    return b"\n" in last or b"\r" in last

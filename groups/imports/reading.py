"""Files, a piece at a time: however large one is, no more than a row of it is in memory.

A file is opened twice. The first time its bytes are read through for what they are written in and whether they are
whole, the second time for what they say.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from groups.exports.table import plain as unguarded
from groups.imports.limits import LONGEST_ROW, LONGEST_VALUE, MEGABYTE, MOST_BYTES, MOST_DEPTH
from groups.imports.neutral import CannotRead, Refused

Opener = Callable[[], IO[bytes]]
_SPACE = re.compile(r"[ \t\r\n]*")
_PIECE = 256 * 1024
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


# -- JSON ------------------------------------------------------------------------------------------


class _Json:
    """The elements of a list that is the file, or stands under one of `names` in the object that the file is."""

    def __init__(self, text: IO[str], names: frozenset[str]) -> None:
        self.text, self.names = text, names
        self.held, self.at, self.over = "", 0, False
        self.decode = json.JSONDecoder().raw_decode

    def elements(self) -> Iterator[Any]:
        opening = self.peek()
        if opening == "[":
            yield from self.listed()
        elif opening == "{":
            yield from self.under_a_name()
        else:
            raise CannotRead(_("The file is not JSON. Is the address one of a web page?"))
        if self.peek():
            raise CannotRead(_("There is something behind the end of the JSON: the file is damaged."))

    def listed(self) -> Iterator[Any]:
        self.at += 1
        if self.peek() == "]":
            self.at += 1
            return
        while True:
            yield self.value()
            if self.then("],") == "]":
                return

    def under_a_name(self) -> Iterator[Any]:
        self.at += 1
        found = False
        while self.peek() != "}":
            name = self.value()
            self.then(":")
            if name in self.names and self.peek() == "[" and not found:
                found = True
                yield from self.listed()
            else:
                self.value()
            if self.then("},") == "}":
                break
        else:
            self.at += 1
        if not found:
            raise CannotRead(_("There is no list of meetings in this JSON."))

    def peek(self) -> str:
        """The next sign that is no space; "" at the end."""
        while True:
            self.at = _SPACE.match(self.held, self.at).end()  # type: ignore[union-attr]  # it always matches
            if self.at < len(self.held) or not self.more():
                return self.held[self.at : self.at + 1]

    def then(self, allowed: str) -> str:
        sign = self.peek()
        if not sign:
            raise cut_off()
        if sign not in allowed:
            raise CannotRead(_("The JSON is damaged: “%s” stands where it cannot.") % sign)
        self.at += 1
        return sign

    def value(self) -> Any:
        if not self.peek():
            raise cut_off()
        while True:
            try:
                value, end = self.decode(self.held, self.at)
            except RecursionError:
                raise too_deep() from None
            except json.JSONDecodeError as error:
                if len(self.held) - self.at > LONGEST_ROW:
                    raise CannotRead(_("A single row is too long, or the JSON is damaged.")) from None
                if self.more():
                    continue
                if error.pos >= len(self.held) - 12 or error.msg.startswith("Unterminated"):
                    raise cut_off() from None
                raise CannotRead(_("The JSON is damaged: %s.") % error.msg) from None
            except ValueError:  # a number of thousands of digits
                raise CannotRead(_("A number in the file is too long.")) from None
            # What ends with the text may go on: a number, for one.
            if end >= len(self.held) and self.more():
                continue
            if end - self.at > LONGEST_ROW:
                raise CannotRead(_("A single row is too long, or the JSON is damaged."))
            self.at = end
            return value

    def more(self) -> bool:
        piece = "" if self.over else self.text.read(_PIECE)
        self.over = not piece
        if piece:
            self.held, self.at = self.held[self.at :] + piece, 0
        return bool(piece)


def json_rows(file: Opener, *names: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON list, or of the list under one of `names`. Raises CannotRead."""
    with text_of(file) as text:
        for row in _Json(text, frozenset(names)).elements():
            if not isinstance(row, dict):
                raise CannotRead(_("The list holds something that is no meeting."))
            check(row)
            yield row


def too_deep() -> CannotRead:
    return CannotRead(_("The JSON is nested too deep to be a list of meetings."))


def check(value: Any, depth: int = 0) -> None:
    """Raises CannotRead for what is nested too deep."""
    if depth > MOST_DEPTH:
        raise too_deep()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(inner, dict | list):
            check(inner, depth + 1)


def check_text(row: Mapping[str, Any]) -> None:
    """Raises Refused for a row with characters that cannot be kept, or with a text that is too long."""
    for said in _texts(row):
        if len(said) > LONGEST_VALUE:
            raise Refused(_("One of its texts is too long."))
        if "\x00" in said:
            raise Refused(_("It holds a NUL character."))
        if not said.isascii() and any("\ud800" <= sign <= "\udfff" for sign in said):
            raise Refused(_("It holds characters that are none (broken Unicode)."))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


# -- CSV -------------------------------------------------------------------------------------------


def csv_rows(file: Opener) -> Iterator[dict[str, str]]:
    """The rows of a table by the names of its first line, in small letters with `_` for spaces. Raises CannotRead."""
    with text_of(file) as text:
        first = text.read(LONGEST_VALUE)
        head = first.split("\n", 1)[0]
        delimiter = max(",;\t", key=head.count)
        text.seek(0)
        # Inch marks are let through, but not a quotation mark that is never closed: then the end is missing.
        reader = csv.reader(text, delimiter=delimiter, strict=_has_odd_quotes(file))
        cells: list[str] = []
        try:
            names = [name_of(cell) for cell in next(reader, [])]
            if len(names) < 2 or not any(names):
                raise CannotRead(_("The first line of the table has to name its columns."))
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    missing = [""] * (len(names) - len(cells))
                    yield dict(zip(names, [*map(unguarded, cells), *missing], strict=False))
            if len(cells) < len(names) and not _ends_with_line(file):
                raise cut_off()
        except csv.Error as error:
            if "end of data" in str(error):
                raise cut_off() from None
            raise CannotRead(_("The table is damaged: %s.") % error) from None


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

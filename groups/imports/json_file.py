"""Lists in JSON, a piece at a time."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from groups.imports.limits import LONGEST_ROW, MOST_DEPTH
from groups.imports.neutral import CannotRead
from groups.imports.reading import Opener, cut_off, text_of

_SPACE = re.compile(r"[ \t\r\n]*")
_PIECE = 256 * 1024


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

"""Every address of the site, read from its map, so that a new one is asked, too; and what an answer says."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

PART = re.compile(r"<(\w+):(\w+)>")
# For what nobody gives: something that is not there.
STAND_INS = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1000000", "slug": "x", "str": "x", "path": "1"}


def names_in(address: str) -> set[str]:
    """The names of the parts in angle brackets."""
    return {name for _kind, name in PART.findall(address)}


def filled(address: str, rows: Iterable[Mapping[str, object]] = ({},)) -> list[str]:
    """The path for each of `rows`, which say by name what stands for the parts in angle brackets."""
    paths = []
    for row in rows:
        path = PART.sub(lambda part, row=row: str(row.get(part[2], STAND_INS[part[1]])), address)  # type: ignore[misc]
        paths.append(f"/{path}")
    return list(dict.fromkeys(paths))


def text_of(answer: Any) -> str:
    """What an answer says, its headers with it, and the folded lines of calendars joined."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace").replace("\r\n ", "") + str(answer.headers)

"""Rows of a file that are of one group, made into one."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from groups.imports.limits import MOST_TIMES
from groups.imports.words import cut


def merged(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Rows of one name, which come one after the other, as one group each."""
    for external_id, ours in groupby(rows, key=lambda row: row[0]):
        parts: list[dict[str, Any]] = []
        count = 0
        for _key, said in ours:
            count += 1
            if len(parts) <= MOST_TIMES:
                parts.append(said)
        if sum(len(part["times"]) for part in parts) > MOST_TIMES:
            reason = _("It has more than %d meeting times.") % MOST_TIMES
            yield {"external_id": external_id, "rows": count, "refusal": reason}
        else:
            yield _one(parts) | {"rows": count}


def _one(parts: list[dict[str, Any]]) -> dict[str, Any]:
    parts.sort(key=lambda part: [_order(time) for time in part["times"]])
    whole = parts[0]
    times = [time for part in parts for time in part["times"]]
    if len(times) > 1:
        times = sorted({json.dumps(_bare(time), sort_keys=True): time for time in times}.values(), key=_order)
    whole["times"] = times
    whole["topics"] = sorted({topic for part in parts for topic in part["topics"]})
    for part in parts[1:]:
        for name, value in part["fields"].items():
            if whole["fields"].get(name) in (None, "", [], "none"):
                whole["fields"][name] = value
    _spread_words(whole)
    return whole


def _bare(time: Mapping[str, Any]) -> dict[str, Any]:
    """Without what encryption makes another one each time."""
    return {name: value for name, value in time.items() if name != "sealed"}


def _order(time: Mapping[str, Any]) -> tuple[str, ...]:
    return time["rule"], time["first_day"], time["start"], time["external_id"]


def _spread_words(whole: dict[str, Any]) -> None:
    """What all rows say is the group's summary; what one says otherwise is the note of its meeting time."""
    said = [time.pop("lines") for time in whole["times"]]
    shared = 0
    while said and all(len(lines) > shared and lines[shared] == said[0][shared] for lines in said):
        shared += 1
    summary = [whole["fields"].get("summary", ""), *(said[0][:shared] if said else [])]
    whole["fields"]["summary"] = cut("\n".join(dict.fromkeys(filter(None, summary))), 1200)
    for time, lines in zip(whole["times"], said, strict=True):
        time["note"] = cut(" ".join(filter(None, [time["note"], *lines[shared:]])), 200)


def digest_of(said: Mapping[str, Any]) -> str:
    """The same for the same listing, in any order of keys; a password counts by its mark."""
    whole = [said["fields"], [_bare(time) for time in said["times"]], said["topics"], said["organization"]]
    return hashlib.blake2b(json.dumps(whole, sort_keys=True).encode(), digest_size=20).hexdigest()

"""What every format is read into: a group with its times and places, as plain values that fit into JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class CannotRead(Exception):
    """The file as a whole cannot be read. The message says why, and nothing has been written."""


class Aside(Exception):
    """A row that somebody has to look at. The message says why."""


class Refused(Exception):
    """A row that cannot become a listing. The message says why."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place. Degrees are WGS 84; `precision` and `publicity` are those of `Place`."""

    city: str
    state: str
    latitude: float
    longitude: float
    zone: str
    name: str = ""
    street: str = ""
    postal_code: str = ""
    hint: str = ""
    precision: str = "address"
    publicity: str = "exact"


@dataclass(frozen=True, slots=True)
class Time:
    """A meeting time. `start` is "HH:MM", `duration` minutes, days are ISO dates; "" for what the source leaves out.

    `secret` is the room's password, `lines` what the row says in words, `otherwise` the meetings that are cancelled
    (`{"day": ...}`) or moved (`{"day": ..., "moved_day": ..., "moved_time": ...}`).
    """

    modality: str
    start: str
    zone: str
    rule: str
    duration: int = 60
    first_day: str = ""
    until: str = ""
    join_link: str = ""
    join_phone: str = ""
    secret: str = ""
    note: str = ""
    external_id: str = ""
    place: Spot | None = None
    lines: tuple[str, ...] = ()
    otherwise: tuple[Mapping[str, str], ...] = ()


@dataclass(slots=True)
class Found:
    """One row of a file, or what came of several: a group under the source's name for it.

    `fields` are columns of `Group`; `topics` are slugs.
    """

    external_id: str
    fields: dict[str, Any]
    times: list[Time] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    organization: str = ""
    rows: int = 1

    def as_json(self) -> dict[str, Any]:
        return {**_plain(self), "times": [_plain(time) | {"place": _plain(time.place)} for time in self.times]}


def _plain(value: Any) -> Any:
    """As `dataclasses.asdict`, which copies all that is in it, too: a third of the time of reading a file."""
    return value and {name: getattr(value, name) for name in value.__slots__}


@dataclass(slots=True)
class Left:
    """A row that became no listing: set aside (then `raw` is what somebody can look at) or refused."""

    outcome: str
    reason: str
    external_id: str = ""
    raw: dict[str, Any] | None = None

"""The integers that a search row is found by: one for each thing that can be asked of a group, and for where it is.

They are kept in one array column under a GIN index, so that any combination is one lookup. A number means the same for
ever: new ones are added, old ones never given another meaning. Topics and audiences are `TOPIC + their primary key`.
"""

import math
from collections.abc import Iterator
from datetime import time

from groups.geometry import METERS_PER_MILE, mercator, stretch
from groups.models.group import SPOKEN, Group
from groups.models.schedule import MeetingSchedule

IN_PERSON, ONLINE, HYBRID = 1, 2, 3  # HYBRID rows are IN_PERSON and ONLINE as well
THERAPY, ALWAYS_OPEN = 5, 6
KINDS = dict(zip(Group.Kind.values, range(10, 20), strict=False))
DAYS = range(20, 27)  # Monday first
TIMES = {"morning": 30, "afternoon": 31, "evening": 32, "night": 33}
COSTS = dict(zip(Group.Cost.values, range(40, 50), strict=False))
ACCESSIBLE = {
    "step_free": 50, "hearing_loop": 51, "sign_language": 52, "captions": 53, "quiet_space": 54, "childcare": 55,
    "transit": 56,
}  # fmt: skip
FEATURES = {**ACCESSIBLE, "may_listen": 57, "anonymous": 58, "moderated": 59}
ACCESS = dict(zip(Group.Access.values, range(70, 80), strict=False))
LANGUAGES = {code: 100 + index for index, code in enumerate(SPOKEN)}
TOPIC = 1000
# Cells of the country, for words asked near a place: 100 km of Web Mercator a side.
CELL = 1_000_000
CELL_METERS = 100_000
CELLS_A_ROW = 1000


def time_of_day(start: time) -> str:
    if time(5) <= start < time(12):
        return "morning"
    if time(12) <= start < time(17):
        return "afternoon"
    return "evening" if time(17) <= start < time(21) else "night"


def cell(x: float, y: float) -> int:
    """The cell of a point in meters of Web Mercator."""
    return CELL + (math.floor(y / CELL_METERS) + 500) * CELLS_A_ROW + math.floor(x / CELL_METERS) + 500


def cells_around(x: float, y: float, meters: float) -> list[int]:
    """The cells that a circle touches, and those at the corners of its square."""
    along = range(math.floor((x - meters) / CELL_METERS), math.floor((x + meters) / CELL_METERS) + 1)
    up = range(math.floor((y - meters) / CELL_METERS), math.floor((y + meters) / CELL_METERS) + 1)
    return [CELL + (row + 500) * CELLS_A_ROW + column + 500 for row in up for column in along]


def meters(miles: float, latitude: float) -> float:
    """True miles as meters of Web Mercator at a latitude."""
    return miles * METERS_PER_MILE * stretch(latitude)


def of(group: Group, schedule: MeetingSchedule | None, topics: list[int]) -> list[int]:
    """The facets of a search row; `topics` are the primary keys of the group's topics."""
    return sorted({*_of_group(group), *(TOPIC + topic for topic in topics), *_of_schedule(group, schedule)})


def _of_group(group: Group) -> Iterator[int]:
    yield KINDS[group.kind]
    if group.cost:
        yield COSTS[group.cost]
    if group.access:
        yield ACCESS[group.access]
    if group.is_therapy:
        yield THERAPY
    yield from (LANGUAGES[code] for code in group.languages if code in LANGUAGES)
    yield from (facet for name, facet in FEATURES.items() if getattr(group, name))


def _of_schedule(group: Group, schedule: MeetingSchedule | None) -> Iterator[int]:
    if schedule is None:
        if group.is_online_community:
            yield ONLINE
        if group.always_open:
            yield ALWAYS_OPEN
        return
    if schedule.is_in_person:
        yield IN_PERSON
    if schedule.is_online:
        yield ONLINE
    if schedule.modality == MeetingSchedule.Modality.HYBRID:
        yield HYBRID
    yield TIMES[time_of_day(schedule.start)]
    yield from (DAYS[day] for day in schedule.weekdays)
    if schedule.place:
        yield cell(*mercator(schedule.place.public_point))

"""Our own CSV: a row for each meeting time, under the names below. UTF-8, RFC 4180.

A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) has an apostrophe before
it; whoever reads the file takes one away from such a cell.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from groups.models import Group, MeetingSchedule

GROUP = (
    "name", "kind", "summary", "first_time", "how_to_join", "led_by", "access", "cost", "cost_note", "min_age",
    "max_age", "may_listen", "camera_needed", "anonymous", "faith_based", "step_free", "hearing_loop", "sign_language",
    "captions",
    "quiet_space", "childcare", "transit", "platform", "moderated", "always_open", "join_link", "website",
)  # fmt: skip
SCHEDULE = ("modality", "first_day", "start", "duration", "zone", "rule", "until", "note")
COLUMNS = (
    "id", *GROUP, "public_email", "public_phone", "is_therapy", "is_example", "organization", "topics", "languages",
    *SCHEDULE, "meeting_link", "join_phone", "place", "address", "city", "state", "postal_code", "latitude",
    "longitude", "approximate", "url", "updated",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """A file that gives each written row back."""

    def write(self, row: str) -> str:
        return row


def stream(groups: Iterable[Group]) -> Iterator[str]:
    """The file, a row at a time, of groups that came `with_everything`."""
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for group in groups:
        for schedule in group.schedules.all() or [None]:
            yield writer.writerow([cell(value) for value in row_of(group, schedule)])


def cell(value: Any) -> str:
    """A value as it is written: yes, no, or nothing where nobody has said."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) and not is_number(text) else text


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def row_of(group: Group, schedule: MeetingSchedule | None) -> list[Any]:
    place = schedule.place if schedule and schedule.is_in_person else None
    point = place.public_point if place else None
    return [
        group.key,
        *(getattr(group, name) for name in GROUP),
        group.shown_email,
        group.shown_phone,
        group.is_therapy,
        group.is_example,
        group.organization.name if group.organization else "",
        " ".join(topic.slug for topic in group.topics.all()),
        " ".join(group.languages),
        *(getattr(schedule, name, "") for name in SCHEDULE),
        schedule.public_join_link if schedule else "",
        schedule.public_join_phone if schedule else "",
        place.public_name if place else "",
        place.street if place and place.is_exact else "",
        place.city if place else "",
        place.state if place else "",
        place.postal_code if place and place.is_exact else "",
        point.latitude if point else "",
        point.longitude if point else "",
        not place.is_pin if place else "",
        group.public_url,
        group.updated_at.isoformat(timespec="seconds"),
    ]

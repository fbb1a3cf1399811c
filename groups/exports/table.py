"""Our own CSV: a row for each meeting time, under the names below. UTF-8, RFC 4180.

A text that a spreadsheet would take for a formula has an apostrophe before it (`guarded`), a phone number too, though
not a number of ours such as a longitude; whoever reads the file takes it away again (`plain`).

- `id` is the group's UUID, the same in each of its rows. A group without a meeting time has one row. `uid` is the
  meeting time's own, as in calendars.
- `yes`, `no`, or nothing where nobody has said. Choices (`kind`, `access`, `cost`, `led_by`, `modality`) are the
  values of the models; `topics` are slugs and `languages` codes, with spaces between.
- `first_day` and `until` are days (ISO 8601), `start` is a time on the wall of `zone` (IANA), `duration` is in minutes,
  and `rule` is an RRULE (RFC 5545) in the writing of `groups.recurrence`, nothing for a single meeting.
- `cancelled` are days of the rule, with spaces between; in `moved` stands each with what it is moved to:
  `2026-04-07>2026-04-08T09:00`.
- `latitude` and `longitude` are degrees (WGS 84). Where `approximate` is yes they are near the place, and where the
  group keeps its address to itself `place`, `address`, `postal_code` and `hint` are empty.
- `url`, `updated` and `checked` are for readers: an import leaves them out.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from groups.models import Group, MeetingSchedule

GROUP = (
    "name", "kind", "summary", "first_time", "how_to_join", "led_by", "access", "cost", "cost_note", "min_age",
    "max_age", "may_listen", "camera_needed", "anonymous", "faith_based", "step_free", "hearing_loop", "sign_language",
    "captions", "quiet_space", "childcare", "transit", "platform", "moderated", "always_open", "join_link", "website",
    "alert", "is_therapy", "is_example",
)  # fmt: skip
CONTACT = ("public_email", "public_phone", "organization", "topics", "languages")
SCHEDULE = ("modality", "first_day", "start", "duration", "zone", "rule", "until", "note")
WHEN = ("uid", *SCHEDULE, "cancelled", "moved", "meeting_link", "join_phone")
PLACE = ("place", "address", "city", "state", "postal_code", "hint", "latitude", "longitude", "approximate")
COLUMNS = ("id", *GROUP, *CONTACT, *WHEN, *PLACE, "url", "updated", "checked")
# What begins a formula, also in the wide letters of East Asia; behind apostrophes, so that one more is told from none.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


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
    return str(value) if isinstance(value, int | float) else guarded(str(value))


def guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def plain(text: str) -> str:
    """A cell as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def row_of(group: Group, schedule: MeetingSchedule | None) -> list[Any]:
    return [
        group.key,
        *(getattr(group, name) for name in GROUP),
        group.shown_email,
        group.shown_phone,
        group.organization.name if group.organization else "",
        " ".join(topic.slug for topic in group.topics.all()),
        " ".join(group.languages),
        *(when(group, schedule) if schedule else [""] * len(WHEN)),
        *where(schedule),
        group.public_url,
        group.updated_at.isoformat(timespec="seconds"),
        group.confirmed_at.date() if group.confirmed_at else "",
    ]


def when(group: Group, schedule: MeetingSchedule) -> list[Any]:
    exceptions = list(schedule.exceptions.all())
    return [
        f"{group.key}-{schedule.pk}",
        *(getattr(schedule, name) for name in SCHEDULE),
        " ".join(row.day.isoformat() for row in exceptions if row.moved_to is None),
        " ".join(f"{row.day}>{row.moved_to:%Y-%m-%dT%H:%M}" for row in exceptions if row.moved_to),
        schedule.public_join_link if schedule.is_online else "",
        schedule.public_join_phone if schedule.is_online else "",
    ]


def where(schedule: MeetingSchedule | None) -> list[Any]:
    place = schedule.place if schedule and schedule.is_in_person else None
    if place is None:
        return [""] * len(PLACE)
    exact = place.is_exact
    return [
        place.public_name,
        place.street if exact else "",
        place.city,
        place.state,
        place.postal_code if exact else "",
        place.hint if exact else "",
        place.public_point.latitude,
        place.public_point.longitude,
        not place.is_pin,
    ]

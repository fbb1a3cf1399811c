"""What search engines are told about a group, as JSON-LD in the words of schema.org: public values only."""

from typing import Any

from django.utils.safestring import SafeString

from groups import recurrence
from groups.models import Group, MeetingSchedule, Place
from mindspace.structured_data import script_json

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MODES = {"in_person": "Offline", "online": "Online", "hybrid": "Mixed"}


def group_json(group: Group) -> SafeString:
    """The JSON-LD of a group that came `with_everything`."""
    return script_json({"@context": "https://schema.org", "@graph": group_data(group)})


def group_data(group: Group) -> list[dict[str, Any]]:
    """An Event with its Schedule for each meeting time; an Organization where there is none, or while it rests."""
    schedules = [] if group.is_paused() else list(group.schedules.all())
    if not schedules:
        return [{"@type": "Organization", "name": group.name, "description": group.summary, "url": group.public_url}]
    return [event_data(group, schedule) for schedule in schedules]


def event_data(group: Group, schedule: MeetingSchedule) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Event",
        "name": group.name,
        "description": group.summary,
        "inLanguage": group.languages or [group.language],
        "url": group.public_url,
        "eventAttendanceMode": f"https://schema.org/{MODES[schedule.modality]}EventAttendanceMode",
        "eventSchedule": schedule_data(schedule),
        "location": locations(group, schedule),
        "isAccessibleForFree": group.cost == Group.Cost.FREE,
    }
    if group.organization:
        data["organizer"] = {"@type": "Organization", "name": group.organization.name}
    return data


def schedule_data(schedule: MeetingSchedule) -> dict[str, Any]:
    """A schema.org Schedule. What its words cannot say (every other first Monday) is left out of it."""
    parts = dict(part.split("=") for part in schedule.rule.split(";")) if schedule.rule else {}
    every = parts.get("INTERVAL", "1")
    data: dict[str, Any] = {
        "@type": "Schedule",
        "startDate": schedule.first_day.isoformat(),
        "startTime": schedule.start.isoformat(),
        "duration": f"PT{schedule.duration}M",
        "scheduleTimezone": schedule.zone,
        "exceptDate": [row.day.isoformat() for row in schedule.exceptions.all()],
    }
    if schedule.until:
        data["endDate"] = schedule.until.isoformat()
    if parts:
        data["repeatFrequency"] = f"P{every}{'W' if parts['FREQ'] == 'WEEKLY' else 'M'}"
    if days := recurrence.weekdays(schedule.rule, schedule.first_day):
        data["byDay"] = [f"https://schema.org/{DAYS[day]}" for day in days]
    if numbers := recurrence.weeks_of_month(schedule.rule):
        data["byMonthWeek"] = numbers
    if "BYMONTHDAY" in parts:
        data["byMonthDay"] = [int(day) for day in parts["BYMONTHDAY"].split(",")]
    return data


def locations(group: Group, schedule: MeetingSchedule) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if schedule.is_in_person and schedule.place:
        found.append(place_data(schedule.place))
    if schedule.is_online:
        found.append({"@type": "VirtualLocation", "url": schedule.public_join_link or group.public_url})
    return found


def place_data(place: Place) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "addressLocality": place.city,
        "addressRegion": place.state,
        "addressCountry": "US",
    }
    if place.is_exact:
        address |= {"streetAddress": place.street, "postalCode": place.postal_code}
    data: dict[str, Any] = {"@type": "Place", "name": place.public_name or place.area, "address": address}
    if place.is_pin:
        point = place.public_point
        data["geo"] = {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude}
    return data

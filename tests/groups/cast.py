"""Who keeps the directory in the tests: Max and Mia moderate, Olga organizes by mail, Vic only visits."""

import re
from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.models import Group as Role
from django.core import mail
from django.test import Client
from django.utils import timezone

from groups import indexing
from groups.models import Group, MeetingSchedule, Organizer, Place, Topic
from mindspace.accounts.models import User

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SECRETS = ("hidden-lane-77", "relay-canary@example.net", "secret-room-4711")


def person(name: str, *roles: str) -> User:
    user = User.objects.create_user(f"{name}@example.org", display_name=name.title(), is_staff=bool(roles))
    user.groups.set(Role.objects.filter(name__in=roles))
    return user


def max_() -> User:
    return person("max", "Moderator")


def mia() -> User:
    return person("mia", "Moderator")


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def again(client: Client) -> Client:
    """The same browser, before whatever it does next."""
    same = Client()
    same.cookies = deepcopy(client.cookies)
    return same


def place(**fields: Any) -> Place:
    whole = {
        "name": "The Annex", "street": "12 Elm Street", "city": "Irving", "state": "TX", "postal_code": "75038",
        "latitude": 32.8651, "longitude": -96.9905, "zone": "America/Chicago", **fields,
    }  # fmt: skip
    return Place.objects.create(**whole)


def group(name: str = "Tea and Talk", *, where: Place | None = None, online: bool = False, **fields: Any) -> Group:
    """A listed group that meets on Tuesdays at 6.30 pm."""
    whole = {
        "status": "listed",
        "confirmed_at": timezone.now(),
        "confirmed_by": "staff",
        "summary": "For anyone.",
        **fields,
    }
    made = Group.objects.create(slug=name.lower().replace(" ", "-"), name=name, **whole)
    made.topics.add(Topic.objects.get(slug="anxiety"))
    MeetingSchedule.objects.create(
        group=made, place=None if online else where or place(), modality="online" if online else "in_person",
        first_day=date(2026, 1, 6), start=time(18, 30), zone="America/Chicago", rule="FREQ=WEEKLY;BYDAY=TU",
    )  # fmt: skip
    indexing.refresh([made.pk])
    return made


def olga(of: Group) -> Organizer:
    return Organizer.objects.add(of, "olga@example.net")


def links(number: int = -1) -> list[str]:
    """The paths in a mail that was sent."""
    return re.findall(r"http://localhost:8000(/\S+)", mail.outbox[number].body)


def form_data(page: bytes, **changes: Any) -> dict[str, Any]:
    """What a browser would send for the fields of the last form on the page, with `changes`."""
    html = page.decode()
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if not name or kind in ("submit", "search") or (kind in ("checkbox", "radio") and " checked" not in tag):
            continue
        if kind == "checkbox":
            found.setdefault(name, []).append(attrs.get("value", "on"))
        else:
            found[name] = attrs.get("value", "")
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*selected', body) or re.findall(r'value="([^"]*)"', body)
        found[name] = chosen[0] if chosen else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        found[name] = body.strip()
    return {**found, **changes}

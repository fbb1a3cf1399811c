"""Max is a moderator and keeps the directory. `hall` is a place whose address is nobody's business."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from groups.models import Group, MeetingSchedule, Place
from mindspace.accounts.models import User
from tests.accounts.conftest import ed, max_, mona, rae, sue

__all__ = ["ed", "max_", "mona", "rae", "sue"]

ADD = "/admin/groups/group/add/"


@pytest.fixture
def hall(db: None) -> Place:
    return Place.objects.create(
        name="The Blue Hall", street="12 Elm Row", city="Irving", state="TX", postal_code="75061", latitude=32.8251,
        longitude=-96.9637, publicity="area", zone="America/Chicago",
    )  # fmt: skip


@pytest.fixture
def group(db: None) -> Group:
    return Group.objects.create(slug="tea", name="Tea", status="listed", confirmed_at=timezone.now())


@pytest.fixture
def schedule(group: Group, hall: Place) -> MeetingSchedule:
    return MeetingSchedule.objects.create(
        group=group, place=hall, modality="in_person", first_day=date(2026, 3, 3), start=time(18, 30),
        zone="America/Chicago", rule="FREQ=WEEKLY;BYDAY=TU",
    )  # fmt: skip


@pytest.fixture
def sign_in() -> Callable[[User | None], Client]:
    def client_of(user: User | None) -> Client:
        client = Client()
        if user:
            client.force_login(user)
        return client

    return client_of


@pytest.fixture
def at_desk(max_: User, sign_in: Callable[[User], Client]) -> Client:
    """Max's browser."""
    return sign_in(max_)


def page_of(group: Group) -> str:
    return f"/admin/groups/group/{group.pk}/change/"


def times(*rows: dict[str, Any], before: int = 0) -> dict[str, Any]:
    """What the meeting times in the form send."""
    sent: dict[str, Any] = {"schedules-TOTAL_FORMS": len(rows), "schedules-INITIAL_FORMS": before}
    for number, row in enumerate(rows):
        sent |= {f"schedules-{number}-{name}": value for name, value in row.items()}
    return sent


def tuesdays(place: Place | None = None, **changes: Any) -> dict[str, Any]:
    """Every Tuesday at 6.30 pm."""
    return {
        "modality": "in_person" if place else "online", "place": place.pk if place else "", "rule_how": "week",
        "rule_days": ["TU"], "first_day": "2026-03-03", "start": "18:30", "duration": "90", "zone": "",
        "join_sharing": "public", "secret_sharing": "on_request", **changes,
    }  # fmt: skip


def filled_in(*rows: dict[str, Any], before: int = 0, **changes: Any) -> dict[str, Any]:
    """What the form of a group sends."""
    said = {"name": "Tea and talk", "kind": "peer", "contact_by": "none", "language": "en-us", "step": ""}
    flags = ("may_listen", "camera_needed", "anonymous", "faith_based", "step_free", "hearing_loop", "sign_language",
             "captions", "quiet_space", "childcare", "transit", "moderated")  # fmt: skip
    return {**said, **dict.fromkeys(flags, "unknown"), **times(*rows, before=before), **changes}


def opened(client: Client, group: Group) -> str:
    """The state of the listing that its page was opened on."""
    return str(client.get(page_of(group)).context["adminform"].form["opened"].value())


def errors_on(answer: Any) -> str:
    """All errors of a page, in one text."""
    assert answer.status_code == 200
    found = [str(answer.context["adminform"].form.errors)]
    for formset in answer.context["inline_admin_formsets"]:
        found += [str(formset.formset.errors), str(formset.formset.non_form_errors())]
    return " ".join(found)

"""The example groups: all that the directory can show, right on any day, and gone without a trace."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups import examples, geometry, history, indexing, towns
from groups.models import Group, GroupReport, MeetingException, MeetingSchedule, Organization, Place, Suggestion, Topic
from mindspace.moderation.models import Verdict
from tests.groups.cast import max_

pytestmark = pytest.mark.django_db


def load() -> list[str]:
    return list(examples.load())


def everything() -> dict[str, int]:
    """How many rows each model of the directory has, its history included."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("groups").get_models()
        if model is not Topic
    }


def test_they_show_all_that_a_listing_can_be() -> None:
    load()
    groups, times = Group.objects.filter(is_example=True), MeetingSchedule.objects.all()
    assert len(groups) >= 14
    assert {group.kind for group in groups} == set(Group.Kind.values)
    assert {group.access for group in groups} == set(Group.Access.values)
    assert {group.cost for group in groups} == set(Group.Cost.values)
    assert {group.contact_by for group in groups} >= {"relay", "public", "website"}
    rules = {time.rule for time in times}
    assert rules >= {
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1MO,3MO", "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=15",
    }  # fmt: skip
    assert {time.modality for time in times} == set(MeetingSchedule.Modality.values)
    [owls] = [group for group in groups if group.schedules.filter(zone="America/New_York").exists()]
    assert owls.schedules.filter(zone="America/Los_Angeles").exists()
    assert {time.place.publicity for time in times if time.place} == set(Place.Publicity.values)
    assert set(MeetingException.objects.values_list("kind", flat=True)) == set(MeetingException.Kind.values)
    assert [group.slug for group in groups if group.is_paused()] == ["vets-round-the-table"]
    assert [group.slug for group in groups if group.is_stale()] == ["slow-mornings"]
    assert [group.slug for group in groups if group.is_therapy and group.cost == "fee"] == ["breathe-again"]
    assert [group.slug for group in groups if group.always_open] == ["the-quiet-kettle"]
    assert not any(group.is_hidden() for group in groups)
    assert all(group.topics.exists() for group in groups)


def test_two_things_wait_for_whoever_moderates_and_can_be_decided_once() -> None:
    load()
    moderator = max_()
    suggestion, report = Suggestion.objects.get(), GroupReport.objects.get()
    assert {item.state for item in (suggestion, report)} == {"waiting"}
    assert "Bring a cup" in str(suggestion.parts)
    suggestion.decide(moderator, Verdict.APPROVE)
    report.decide(moderator, Verdict.REFUSE, "Thank you.")
    assert Group.objects.get(slug="grief-with-coffee").quiet_space is True
    load()
    assert Suggestion.objects.get().state == "approved"
    assert GroupReport.objects.count() == 1


def test_each_has_a_meeting_ahead_or_is_always_open() -> None:
    load()
    now = timezone.now()
    for group in Group.objects.all():
        assert group.always_open or all(time.next_meeting(now) for time in group.schedules.all()), group.slug
    for row in MeetingException.objects.select_related("schedule"):
        assert row.day >= timezone.localdate()
        [meeting] = [
            each
            for each in row.schedule.meetings(now, now + timedelta(days=120), with_cancelled=True)
            if each.day == row.day
        ]
        assert meeting.cancelled or meeting.moved


def test_rows_are_as_the_forms_would_make_them() -> None:
    load()
    for row in (
        *Group.objects.all(),
        *Place.objects.all(),
        *Organization.objects.all(),
        *MeetingSchedule.objects.all(),
    ):
        row.full_clean()
    for place in Place.objects.all():
        town = towns.find(place.postal_code)
        assert town is not None
        assert geometry.miles_between(place.point, town.point) < 2, place.staff_label
        assert town.name == place.city


def test_nothing_in_them_leads_to_a_real_person() -> None:
    said = examples.FILE.read_text()
    assert set(re.findall(r"\+\d+", said)) == {f"+121455501{number}" for number in (*range(10, 15), *range(20, 26))}
    assert all(host in ("example.org", "meet.example.org") for host in re.findall(r"https?://([^/\"]+)", said))
    assert all(address.endswith("@example.org") for address in re.findall(r"[\w.]+@[\w.]+", said))
    assert "!" not in said


def test_again_and_again_makes_nothing_more_and_asks_little() -> None:
    load()
    before = everything()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load()
    assert everything() == before
    assert len(queries) <= 4


def test_search_rows_are_made_for_the_new_ones_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[int]] = []
    monkeypatch.setattr(indexing, "refresh", lambda ids: seen.append(sorted(ids)))
    load()
    load()
    assert seen == [sorted(Group.objects.values_list("pk", flat=True))]


def test_they_stay_right_as_time_goes_by() -> None:
    start = datetime(2026, 1, 7, 18, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        load()
    for days in (8, 60, 300, 700):
        with time_machine.travel(start + timedelta(days=days), tick=False):
            load()
            now = timezone.now()
            groups = list(Group.objects.filter(is_example=True))
            assert [group.slug for group in groups if group.is_stale(now)] == ["slow-mornings"]
            assert [group.slug for group in groups if group.is_paused(now)] == ["vets-round-the-table"]
            assert not any(group.is_hidden(now) for group in groups)
            coming = MeetingException.objects.filter(day__gte=timezone.localdate())
            assert set(coming.values_list("kind", flat=True)) == {"cancelled", "moved"}


def test_what_somebody_did_with_one_stays() -> None:
    start = datetime(2026, 1, 7, 18, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        load()
        Group.objects.get(slug="vets-round-the-table").resume("staff")
        Group.objects.get(slug="slow-mornings").confirm("staff")
        Group.objects.get(slug="the-fifteenth").close("staff")
    with time_machine.travel(start + timedelta(days=90), tick=False):
        load()
        assert not Group.objects.get(slug="vets-round-the-table").is_paused()
        assert not Group.objects.get(slug="slow-mornings").is_stale()
        assert Group.objects.get(slug="the-fifteenth").status == "closed"


def test_a_real_group_under_that_address_is_left_alone() -> None:
    real = Group.objects.create(slug="night-owls", name="Ours", status="listed", confirmed_at=timezone.now())
    load()
    examples.remove()
    assert [group.name for group in Group.objects.all()] == [real.name]


def test_they_go_without_a_trace_and_take_nothing_real_along() -> None:
    organization = Organization.objects.create(name="Juniper Row Neighbors")
    place = Place.objects.create(
        street="21 Juniper Row", city="Irving", state="TX", latitude=32.8, longitude=-96.9, zone="America/Chicago"
    )
    group = Group.objects.create(slug="tea", name="Tea", organization=organization)
    MeetingSchedule.objects.create(
        group=group, place=place, modality="in_person", first_day="2026-03-03", start="18:30", zone="America/Chicago",
    )  # fmt: skip
    before = everything()
    load()
    assert everything() != before
    examples.remove()
    assert everything() == before
    assert not examples.present()


def test_a_place_that_a_real_group_uses_by_now_stays_with_it() -> None:
    load()
    place = Place.objects.get(street="21 Juniper Row")
    group = Group.objects.create(slug="tea", name="Tea", organization=Organization.objects.get(name__startswith="Jun"))
    MeetingSchedule.objects.create(
        group=group, place=place, modality="in_person", first_day="2026-03-03", start="18:30", zone="America/Chicago",
    )  # fmt: skip
    examples.remove()
    assert list(Place.objects.values_list("street", "is_example")) == [("21 Juniper Row", False)]
    assert list(Organization.objects.values_list("name", "is_example")) == [("Juniper Row Neighbors", False)]
    assert examples.present() is False
    load()
    assert Group.objects.filter(is_example=True).count() >= 14


def test_the_command_loads_and_removes_them(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    call_command("examples")
    assert "http://localhost:8000/groups/" in capsys.readouterr().out
    assert examples.present()
    call_command("examples", remove=True)
    assert not examples.present()
    settings.ON_LOOPBACK = False
    with pytest.raises(CommandError):
        call_command("examples")
    assert not examples.present()


def test_what_makes_one_is_a_single_change_in_its_history() -> None:
    call_command("examples")
    born = history.entries(Group.objects.get(slug="last-friday-supper"))[-1]
    assert {"The page was made", "A new meeting time", "A topic came"} <= {
        part.heading.split(":")[0] for part in born.parts
    }
    assert (born.who, born.can_be_undone) == ("our staff", False)

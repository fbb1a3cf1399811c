"""A run is checked, then applied, all or nothing; the same again changes nothing; what is too much is held."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from groups import errors, indexing
from groups.imports import applying
from groups.models import (
    Group,
    GroupReport,
    ImportRow,
    ImportRun,
    MeetingSchedule,
    Organizer,
    Origin,
    Place,
    Question,
    SearchRow,
    Sighting,
)  # fmt: skip
from tests.groups.imports.conftest import counts, row, rows

pytestmark = pytest.mark.django_db


def directory() -> list:
    """All that an import could touch, as it stands."""
    models = (Group, MeetingSchedule, Place, Origin, SearchRow, Group.topics.through, Group.pgh_event_model)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_what_is_added_is_listed_and_found(take) -> None:
    run = take(row(types="O, X", notes="For anybody."))
    assert counts(run) == {"added": 1}
    group = Group.objects.get()
    assert (group.name, group.kind, group.status, group.confirmed_by) == ("Tea", "twelve_step", "listed", "source")
    assert (group.access, group.step_free, group.summary, group.slug) == ("open", True, "For anybody.", "tea")
    assert [topic.slug for topic in group.topics.all()] == ["alcohol"]
    schedule = group.schedules.get()
    assert (schedule.rule, schedule.start.hour, schedule.zone) == ("FREQ=WEEKLY;BYDAY=TU", 18, "America/Chicago")
    assert schedule.place.public_address == "100 Quiet Lane, Irving, TX 75038"
    assert SearchRow.objects.get().group == group


def test_the_history_says_which_source(take) -> None:
    take(row())
    event = Group.pgh_event_model.objects.get()
    assert event.pgh_context.metadata["who"] == "source"
    assert event.pgh_context.metadata["source"] == "Neighbors"
    assert MeetingSchedule.pgh_event_model.objects.get().pgh_context_id == event.pgh_context_id
    assert Place.pgh_event_model.objects.get().city == "Irving"


def test_a_check_writes_nothing_into_the_directory(take, check) -> None:
    take(*rows(5))
    before = directory()
    run = check(*rows(5, time="20:00"), row("Extra"))
    assert counts(run) == {"added": 1, "changed": 5}
    assert directory() == before


def test_the_same_again_changes_nothing(take) -> None:
    feed = [row(), row(day="Thursday", slug="tea-2"), row("Online", attendance_option="online",
            conference_url="https://zoom.us/j/1?pwd=open-sesame")]  # fmt: skip
    take(*feed)
    before = directory()
    assert counts(take(*feed)) == {"unchanged": 3}
    assert counts(take(*reversed(feed))) == {"unchanged": 3}
    assert directory() == before


def test_another_password_is_a_change(take) -> None:
    online = {"attendance_option": "online", "conference_url": "https://zoom.us/j/1"}
    take(*rows(4), row(**online, conference_url_notes="Passcode: abc1"))
    assert MeetingSchedule.objects.exclude(sealed_secret="").get().join_secret == "abc1"
    assert counts(take(*rows(4), row(**online, conference_url_notes="Passcode: abc2"))) == {
        "unchanged": 4,
        "changed": 1,
    }
    assert MeetingSchedule.objects.exclude(sealed_secret="").get().join_secret == "abc2"


def test_a_change_is_written_and_keeps_the_page(take) -> None:
    take(*rows(4), row())
    old = Group.objects.get(slug="tea")
    run = take(*rows(4), row(time="20:00", notes="New.", formatted_address="7 Elm Street, Irving, TX 75038, USA",
                             location_id="9", group_id="1"))  # fmt: skip
    assert counts(run) == {"added": 1, "unchanged": 4, "missing": 1}
    run = take(*rows(4), row(time="20:00", notes="New."))
    assert counts(run) == {"changed": 1, "unchanged": 4, "missing": 1}
    group = Group.objects.get(pk=old.pk)
    schedule = group.schedules.get()
    assert (group.summary, schedule.start.hour, schedule.sequence) == ("New.", 20, 1)
    assert Group.objects.get(pk=old.pk).slug == "tea"


def test_a_meeting_time_comes_and_another_goes(take) -> None:
    take(*rows(4), row(slug="a"), row(slug="b", day=4))
    kept = MeetingSchedule.objects.get(external_id="a")
    take(*rows(4), row(slug="a"), row(slug="c", day=5))
    found = Group.objects.get(slug="tea").schedules.order_by("external_id")
    assert [schedule.external_id for schedule in found] == ["a", "c"]
    assert found[0].pk == kept.pk
    assert Place.objects.count() == 5


def test_dropping_more_than_a_fifth_is_held(take, check) -> None:
    take(*rows(10))
    assert check(*rows(8)).status == "checked"
    run = check(*rows(7))
    assert run.status == "held"
    assert run.message == "3 of 10 listings are no longer in the file."
    with pytest.raises(errors.RunIsHeld):
        run.apply()
    assert Origin.objects.filter(missed=0).count() == 10
    run.apply(reason="As agreed.")
    assert Origin.objects.filter(missed=1).count() == 3


def test_changing_more_than_three_tenths_is_held(take, check) -> None:
    take(*rows(10))
    assert check(*rows(3, time="20:00"), *rows(10)[3:]).status == "checked"
    run = check(*rows(4, time="20:00"), *rows(10)[4:])
    assert (run.status, run.message) == ("held", "4 of 10 listings would change.")


def test_what_vanished_is_paused_after_two_runs_and_comes_back(take) -> None:
    take(*rows(5), row())
    tea = Group.objects.get(slug="tea")
    assert counts(take(*rows(5))) == {"unchanged": 5, "missing": 1}
    assert not Group.objects.get(pk=tea.pk).is_paused()
    assert counts(take(*rows(5))) == {"unchanged": 5, "missing": 1, "paused": 1}
    assert Group.objects.get(pk=tea.pk).is_paused()
    assert counts(take(*rows(5))) == {"unchanged": 5}
    assert counts(take(*rows(5), row())) == {"unchanged": 6}
    assert not Group.objects.get(pk=tea.pk).is_paused()


def test_what_its_source_says_does_not_meet_is_paused_after_two_runs(take) -> None:
    take(*rows(5), row())
    for paused in (False, True):
        take(*rows(5), row(attendance_option="inactive"))
        assert Group.objects.get(slug="tea").is_paused() is paused


def test_a_pause_of_the_group_itself_is_left_alone(take) -> None:
    take(*rows(5), row())
    tea = Group.objects.get(slug="tea")
    tea.pause("organizer")
    for _run in range(3):
        take(*rows(5))
    take(*rows(5), row())
    assert Group.objects.get(pk=tea.pk).is_paused()


def test_what_is_no_longer_weekly_is_paused_at_once_and_never_shown_as_weekly(take) -> None:
    take(*rows(5), row())
    run = take(*rows(5), row(notes="1st and 3rd Tuesday only"))
    assert counts(run) == {"unchanged": 5, "aside": 1, "paused": 1}
    assert Group.objects.get(slug="tea").is_paused()


def test_an_edit_here_is_not_run_over(take) -> None:
    take(*rows(4), row())
    tea = Group.objects.get(slug="tea")
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        tea.revise(tea.updated_at, "staff", summary="We know better.")
        assert counts(take(*rows(4), row())) == {"unchanged": 5}
        run = take(*rows(4), row(time="20:00"))
    assert counts(run) == {"unchanged": 4, "aside": 1}
    assert run.rows.get(outcome="aside").reason.startswith("Somebody changed this listing here")
    assert Group.objects.get(pk=tea.pk).summary == "We know better."


def test_a_check_by_staff_is_no_edit(take) -> None:
    take(*rows(4), row())
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        Group.objects.get(slug="tea").confirm("staff")
        assert counts(take(*rows(4), row(time="20:00"))) == {"unchanged": 4, "changed": 1}


def test_what_organizers_keep_is_theirs(take) -> None:
    take(*rows(4), row())
    Organizer.objects.add(Group.objects.get(slug="tea"), "olga@example.net")
    assert counts(take(*rows(4), row(time="20:00"))) == {"unchanged": 4, "aside": 1}


def test_a_closed_listing_stays_closed(take) -> None:
    take(*rows(4), row())
    Group.objects.get(slug="tea").close("staff")
    take(*rows(4), row(time="20:00"))
    assert Group.objects.get(slug="tea").status == "closed"


def test_what_a_source_still_says_stays_fresh(take) -> None:
    take(*rows(5))
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        assert counts(take(*rows(5))) == {"unchanged": 5}
        assert not any(group.is_stale() for group in Group.objects.all())
        assert not SearchRow.objects.filter(stale_at__lte=timezone.now()).exists()


def test_nothing_is_half_done(take, check, monkeypatch) -> None:
    take(*rows(5))
    run = check(*rows(5), row("New"))
    before = directory()

    def breaks(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(applying, "_confirm", breaks)
    with pytest.raises(RuntimeError):
        run.apply()
    assert directory() == before
    assert ImportRun.objects.get(pk=run.pk).status == "checked"


def test_a_run_is_applied_once_and_not_after_a_later_one(take, check) -> None:
    first, second = check(*rows(3)), check(*rows(3))
    second.apply()
    for run in (first, second):
        with pytest.raises(errors.RunNotReady):
            run.apply()
    assert Group.objects.count() == 3


def test_rows_keep_nothing_to_write_once_it_is_written(take) -> None:
    run = take(row(), row("Later", notes="every other week", contact_1_phone="214-555-1234", venmo="@bob"))
    assert not ImportRow.objects.exclude(said=None).exists()
    raw = run.rows.get(outcome="aside").raw
    assert raw["notes"] == "every other week"
    assert "bob" not in str(raw)
    assert "1234" not in str(raw)


def test_two_groups_of_one_name_have_two_addresses(take) -> None:
    take(row("Tea", location="A"), row("Tea", location="B"), row("Tea", location="C"), row("New"))
    assert {group.slug for group in Group.objects.all()} >= {"tea", "tea-irving", "new-irving"}
    assert Group.objects.count() == 4


def test_search_rows_are_those_that_any_other_write_makes(take) -> None:
    take(row(), row("Online", attendance_option="online"))
    fields = ("group", "schedule", "x", "y", "facets", "vector", "stale_at", "hidden_at", "next_start__starts_at")
    before = list(SearchRow.objects.order_by("group").values_list(*fields))
    indexing.refresh(Group.objects.values_list("pk", flat=True))
    assert list(SearchRow.objects.order_by("group").values_list(*fields)) == before


def test_that_a_source_repeats_itself_does_not_silence_visitors(take) -> None:
    take(*rows(3))
    made = Group.objects.get(slug="circle-0")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=True):
        for _visitor in range(2):
            Sighting.objects.say(made, was_on=False, key=None)
        take(*rows(3))
        made.refresh_from_db()
        assert made.confirmed_at > timezone.now() - timedelta(days=1)
        Sighting.objects.say(made, was_on=False, key=None)
        assert GroupReport.objects.waiting().count() == 1


def test_where_there_are_organizers_they_are_asked_and_not_the_source(take) -> None:
    take(*rows(3))
    made = Group.objects.get(slug="circle-0")
    before = made.confirmed_at
    Organizer.objects.add(made, "olga@example.net")
    with time_machine.travel(timezone.now() + timedelta(days=121), tick=True):
        take(*rows(3))
        made.refresh_from_db()
        assert made.confirmed_at == before
        assert Question.objects.ask(made, timezone.now())
    assert [message.to for message in mail.outbox] == [["olga@example.net"]]

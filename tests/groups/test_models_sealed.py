"""The relay's address and the password of a meeting: unreadable in the database, its history included."""

from datetime import date, time
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from groups.models import Group, MeetingSchedule
from mindspace import sealed
from mindspace.encryption import CannotDecrypt

pytestmark = pytest.mark.django_db
SECRETS = ("keeper@example.org", "open-sesame", "second@example.org", "close-sesame")


@pytest.fixture
def schedule(db: None) -> MeetingSchedule:
    """A meeting time whose password was changed, of a group whose address was changed."""
    group = Group(slug="tea", name="Tea")
    group.contact_email = "keeper@example.org"
    group.save()
    schedule = MeetingSchedule(
        group=group, modality="online", first_day=date(2026, 3, 3), start=time(18, 30), zone="America/Chicago"
    )
    schedule.join_secret = "open-sesame"
    schedule.save()
    group.contact_email, schedule.join_secret = "second@example.org", "close-sesame"
    group.save()
    schedule.save()
    return MeetingSchedule.objects.select_related("group").get(pk=schedule.pk)


def rows_of_every_table() -> str:
    """Each row of each table of the directory as text, as the database keeps it."""
    text = []
    with connection.cursor() as cursor:
        for table in sorted(name for name in connection.introspection.table_names() if name.startswith("groups_")):
            cursor.execute(f'SELECT "{table}"::text FROM "{table}"')
            text += [row[0] for row in cursor.fetchall()]
    return "\n".join(text)


def test_there_and_back(schedule: MeetingSchedule) -> None:
    assert schedule.group.contact_email == "second@example.org"
    assert schedule.join_secret == "close-sesame"
    schedule.join_secret = ""
    assert schedule.sealed_secret == ""


def test_no_table_has_them_in_clear(schedule: MeetingSchedule) -> None:
    kept = rows_of_every_table()
    assert "Tea" in kept
    assert [secret for secret in SECRETS if secret in kept] == []
    assert Group.objects.get().events.count() == 2
    assert {len(row) > 0 for row in Group.objects.get().events.values_list("sealed_email", flat=True)} == {True}


def test_nor_do_a_repr_and_a_str(schedule: MeetingSchedule) -> None:
    said = f"{schedule!r} {schedule} {schedule.group!r} {schedule.group}"
    assert [secret for secret in SECRETS if secret in said] == []


def test_the_password_is_public_only_where_both_it_and_the_link_are(schedule: MeetingSchedule) -> None:
    schedule.join_link = "https://meet.example.org/tea"
    for secret, link, seen in (
        ("on_request", "public", ""), ("public", "on_request", ""), ("public", "public", "close-sesame"),
    ):  # fmt: skip
        schedule.secret_sharing, schedule.join_sharing = secret, link
        assert schedule.public_secret == seen
        assert bool(schedule.public_join_link) is (link == "public")


def test_a_new_key_takes_over_in_the_rows_and_in_their_history(
    schedule: MeetingSchedule, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    new_key = Fernet.generate_key().decode()
    old_keys = list(settings.FIELD_KEYS)
    events = Group.objects.get().events.count()
    settings.FIELD_KEYS = [new_key, *old_keys]
    call_command("rotate_field_keys")
    assert "6 rows" in capsys.readouterr().out  # two rows, and two of the history of each
    settings.FIELD_KEYS = [new_key]
    schedule = MeetingSchedule.objects.select_related("group").get()
    assert (schedule.group.contact_email, schedule.join_secret) == ("second@example.org", "close-sesame")
    assert Group.objects.get().events.count() == events  # nothing happened that a reader would call a change
    for event in Group.objects.get().events.all():
        assert Group(sealed_email=event.sealed_email).contact_email in SECRETS
    for event in schedule.events.all():
        assert MeetingSchedule(sealed_secret=event.sealed_secret).join_secret in SECRETS
    settings.FIELD_KEYS = old_keys
    with pytest.raises(CannotDecrypt):
        _ = Group.objects.get().contact_email


def test_every_sealed_column_is_rotated() -> None:
    registered = {(model._meta.label, name) for model, names in sealed.columns() for name in names}
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.startswith("sealed_")
    }
    assert found == registered
    assert ("groups.GroupEvent", "sealed_email") in found

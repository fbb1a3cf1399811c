"""What is private is under a key, also in the history, and stays readable when keys are replaced."""

from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from groups.models import Group, MeetingSchedule, Suggestion
from tests.groups.cast import SECRETS, group, olga

pytestmark = pytest.mark.django_db


def test_every_address_and_password_survives_a_new_key(settings: Any) -> None:
    made = group()
    made.contact_email = SECRETS[1]
    made.save()
    schedule = made.schedules.get()
    schedule.join_secret = SECRETS[2]
    schedule.save()
    organizer = olga(made)
    suggestion = Suggestion.objects.send_in(None, "vic@example.net", group=made, changes={})
    events = Group.pgh_event_model.objects.count()
    new_key = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new_key, *settings.FIELD_KEYS]
    call_command("rotate_field_keys", stdout=StringIO())
    settings.FIELD_KEYS = [new_key]
    for row in (made, schedule, organizer, suggestion):
        row.refresh_from_db()
    found = (made.contact_email, schedule.join_secret, organizer.email, suggestion.email)
    assert found == (SECRETS[1], SECRETS[2], "olga@example.net", "vic@example.net")
    history = Group.pgh_event_model.objects
    assert history.count() == events  # the same secret in another writing is no change
    made.sealed_email = history.exclude(sealed_email="").latest("pgh_id").sealed_email
    assert made.contact_email == SECRETS[1]


def test_none_of_it_can_be_read_in_the_database() -> None:
    made = group()
    made.contact_email = SECRETS[1]
    made.save()
    schedule = made.schedules.get()
    schedule.join_secret = SECRETS[2]
    schedule.save()
    models = (Group, Group.pgh_event_model, MeetingSchedule, MeetingSchedule.pgh_event_model)
    rows = str([list(model.objects.values()) for model in models])
    assert not [secret for secret in SECRETS if secret in rows]

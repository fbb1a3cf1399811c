"""The hourly job that lets go of what is over."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from mindspace.limits.tasks import forget


@pytest.mark.django_db
def test_sessions_go_when_their_time_is_over_and_no_sooner(client: Client) -> None:
    session = client.session
    session["half-made"] = "secret"
    session.save()
    forget(0)
    assert Session.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        forget(0)
    assert Session.objects.count() == 0

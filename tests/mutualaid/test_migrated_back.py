"""Migrations that go back where there are rows, and forward again."""

import pytest
from django.core.management import call_command

from mutualaid.models import Acted
from tests.mutualaid.cast import max_, post, rosa

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_done_about_posts_is_no_obstacle_on_the_way_back() -> None:
    moderator = max_()
    member = rosa(moderator)
    made = post(member.user, "A bag of rice")
    Acted.objects.write(member.pk, moderator, "pause", made.pause, None, made)
    call_command("migrate", "mutualaid", "0010", verbosity=0)
    call_command("migrate", "mutualaid", verbosity=0)
    assert not Acted.objects.exists()

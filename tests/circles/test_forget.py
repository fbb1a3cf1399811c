"""Nothing is kept of a circle that nobody is in, but where a post still names it."""

import pytest
from procrastinate.contrib.django import app

from groups.circles.models import Circle
from groups.circles.tasks import forget
from tests.circles.cast import alice, circle, fay, grown_up

pytestmark = pytest.mark.django_db


def test_each_night_what_is_empty_goes() -> None:
    first, second = fay(), alice()
    left, stays = circle(first, name="Left"), circle(second, name="Stays")
    circle(gone := grown_up("gone"), name="Deleted in the admin")
    left.leave(first)
    gone.delete()
    for _twice in range(2):
        forget(0)
    assert [each.name for each in Circle.objects.all()] == [stays.name]


def test_the_worker_knows_of_it() -> None:
    names = {periodic.task.name: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}
    assert names["circles.forget"] == "50 4 * * *"

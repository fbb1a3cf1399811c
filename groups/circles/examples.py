"""A circle that shows what one is for. Its members are examples, too."""

from collections.abc import Iterator
from contextlib import suppress

from django.db import transaction
from django.db.models import ProtectedError

from groups.circles.forms import STARTER
from groups.circles.models import Circle
from mindspace.accounts.models import User

FACILITATOR = "member@example.org"
OTHERS = ("neighbor@example.org", "resting@example.org", "new@example.org")


def load() -> Iterator[str]:
    people = {user.email: user for user in User.objects.filter(is_example=True)}
    if FACILITATOR not in people or present():
        return
    circle = Circle.objects.start(
        people[FACILITATOR], name="Porch Circle", agreements=str(STARTER), area_name="Valley Ranch", is_example=True
    )
    for email in OTHERS:
        if email in people:
            circle.seat(people[email])
    yield from ()


def remove() -> None:
    for circle in Circle.objects.filter(is_example=True):
        # Something real was asked in it: it stays with those who are in it.
        with suppress(ProtectedError), transaction.atomic():
            circle.delete()
    Circle.objects.filter(is_example=True).update(is_example=False)


def present() -> bool:
    return Circle.objects.filter(is_example=True).exists()

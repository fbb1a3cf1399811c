"""Who is in a circle in the tests: Fay facilitates, Alice and Bob are in it, Charlie must not get in."""

from typing import Any

from django.utils import timezone

from groups.circles.models import Circle, Invitation, Membership
from mindspace.accounts.models import Profile, User
from tests.groups.cast import again, client_of, form_data, max_, person

__all__ = ["again", "alice", "bob", "charlie", "circle", "client_of", "fay", "form_data", "grown_up", "max_", "person"]


def grown_up(name: str) -> User:
    user = person(name)
    Profile.objects.create(user=user, is_adult=True, adult_stated_at=timezone.now())
    return user


def fay() -> User:
    return grown_up("fay")


def alice() -> User:
    return grown_up("alice")


def bob() -> User:
    return grown_up("bob")


def charlie() -> User:
    return grown_up("charlie")


def circle(by: User, *others: User, name: str = "Porch Circle", **said: Any) -> Circle:
    made: Circle = Circle.objects.start(by, name=name, **said)
    for other in others:
        made.seat(other)
    return made


def chair_of(user: User, made: Circle) -> Membership:
    row: Membership = Membership.objects.get(user=user, circle=made)
    return row


def facilitators(made: Circle) -> list[str]:
    return sorted(made.memberships.facilitating().values_list("user__display_name", flat=True))


def link_to(made: Circle, by: User) -> str:
    """The path of a new invitation."""
    link: str = Invitation.objects.make(made, by, None)
    return link.removeprefix("http://localhost:8000")

"""Real connections at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from groups.circles.errors import CircleError
from groups.circles.models import MOST_MEMBERS, Invitation, Membership
from tests.circles.cast import chair_of, circle, facilitators, fay, grown_up, link_to

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each got, all starting together; an error that is named is an answer."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except CircleError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def invitation(path: str) -> Invitation:
    found: Invitation = Invitation.objects.with_token(path.split("/")[3]).select_related("circle").get()
    return found


def test_twenty_people_and_one_chair() -> None:
    first = fay()
    made = circle(first, *(grown_up(f"m{number}") for number in range(MOST_MEMBERS - 2)))
    guests = [grown_up(f"g{number}") for number in range(20)]
    acts = [partial(invitation(link_to(made, first)).accept, guest) for guest in guests]
    answers = all_at_once(list(acts))
    assert sum(not isinstance(answer, CircleError) for answer in answers) == 1
    assert made.memberships.count() == MOST_MEMBERS
    assert Membership.objects.filter(user__in=guests).count() == 1


def test_ten_people_and_one_link() -> None:
    first = fay()
    made = circle(first)
    path = link_to(made, first)
    guests = [grown_up(f"g{number}") for number in range(10)]
    answers = all_at_once([partial(invitation(path).accept, guest) for guest in guests])
    assert sum(not isinstance(answer, CircleError) for answer in answers) == 1
    assert made.memberships.count() == 2


def test_ten_clicks_make_one_link() -> None:
    first, key = fay(), uuid4()
    made = circle(first)
    links = all_at_once([partial(Invitation.objects.make, made, first, key)] * 10)
    assert len(set(links)) == 1
    assert Invitation.objects.count() == 1


def test_both_facilitators_leave_and_somebody_facilitates() -> None:
    for turn in range(5):
        people = [grown_up(f"{name}{turn}") for name in ("a", "b", "c")]
        made = circle(*people, name=f"Turn {turn}")
        made.hand_over(people[0], chair_of(people[1], made), together=True)
        all_at_once([partial(made.leave, people[0]), partial(made.leave, people[1])])
        assert facilitators(made) == [people[2].display_name]


def test_handing_on_to_somebody_who_leaves() -> None:
    for turn in range(5):
        people = [grown_up(f"{name}{turn}") for name in ("a", "b", "c")]
        made = circle(*people, name=f"Turn {turn}")
        other = chair_of(people[1], made)
        all_at_once([partial(made.hand_over, people[0], other), partial(made.leave, people[1])])
        assert facilitators(made)
        assert made.memberships.count() == 2

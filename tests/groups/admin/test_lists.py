"""The list of groups: where each stands, what can be done with many at once, and what waits today."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from groups.models import Group, MeetingSchedule, Organization, Place
from mindspace.accounts.models import User

pytestmark = pytest.mark.django_db
LIST = "/admin/groups/group/"


def names(client: Client, **query: str) -> list[str]:
    page = client.get(LIST, query).content.decode()
    return sorted(re.findall(r'<th class="field-name"><a [^>]*>([^<]*)</a>', page))


@pytest.fixture
def shelf(db: None) -> dict[str, Group]:
    """A group in every state; its name is that of the state."""
    now = timezone.now()

    def make(name: str, days: int | None = 1, **fields: object) -> Group:
        confirmed = None if days is None else now - timedelta(days=days)
        return Group.objects.create(slug=name, name=name, **{"status": "listed", "confirmed_at": confirmed, **fields})

    return {
        "pending": make("pending", None, status="pending"),
        "listed": make("listed"),
        "paused": make("paused", paused_from=now - timedelta(days=2)),
        "back": make("back", paused_from=now - timedelta(days=2), paused_until=now - timedelta(days=1)),
        "stale": make("stale", 181),
        "hidden": make("hidden", 366),
        "closed": make("closed", status="closed"),
    }


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("pending", ["pending"]),
        ("listed", ["back", "listed", "paused", "stale"]),
        ("paused", ["paused"]),
        ("stale", ["hidden", "stale"]),
        ("hidden", ["hidden"]),
        ("closed", ["closed"]),
    ],
)
def test_the_list_is_filtered_by_where_groups_stand(
    at_desk: Client, shelf: dict[str, Group], state: str, found: list[str]
) -> None:
    assert names(at_desk, state=state) == found


def test_the_list_says_where_each_stands(at_desk: Client, shelf: dict[str, Group]) -> None:
    page = at_desk.get(LIST).content.decode()
    pairs = re.findall(r'<th class="field-name"><a [^>]*>([^<]*)</a></th>.*?<td class="field-stands">(.*?)</td>', page)
    assert dict(pairs) == {
        "pending": "Waits for a look",
        "listed": "Listed",
        "paused": "Listed, on a pause",
        "back": "Listed",
        "stale": "Listed, not confirmed for half a year",
        "hidden": "Listed, hidden, as nobody confirmed it for a year",
        "closed": "Closed",
    }


def test_words_towns_and_organizations_find_groups(
    at_desk: Client, shelf: dict[str, Group], schedule: MeetingSchedule, hall: Place
) -> None:
    Group.objects.filter(slug="listed").update(organization=Organization.objects.create(name="Lantern House"))
    assert names(at_desk, q="lantern") == ["listed"]
    assert names(at_desk, q="irving") == ["Tea"]
    assert names(at_desk, meets="in_person") == ["Tea"]
    assert names(at_desk, meets="online") == []


def test_many_at_once(at_desk: Client, shelf: dict[str, Group], max_: User) -> None:
    def act(name: str, *groups: str) -> str:
        chosen = [shelf[each].pk for each in groups]
        answer = at_desk.post(LIST, {"action": name, "_selected_action": chosen}, follow=True)
        return answer.content.decode()

    assert "Listed: 2 groups." in act("list_checked", "pending", "closed")
    assert set(names(at_desk, state="listed")) >= {"pending", "closed"}
    assert "Marked as checked today: 2 groups." in act("mark_checked", "stale", "hidden")
    assert names(at_desk, state="stale") == []
    said = act("pause", "listed", "pending")
    assert "Paused: 2 groups." in said
    said = act("resume", "listed", "stale")
    assert "Meeting again: 1 group." in said
    assert "Stale: This group is not on a pause." in said
    assert "Closed: 1 group." in act("close", "listed")
    last = Group.objects.get(slug="listed").events.order_by("-pgh_id").first()
    assert (last.status, last.pgh_context.metadata) == ("closed", {"who": "staff", "user": str(max_.pk)})


def test_what_waits_today(at_desk: Client, shelf: dict[str, Group]) -> None:
    Group.objects.create(
        slug="ex", name="ex", status="listed", confirmed_at=timezone.now() - timedelta(days=200), is_example=True
    )
    page = at_desk.get("/admin/").content.decode()
    assert "1 listing waits for a look" in page
    assert f'href="{LIST}?state=pending"' in page
    assert "2 listings were not confirmed for half a year" in page
    assert "Meeting times" not in page  # they are reached from their group


def test_a_long_list_costs_no_query_per_row(
    at_desk: Client, shelf: dict[str, Group], django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(16):
        at_desk.get(LIST)

"""Who may open and who may press what in the admin of the directory: one table."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from groups.models import Group, MeetingException, MeetingSchedule, Organization, Place, Topic
from mindspace.accounts.models import User
from tests.groups.admin.conftest import filled_in, opened, page_of, times

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "mona", "max", "ed", "rae", "sue")  # nobody, member, moderator, editor, reviewer, superuser

# What a GET answers, in the order of ROLES. Moderators write, editors read what is public, reviewers nothing.
IN, OUT, AWAY, NO = 200, 302, 302, 403
READ = (OUT, AWAY, IN, IN, NO, IN)
PRIVATE = (OUT, AWAY, IN, NO, NO, IN)  # private addresses and links
WRITE = (OUT, AWAY, IN, NO, NO, IN)
DELETE = (OUT, AWAY, NO, NO, NO, IN)
NEVER = (OUT, AWAY, NO, NO, NO, NO)

GETS = {
    f"{model}/{page}": who
    for model in ("group", "organization", "place", "topic", "meetingschedule")
    for read in [PRIVATE if model in ("place", "meetingschedule") else READ]
    for page, who in {
        "": read,
        "add/": NEVER if model == "meetingschedule" else WRITE,
        f"{{{model}}}/change/": read,
        f"{{{model}}}/history/": read,
        f"{{{model}}}/delete/": WRITE if model == "meetingschedule" else DELETE,
    }.items()
}


@pytest.fixture
def rows(group: Group, schedule: MeetingSchedule, hall: Place) -> dict[str, object]:
    MeetingException.objects.create(schedule=schedule, day=date(2026, 3, 10), kind="cancelled")
    found = {"group": group, "meetingschedule": schedule, "place": hall, "topic": Topic.objects.first()}
    found["organization"] = Organization.objects.create(name="Open Door")
    return {name: row.pk for name, row in found.items()}


@pytest.fixture
def clients(
    sign_in: Callable[[User | None], Client], ed: User, rae: User, mona: User, max_: User, sue: User
) -> list[Client]:
    return [sign_in(user) for user in (None, mona, max_, ed, rae, sue)]


@pytest.mark.parametrize("page", GETS)
def test_opening(page: str, clients: list[Client], rows: dict[str, object]) -> None:
    path = f"/admin/groups/{page.format(**rows)}"
    answers = [client.get(path).status_code for client in clients]
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, GETS[page], strict=True))


@pytest.mark.parametrize("act", ["list_checked", "mark_checked", "pause", "resume", "close", "delete_selected"])
def test_actions_are_for_those_who_may_change(act: str, clients: list[Client], group: Group) -> None:
    before = Group.objects.values().get()
    for name, client in zip(ROLES, clients, strict=True):
        if name not in ("max", "sue"):
            client.post("/admin/groups/group/", {"action": act, "_selected_action": [group.pk]})
    assert Group.objects.values().get() == before


def test_nobody_else_reaches_over_by_the_form(
    sign_in: Callable[[User | None], Client], ed: User, rae: User, mona: User, max_: User, group: Group
) -> None:
    sent = filled_in(name="Mine", slug="tea", opened=opened(sign_in(max_), group))
    answers = {sign_in(user).post(page_of(group), sent).status_code for user in (None, mona, ed, rae)}
    assert answers == {302, 403}  # led to sign in, or refused
    assert Group.objects.get().name == "Tea"


def test_no_other_site_can_press(max_: User, group: Group) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(max_)
    assert client.post(page_of(group), filled_in(*[], **times())).status_code == 403
    assert client.post("/admin/groups/group/", {"action": "close", "_selected_action": [group.pk]}).status_code == 403


def test_who_only_reads_sees_no_secret(sign_in: Callable[[User], Client], ed: User, schedule: MeetingSchedule) -> None:
    schedule.join_secret = "open-sesame"
    schedule.save()
    group = schedule.group
    group.contact_email = "keeper@example.org"
    group.save()
    client = sign_in(ed)
    for page in (page_of(group), f"/admin/groups/meetingschedule/{schedule.pk}/change/"):
        text = client.get(page).content.decode()
        assert "sesame" not in text
        assert "keeper@" not in text
        assert schedule.sealed_secret not in text


@pytest.mark.parametrize("query", [{"q": "\x00"}, {"state": "nothing"}, {"p": "9" * 40}, {"topics__id__exact": "x"}])
def test_junk_in_the_address_is_answered(clients: list[Client], query: dict[str, str]) -> None:
    assert clients[-1].get("/admin/groups/group/", query, follow=True).status_code < 500

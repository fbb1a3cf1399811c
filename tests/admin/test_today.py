from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import User
from mindspace.admin import today
from mindspace.mail.models import OutgoingMail
from mindspace.waiting import MAIL
from tests.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "_items", {})


def item(name: str, permission: str = "accounts.view_user", count: int = 3) -> today.Item:
    return today.Item(name, lambda user: [today.Row(f"{name} for {user}", "/help/", count)], permission)


def test_nothing_waiting_is_said_kindly(client: Client, ed: User) -> None:
    sign_in(client, ed)
    page = client.get("/admin/").content.decode()
    assert "<h1>Today</h1>" in page
    assert "Nothing is waiting." in page


def test_what_waits_leads_to_it(client: Client, ed: User) -> None:
    today.register(item("b.second"))
    today.register(item("a.first"))
    sign_in(client, ed)
    page = client.get("/admin/").content.decode()
    assert '<a class="today-link" href="/help/">a.first for ed</a>' in page
    assert page.index("a.first") < page.index("b.second")
    assert "Nothing is waiting" not in page


def test_each_sees_what_they_may_do(ed: User, max_: User) -> None:
    today.register(item("people", permission="accounts.change_user"))
    assert [row.label for row in today.rows_for(max_)] == ["people for max"]
    assert today.rows_for(ed) == []


def test_none_is_no_line(ed: User) -> None:
    today.register(item("people", count=0))
    assert today.rows_for(ed) == []


def test_the_same_name_replaces(ed: User) -> None:
    today.register(item("people", count=0))
    today.register(item("people"))
    assert len(today.rows_for(ed)) == 1


def test_mail_that_is_stuck_shows(ed: User) -> None:
    today.register(MAIL)
    OutgoingMail.objects.create(sealed=b"", next_attempt_at=timezone.now())
    assert today.rows_for(ed) == []
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(hours=2))
    [row] = today.rows_for(ed)
    assert row.label.startswith("1 mail could not be sent")

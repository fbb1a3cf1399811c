from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, LinkCheck, Resource
from mindspace.accounts.models import User

pytestmark = pytest.mark.django_db


def today(client: Client) -> str:
    return client.get("/admin/").content.decode()


def test_a_draft_waits_for_every_reviewer_who_did_not_write_it(
    at_desk: Client, at_review: Client, sign_in: Callable[[User], Client], sue: User, ready: Article
) -> None:
    ready.save_desk(sue, 1, dek="Sue helped.")
    ready.ask_for_review(sue)
    line = f'href="/admin/articles/article/{ready.pk}/review/"'
    assert line in today(at_review)
    assert line not in today(sign_in(sue))
    assert "1 draft is with the reviewers" in today(at_desk)


def test_an_approved_draft_waits_for_those_who_publish(
    at_desk: Client, at_review: Client, approved: Article, ed: User
) -> None:
    words = "“How to sit with a friend” is approved and can be published"
    assert words in today(at_desk)
    assert words not in today(at_review)
    approved.publish(ed)
    assert words not in today(at_desk)


def test_what_comes_out_next(at_desk: Client, approved: Article, ed: User) -> None:
    approved.publish(ed, timezone.now() + timedelta(days=1))
    assert "“How to sit with a friend” comes out on" in today(at_desk)
    approved.withdraw(ed, "Not yet.")
    assert "comes out on" not in today(at_desk)


def test_resources_that_nobody_checked_for_90_days(at_desk: Client, at_review: Client, ed: User) -> None:
    for number, days in enumerate((None, 91, 90)):
        checked = timezone.localdate() - timedelta(days=days) if days else None
        Resource.objects.create(
            name=f"R{number}", slug=f"r{number}", kind="helpline", phone="+12145550100", checked_on=checked
        )
    assert "2 resources were not checked in the last 90 days" in today(at_desk)
    assert "resources were not checked" not in today(at_review)
    page = at_desk.get("/admin/articles/resource/?checked=stale").content.decode()
    assert ">R0<" in page
    assert ">R1<" in page
    assert ">R2<" not in page


def test_dead_links(at_desk: Client) -> None:
    LinkCheck.objects.record("https://gone.example/", LinkCheck.Status.GONE, "404", ["An article"])
    LinkCheck.objects.record("https://fine.example/", LinkCheck.Status.OK, "200", ["An article"])
    assert "1 link does not work any more" in today(at_desk)
    page = at_desk.get("/admin/articles/linkcheck/?look=needed").content.decode()
    assert "https://gone.example/" in page
    assert "https://fine.example/" not in page

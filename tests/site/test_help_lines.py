"""The numbers people call: right from the start, correctable at once, never called checked when they are not."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import User
from mindspace.site.models import HelpLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return user


def test_the_numbers_are_right() -> None:
    found = {
        line.slug: (line.phone, line.sms_number, line.sms_keyword, line.chat_url) for line in HelpLine.objects.all()
    }
    assert found == {
        "911": ("911", "", "", ""),
        "988": ("988", "988", "", "https://988lifeline.org/"),
        "crisis-text-line": ("", "741741", "HOME", ""),
        "domestic-violence": ("+18007997233", "88788", "START", ""),
        "trevor-project": ("+18664887386", "678-678", "START", ""),
        "trans-lifeline": ("+18775658860", "", "", ""),
        "maternal": ("+18338526262", "", "", ""),
        "211": ("211", "", "", ""),
    }


def test_the_page_gives_them_as_links_with_911_first(client: Client) -> None:
    main = client.get("/help/").content.decode().split("<main")[1]
    links = [
        "tel:911", "tel:988", "sms:988", "https://988lifeline.org/", "sms:741741?&amp;body=HOME", "tel:+18007997233",
        "sms:88788?&amp;body=START", "tel:+18664887386", "sms:678678?&amp;body=START", "tel:+18775658860",
        "tel:+18338526262", "tel:211",
    ]  # fmt: skip
    assert [link for link in links if f'href="{link}"' not in main] == []
    assert min(main.index(f'href="{link}"') for link in links) == main.index('href="tel:911"')
    plain = main.replace("\N{NON-BREAKING HYPHEN}", "-").replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    for said in ("Call 1-800-799-7233", "Text START to 678-678", "Press 1 if you are a veteran", "Press 2 for Spanish"):
        assert said in plain


def test_nobody_has_checked_them_yet() -> None:
    assert not HelpLine.objects.exclude(checked_on=None).exists()
    assert HelpLine.objects.checked_before(90).count() == HelpLine.objects.count()


def test_after_ninety_days_a_number_wants_checking_again() -> None:
    today = timezone.localdate()
    HelpLine.objects.update(checked_on=today - timedelta(days=90))
    HelpLine.objects.filter(slug="211").update(checked_on=today - timedelta(days=91))
    assert [line.slug for line in HelpLine.objects.checked_before(90)] == ["211"]
    assert [line.slug for line in HelpLine.objects.all() if line.is_stale] == ["211"]


def test_an_editor_corrects_a_number_at_once(client: Client, editor: User) -> None:
    line = HelpLine.objects.get(slug="trans-lifeline")
    form = client.get(f"/admin/mindspace_site/helpline/{line.pk}/change/").context["adminform"].form
    data = {name: value if value is not None else "" for name, value in form.initial.items()}
    saved = client.post(f"/admin/mindspace_site/helpline/{line.pk}/change/", {**data, "phone": "+12145550100"})
    assert saved.status_code == 302
    assert 'href="tel:+12145550100"' in client.get("/help/").content.decode()


def test_an_editor_marks_numbers_as_checked_today(client: Client, editor: User) -> None:
    ids = list(HelpLine.objects.filter(slug__in=["988", "211"]).values_list("pk", flat=True))
    client.post("/admin/mindspace_site/helpline/", {"action": "mark_checked", "_selected_action": ids})
    checked = HelpLine.objects.exclude(checked_on=None)
    assert {(line.slug, line.checked_on, line.checked_by) for line in checked} == {
        ("988", timezone.localdate(), editor),
        ("211", timezone.localdate(), editor),
    }


def test_a_date_written_by_hand_is_signed_too(client: Client, editor: User) -> None:
    line = HelpLine.objects.get(slug="988")
    form = client.get(f"/admin/mindspace_site/helpline/{line.pk}/change/").context["adminform"].form
    data = {name: value if value is not None else "" for name, value in form.initial.items()}
    client.post(f"/admin/mindspace_site/helpline/{line.pk}/change/", {**data, "checked_on": "2026-01-02"})
    line.refresh_from_db()
    assert (line.checked_on, line.checked_by) == (date(2026, 1, 2), editor)


def test_today_names_the_numbers_to_check(client: Client, editor: User) -> None:
    assert "8 help lines were not checked in the last 90 days" in client.get("/admin/").content.decode()
    HelpLine.objects.exclude(slug="988").mark_checked(editor)
    assert "1 help line was not checked in the last 90 days" in client.get("/admin/").content.decode()
    HelpLine.objects.all().mark_checked(editor)
    assert "in the last 90 days" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("fault", [{"phone": ""}, {"phone": "call 988"}, {"phone": "12145550100"}])
def test_the_database_refuses_a_line_that_cannot_be_reached(fault: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        HelpLine.objects.filter(slug="911").update(**fault)

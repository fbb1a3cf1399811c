"""Staff correct a help line in the admin: it shows at once, and says no more than somebody checked."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from mindspace.accounts.models import User
from mindspace.site.models import HelpLine

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return user


@pytest.fixture
def line(editor: User) -> HelpLine:
    """A line that the editor has tried."""
    return HelpLine.objects.create(
        slug="warm", name="A warm line", what_it_is="It listens.", phone="988", checked_on=DAY, checked_by=editor
    )


def save(client: Client, line: HelpLine, **changes: str) -> HelpLine:
    sent = {"name": line.name, "slug": line.slug, "what_it_is": line.what_it_is, "phone": line.phone, "order": "100"}
    sent |= {"language": "en-us", "checked_on": DAY.isoformat(), **changes}
    assert client.post(f"/admin/mindspace_site/helpline/{line.pk}/change/", sent).status_code == 302
    return HelpLine.objects.get(pk=line.pk)


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "+12145550199"},
        {"sms_number": "741741"},
        {"sms_keyword": "HOME"},
        {"chat_url": "https://example.org/chat"},
        {"url": "https://example.org/"},
    ],
)
def test_a_new_number_or_address_has_been_tried_by_nobody(
    client: Client, line: HelpLine, change: dict[str, str]
) -> None:
    saved = save(client, line, **change)
    assert (saved.checked_on, saved.checked_by, saved.is_stale) == (None, None, True)


def test_a_new_number_with_a_new_day_has_been_tried(client: Client, line: HelpLine, editor: User) -> None:
    saved = save(client, line, phone="+12145550199", checked_on="2026-11-24")
    assert (saved.checked_on, saved.checked_by) == (date(2026, 11, 24), editor)


def test_other_words_leave_the_check_as_it_is(client: Client, line: HelpLine, editor: User) -> None:
    saved = save(client, line, good_to_know="You may call as often as you like.")
    assert (saved.checked_on, saved.checked_by) == (DAY, editor)

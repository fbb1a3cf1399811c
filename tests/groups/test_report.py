"""A visitor reports a problem with a listing; a moderator takes it down or leaves it up."""

import pytest
from django.core import mail
from django.test import Client

from groups.models import GroupReport, Organizer, SearchRow
from mindspace.moderation import errors
from mindspace.moderation.models import Verdict
from tests.groups.cast import client_of, form_data, group, max_, mia

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/tea-and-talk/report/"


def report(client: Client, **fields: str) -> GroupReport:
    data = form_data(client.get(ADDRESS).content, **{"reason": "unsafe", "note": "He asked for money.", **fields})
    for _click in range(2):
        assert client.post(ADDRESS, data).url == "/groups/tea-and-talk/thanks/"
    return GroupReport.objects.get()


def test_it_waits_at_once_what_may_hurt_somebody_first_and_is_one_row(client: Client) -> None:
    group()
    row = report(client)
    assert (row.state, row.risk, row.made_by, row.email) == ("waiting", 3, None, "")
    assert mail.outbox == []


def test_a_moderator_takes_the_listing_down(client: Client) -> None:
    made = group()
    row, moderator = report(client), client_of(max_())
    page = moderator.get("/moderation/")
    assert "He asked for money." in page.content.decode()
    data = {"verdict": "approve", "seen": page.context["seen"]}
    moderator.post(f"/moderation/report/{row.pk}/", data)
    made.refresh_from_db()
    assert made.status == "closed"
    assert client.get("/groups/tea-and-talk/").status_code == 404
    assert not SearchRow.objects.filter(group=made).exists()


def test_or_leaves_it_up_without_having_to_say_why_to_nobody(client: Client) -> None:
    made = group()
    row = report(client)
    data = {"verdict": "refuse", "seen": row.fingerprint}
    assert client_of(max_()).post(f"/moderation/report/{row.pk}/", data).status_code == 302
    made.refresh_from_db()
    assert (made.status, GroupReport.objects.get().state) == ("listed", "refused")


def test_there_is_nobody_to_ask(client: Client) -> None:
    group()
    with pytest.raises(errors.NobodyToAsk):
        report(client).decide(max_(), Verdict.ASK, "Who?")


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "not_held"}, {"note": "x\x00"}, {"note": "n" * 1001}, {"form_key": "x"}]
)
def test_junk_is_told(client: Client, wrong: dict[str, str]) -> None:
    group()
    answer = client.post(ADDRESS, {"reason": "wrong", "note": "", **wrong})
    assert (answer.status_code, GroupReport.objects.exists()) == (400, False)


def test_ten_a_day_are_enough(client: Client) -> None:
    group()
    codes = [client.post(ADDRESS, {"reason": "wrong"}).status_code for _number in range(11)]
    assert codes == [302] * 10 + [429]


@pytest.mark.parametrize("has_account", [True, False])
def test_a_moderator_who_keeps_the_listing_does_not_decide_about_it(client: Client, has_account: bool) -> None:
    made, moderator = group(), max_()
    if has_account:
        Organizer.objects.create(group=made, user=moderator)
    else:
        Organizer.objects.add(made, moderator.email)
    row = report(client)
    assert client_of(moderator).get(f"/moderation/report/{row.pk}/").status_code == 404
    with pytest.raises(errors.YourOwn):
        row.decide(moderator, Verdict.REFUSE)
    row.decide(mia(), Verdict.REFUSE)

"""A visitor reports a problem with a listing; a moderator takes it down or leaves it up."""

import pytest
from django.core import mail
from django.test import Client

from groups.models import GroupReport, Organizer, SearchRow
from mindspace.moderation import errors
from mindspace.moderation.models import Verdict
from tests.groups.cast import client_of, form_data, group, max_, mia, olga

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/tea-and-talk/report/"


def report(client: Client, **fields: str) -> GroupReport:
    data = form_data(client.get(ADDRESS).content, **{"reason": "unsafe", "note": "He asked for money.", **fields})
    for _click in range(2):
        path = client.post(ADDRESS, data).url
        assert path.removeprefix("/groups/tea-and-talk/") == (
            "report/sent/" if data["reason"] in ("unsafe", "not_what_it_says") else "thanks/"
        )
    return GroupReport.objects.get()


def test_it_waits_at_once_what_may_hurt_somebody_first_and_is_one_row(client: Client) -> None:
    group()
    row = report(client)
    assert (row.state, row.risk, row.made_by, row.email) == ("waiting", 3, None, "")
    assert mail.outbox == []


def test_whoever_was_hurt_reads_who_looks_and_where_help_is(client: Client) -> None:
    group()
    page = client.get("/groups/tea-and-talk/report/sent/").content.decode()
    assert [
        word for word in ("A person here reads it", "tel:911", "tel:988", "not your fault") if word not in page
    ] == []
    assert "the next person who sets out" not in page


def test_a_moderator_takes_the_listing_down(client: Client) -> None:
    made = group()
    olga(made)
    row, moderator = report(client), client_of(max_())
    page = moderator.get("/moderation/")
    assert "He asked for money." in page.content.decode()
    data = {"verdict": "approve", "seen": page.context["seen"]}
    assert moderator.post(f"/moderation/report/{row.pk}/", data).status_code == 400  # not at one press
    assert moderator.post(f"/moderation/report/{row.pk}/", data | {"words": "We are sorry."}).status_code == 302
    made.refresh_from_db()
    assert made.status == "closed"
    assert [message.to for message in mail.outbox] == [["olga@example.net"]]
    assert "We are sorry." in mail.outbox[0].body
    assert client.get("/groups/tea-and-talk/").status_code == 404
    assert not SearchRow.objects.filter(group=made).exists()


@pytest.mark.parametrize(("reason", "code"), [("unsafe", 400), ("not_what_it_says", 400), ("wrong", 302)])
def test_what_may_hurt_somebody_is_not_left_up_without_a_word(client: Client, reason: str, code: int) -> None:
    made = group()
    row = report(client, reason=reason)
    data = {"verdict": "refuse", "seen": row.fingerprint}
    moderator = client_of(max_())
    assert moderator.post(f"/moderation/report/{row.pk}/", data).status_code == code
    if code == 400:
        assert moderator.post(f"/moderation/report/{row.pk}/", data | {"text": "phoned"}).status_code == 302
    assert mail.outbox == []
    made.refresh_from_db()
    assert (made.status, GroupReport.objects.get().state) == ("listed", "refused")


@pytest.mark.parametrize("reason", ["wrong", "other", "gone", "unsafe"])
def test_mending_comes_first_where_something_is_wrong_and_closing_last(client: Client, reason: str) -> None:
    group()
    report(client, reason=reason)
    page = client_of(max_()).get("/moderation/").content.decode()
    mend, pause = page.index('/keep/edit/"'), page.index('/keep/#pause"')
    close = page.index('name="verdict" value="approve"')
    assert (mend < pause) is (reason in ("wrong", "other"))
    assert max(mend, pause, page.index('value="refuse"')) < close
    assert "Whoever it is about reads them" not in page


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

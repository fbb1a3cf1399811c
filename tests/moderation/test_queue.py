"""The moderators' queue: who sees it, in which order, and that each thing is decided once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from groups.models import GroupReport, Suggestion
from mindspace.moderation import errors
from mindspace.moderation.models import Decision, Verdict
from mindspace.site.models import SiteDetails
from tests.groups.cast import client_of, group, max_, mia, person


def suggestion(email: str = "vic@example.net", **fields: Any) -> Suggestion:
    about = fields.pop("group", None) or group(f"Tea {Suggestion.objects.count()}")
    whole = {"changes": {"group": {"summary": ["For anyone.", "New"]}, "meetings": {}}, "state": "waiting", **fields}
    made = Suggestion(group=about, **whole)
    made.email = email
    made.save()
    return made


def address(item: Any) -> str:
    return f"/moderation/{item.queue}/{item.pk}/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "status"), [((), 404), (("Editor",), 404), (("Reviewer",), 404), (("Moderator",), 200)]
)
def test_the_queue_is_there_for_moderators_only(roles: tuple[str, ...], status: int) -> None:
    item = suggestion()
    client = client_of(person("somebody", *roles))
    assert client.get("/moderation/").status_code == status
    assert client.get(address(item)).status_code == status


@pytest.mark.django_db
def test_and_for_no_stranger_nor_a_member_with_the_permission_who_is_no_staff() -> None:
    item, member = suggestion(), max_()
    member.is_staff = False
    member.save()
    for client in (Client(), client_of(member)):
        assert client.get("/moderation/").status_code == 404
        assert client.post(address(item), {"verdict": "approve", "seen": item.fingerprint}).status_code == 404
    item.refresh_from_db()
    assert item.state == "waiting"


@pytest.mark.django_db
def test_on_a_real_site_a_second_factor_comes_first(settings: Any) -> None:
    settings.ON_LOOPBACK = False
    item = suggestion()
    client = client_of(max_())
    assert client.get("/moderation/").url == "/accounts/second-step/"
    client.post(address(item), {"verdict": "approve", "seen": item.fingerprint})
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_the_greatest_risk_comes_first_then_who_waited_longest() -> None:
    old = suggestion(waits_since=timezone.now() - timedelta(days=9))
    older = suggestion(waits_since=timezone.now() - timedelta(days=10))
    unsafe = GroupReport.objects.send_in(None, old.group, "unsafe", "He asked for money.")
    client = client_of(max_())
    skip = ""
    for expected in (unsafe, older, old):
        page = client.get("/moderation/", {"skip": skip})
        assert page.context["item"].pk == expected.pk
        skip = page.context["skip_next"]
    assert "Nothing else waits" in client.get("/moderation/", {"skip": skip}).content.decode()


@pytest.mark.django_db
def test_left_for_later_is_what_they_may_decide_and_the_rest_is_explained() -> None:
    moderator, own = max_(), "so another moderator looks at it"
    for _count in range(2):
        suggestion()
    client, skip = client_of(moderator), ""
    for _count in range(2):
        skip = client.get("/moderation/", {"skip": skip}).context["skip_next"]
    page = client.get("/moderation/", {"skip": skip}).content.decode()
    assert "2 things are left for later." in page
    assert own not in page
    theirs = suggestion(made_by=moderator)
    for skipped in (skip, f"{skip},{theirs.pk}"):
        page = client.get("/moderation/", {"skip": skipped}).content.decode()
        assert "2 things are left for later." in page
        assert own in page
    page = client.get("/moderation/", {"skip": str(theirs.pk)})
    assert page.context["item"] != theirs
    Suggestion.objects.exclude(pk=theirs.pk).delete()
    page = client.get("/moderation/", {"skip": skip}).content.decode()
    assert "Nothing waits for you" in page
    assert "Start again" not in page


@pytest.mark.django_db
def test_nothing_waits_says_so() -> None:
    assert "Nothing waits" in client_of(max_()).get("/moderation/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("skip", ["x", "\x00", "," * 9, "a" * 9000, "f" * 36])
def test_junk_in_the_address_is_no_error(skip: str) -> None:
    assert client_of(max_()).get("/moderation/", {"skip": skip}).status_code == 200


@pytest.mark.django_db
def test_the_decision_comes_before_the_words_and_asking_before_refusing() -> None:
    suggestion()
    page = client_of(max_()).get("/moderation/").content.decode()
    places = [page.index(text) for text in ('class="changes-list"', 'value="approve"', 'name="text"', 'name="words"')]
    places += [page.index('value="ask"'), page.index('value="refuse"')]
    assert places == sorted(places)


@pytest.mark.django_db
@pytest.mark.parametrize("verdict", ["ask", "refuse"])
def test_whoever_asks_or_refuses_says_why(verdict: str) -> None:
    item, client = suggestion(), client_of(max_())
    data = {"verdict": verdict, "seen": item.fingerprint}
    assert client.post(address(item), data).status_code == 400
    assert client.post(address(item), {**data, "text": "unsure", "words": "Sorry."}).status_code == 302
    assert "We could not find out" in mail.outbox[-1].body
    assert "Sorry." in mail.outbox[-1].body


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"verdict": ""}, {"verdict": "burn"}, {"text": "x\x00"}, {"words": "w" * 2001}])
def test_a_verdict_that_is_none_is_told(wrong: dict[str, str]) -> None:
    item, client = suggestion(), client_of(max_())
    answer = client.post(address(item), {"verdict": "refuse", "seen": item.fingerprint, "words": "No.", **wrong})
    assert (answer.status_code, Decision.objects.exists()) == (400, False)


@pytest.mark.django_db
def test_nobody_decides_their_own() -> None:
    by_account, by_mail = max_(), mia()
    item = suggestion(email="mia@example.org", made_by=by_account)
    for moderator in (by_account, by_mail):
        client = client_of(moderator)
        assert "Nothing waits for you" in client.get("/moderation/").content.decode()
        assert client.get(address(item)).status_code == 404
        with pytest.raises(errors.YourOwn):
            item.decide(moderator, Verdict.APPROVE)


@pytest.mark.django_db
def test_staff_of_one_does_and_it_is_marked() -> None:
    SiteDetails.objects.update(staff_of_one=True)
    moderator = max_()
    suggestion(made_by=moderator).decide(moderator, Verdict.APPROVE)
    assert Decision.objects.get().alone


@pytest.mark.django_db
def test_what_changed_since_it_was_opened_is_looked_at_again() -> None:
    item, client = suggestion(), client_of(max_())
    answer = client.post(address(item), {"verdict": "approve", "seen": "0" * 64}, follow=True)
    assert "has changed since you opened it" in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_the_database_holds_one_final_decision_for_each_thing() -> None:
    item, moderator = suggestion(), max_()
    item.decide(moderator, Verdict.REFUSE, "No.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(queue=item.queue, item=item.pk, verdict="approve", by=moderator)


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            return action()
        except errors.NotDecided as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_one_decides_and_one_mail_goes_out() -> None:
    one, other = max_(), mia()
    for _round in range(4):
        item = suggestion()
        copy = Suggestion.objects.get(pk=item.pk)
        results = at_once(
            lambda item=item: item.decide(one, Verdict.APPROVE),
            lambda copy=copy: copy.decide(other, Verdict.REFUSE, "No."),
        )
        assert sum(isinstance(result, errors.AlreadyDecided) for result in results) == 1
        decision = Decision.objects.get(item=item.pk)
        item.refresh_from_db()
        item.group.refresh_from_db()
        assert (decision.verdict == "approve") == (item.state == "approved") == (item.group.summary == "New")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_a_mailed_link_makes_one_group() -> None:
    changes = {"group": {"name": [None, "Tea"], "website": [None, ""]}, "meetings": {}}
    item = Suggestion.objects.send_in(None, "vic@example.net", group=None, is_new=True, changes=changes)
    copies = [Suggestion.objects.get(pk=item.pk) for _number in range(3)]
    at_once(*(lambda copy=copy: copy.confirm() for copy in copies))
    assert len({copy.group_id for copy in copies}) == 1

"""Members report Bob: one each, three that count keep him quiet until a moderator has looked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mindspace.accounts.models import Block, User
from mindspace.moderation.models import PersonReport, Sanction, Verdict, may_write
from mindspace.notifications.models import Notification
from tests.groups.cast import client_of, max_, mia, person

pytestmark = pytest.mark.django_db


def known(name: str) -> User:
    """A member for a year."""
    user = person(name)
    user.date_joined = timezone.now() - timedelta(days=365)
    user.save()
    return user


def report(bob: User, by: User, reason: str = "harassment") -> PersonReport:
    made: PersonReport = PersonReport.objects.send_in(None, bob, reason, "", by)
    return made


def test_three_that_count_keep_him_quiet_and_two_do_not() -> None:
    bob = person("bob")
    for name in ("ann", "bea"):
        report(bob, known(name))
    assert may_write(bob)
    report(bob, known("cat"))
    assert not may_write(bob)


def test_new_accounts_and_repeats_hide_nothing() -> None:
    bob, ann = person("bob"), known("ann")
    assert {report(bob, ann).pk for _time in range(4)} == {PersonReport.objects.get().pk}
    for number in range(5):
        report(bob, person(f"new{number}"))
    assert may_write(bob)


def test_a_call_for_help_comes_first_and_is_never_held_against_him() -> None:
    bob = person("bob")
    report(bob, known("dan"), "unsafe")
    for name in ("ann", "bea", "cat"):
        report(bob, known(name), "self_harm")
    assert may_write(bob)
    moderator = max_()
    page = client_of(moderator).get("/moderation/")
    assert page.context["item"].reason == "self_harm"
    assert "Nothing is taken down for this" in page.content.decode()
    page.context["item"].decide(moderator, Verdict.APPROVE)
    assert may_write(bob)
    assert User.objects.filter(pk=bob.pk, is_active=True).exists()


def test_a_moderator_finds_nothing_wrong_and_he_writes_again() -> None:
    bob, moderator = person("bob"), max_()
    rows = [report(bob, known(name)) for name in ("ann", "bea", "cat")]
    for row in rows:
        assert not may_write(bob)
        row.decide(moderator, Verdict.REFUSE)
    assert may_write(bob)


def test_nobody_decides_about_themselves() -> None:
    moderator = max_()
    row = report(moderator, known("ann"))
    assert not row.can_be_decided_by(moderator)
    assert client_of(moderator).get(f"/moderation/person/{row.pk}/").status_code == 404


def test_two_taps_and_once() -> None:
    bob, ann = person("bob"), known("ann")
    client, address = client_of(ann), f"/my/standing/report/{bob.pk}/"
    assert client.get(address).status_code == 200
    for _click in range(3):
        assert client.post(address, {"reason": "scam"}).url == f"/accounts/people/{bob.pk}/"
    assert PersonReport.objects.get().weight == 1
    assert client.post(address, {"reason": "x\x00"}).status_code == 400
    assert client.get(f"/my/standing/report/{ann.pk}/").status_code == 404


def test_who_is_kept_away_finds_nobody_and_who_keeps_away_can_still_report() -> None:
    bob, ann = person("bob"), known("ann")
    Block.objects.put(ann, bob)
    kept_away, address = client_of(bob), f"/my/standing/report/{ann.pk}/"
    for _turn in range(2):
        assert "Ann" not in kept_away.get(address).content.decode()
        assert kept_away.post(address, {"reason": "scam"}).status_code == 404
    safety, theirs = client_of(ann), f"/my/standing/report/{bob.pk}/"
    assert f'href="{theirs}"' in safety.get("/accounts/safety/").content.decode()
    assert safety.post(theirs, {"reason": "unsafe"}).url == "/accounts/safety/"
    Block.objects.put(bob, ann)
    assert safety.get(theirs).status_code == 200
    assert PersonReport.objects.get().target == bob


def test_he_is_told_and_the_page_says_honestly_who_looks() -> None:
    bob = person("bob")
    for name in ("ann", "bea", "cat"):
        report(bob, known(name))
    told = Notification.objects.get(user=bob)
    assert (told.kind, told.path) == ("moderation.standing", "/my/standing/")
    page = client_of(bob).get("/my/standing/").content.decode()
    assert "Nobody has decided anything about you" in page
    assert "<textarea" not in page
    assert client_of(bob).post("/my/standing/", {"words": "Why?"}).status_code == 404


def test_a_refused_report_lifts_no_ban_of_a_moderator_who_has_left() -> None:
    bob, gone, stays = person("bob"), mia(), max_()
    Sanction.objects.impose(bob, "ban", by=gone, reason="Unkind words.").decide(stays, Verdict.APPROVE)
    gone.delete()
    assert Sanction.objects.get().made_by is None
    report(bob, known("ann")).decide(stays, Verdict.REFUSE)
    assert not may_write(bob)


def test_only_a_mute_comes_from_reports() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.create(user=person("bob"), kind="ban", reason="x", from_reports=True)


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_keep_him_quiet_once() -> None:
    bob, members = person("bob"), [known(f"m{number}") for number in range(10)]
    start = Barrier(10)

    def work(by: User) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            report(bob, by)
            report(bob, by)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(work, members))
    assert PersonReport.objects.count() == 10
    assert Sanction.objects.filter(user=bob).count() == 1

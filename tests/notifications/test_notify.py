"""Alice is told of each event once, on the site, and by mail when and how she wants it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mindspace.accounts.models import Profile, User
from mindspace.mail.models import OutgoingMail
from mindspace.notifications import quiet, tasks
from mindspace.notifications.models import Notification, Preference, QuietHours
from mindspace.notifications.telling import mail_due, notify
from tests.accounts.conftest import make
from tests.notifications.conftest import ANSWERED, NEARBY, QUIETLY

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=NEW_YORK)  # type: ignore[arg-type, misc]


def test_one_row_and_one_mail_that_says_nothing_of_anybody(alice: User) -> None:
    for _time in range(3):
        notify(alice, ANSWERED, "answer:1", "/my/", about="Rides on Tuesday for Bob")
    assert Notification.objects.count() == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("A note for you", ["alice@example.org"])
    assert "Somebody answered you." in sent.body
    assert "Bob" not in sent.body
    assert "Tuesday" not in sent.body
    assert "&#x27;" not in sent.body


def test_nothing_is_told_when_what_happened_is_undone(alice: User) -> None:
    with transaction.atomic():
        notify(alice, ANSWERED, "answer:1")
        transaction.set_rollback(True)
    assert (Notification.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_a_kind_nobody_registered_is_an_error(alice: User) -> None:
    with pytest.raises(LookupError):
        notify(alice, "test.typo", "x")


@pytest.mark.parametrize("path", ["//elsewhere.example", "https://elsewhere.example", "my/"])
def test_the_database_lets_no_row_lead_elsewhere(alice: User, path: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(user=alice, kind=ANSWERED, key="x", path=path)


def test_never_means_on_the_site_only(alice: User) -> None:
    notify(alice, QUIETLY, "small:1")
    assert (Notification.objects.of(alice).unread().count(), mail.outbox) == (1, [])


def test_nobody_without_a_mailbox_nor_with_a_closed_account_is_mailed(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    notify(User.objects.get(pk=alice.pk), ANSWERED, "answer:1")
    by_phone = User.objects.create_user("someone@phone.invalid")
    notify(by_phone, ANSWERED, "answer:1")
    assert (Notification.objects.count(), mail.outbox) == (2, [])


def test_once_a_day_comes_in_the_morning_together_and_once(alice: User) -> None:
    Profile.objects.create(user=alice, time_zone="America/New_York")
    with time_machine.travel(at(2026, 3, 2, 15, 0), tick=False) as clock:
        for number in range(3):
            notify(alice, NEARBY, f"near:{number}")
        tasks.mail_waiting(0)
        assert mail.outbox == []
        clock.move_to(at(2026, 3, 3, 8, 0))
        for _time in range(3):
            tasks.mail_waiting(0)
    (sent,) = mail.outbox
    assert sent.body.count("There is something new near you.") == 1


def test_who_has_stopped_it_meanwhile_gets_nothing(alice: User) -> None:
    with time_machine.travel(at(2026, 3, 2, 15, 0), tick=False) as clock:
        notify(alice, NEARBY, "near:1")
        Preference.choose(alice, NEARBY, "never")
        clock.move_to(at(2026, 3, 4, 15, 0))
        tasks.mail_waiting(0)
    assert mail.outbox == []
    assert Notification.objects.get().mail_at is None


def test_who_rests_gets_no_mail_of_the_day(alice: User) -> None:
    with time_machine.travel(at(2026, 3, 2, 15, 0), tick=False) as clock:
        Profile.objects.create(user=alice, time_zone="America/New_York", resting_until=date(2026, 3, 20))
        notify(alice, NEARBY, "near:1")
        clock.move_to(at(2026, 3, 4, 15, 0))
        tasks.mail_waiting(0)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("now", "mailed"),
    [
        (at(2026, 3, 2, 20, 59), at(2026, 3, 2, 20, 59)),
        (at(2026, 3, 2, 21, 0), at(2026, 3, 3, 7, 0)),
        (at(2026, 3, 3, 6, 59), at(2026, 3, 3, 7, 0)),
        (at(2026, 3, 3, 7, 0), at(2026, 3, 3, 7, 0)),
        (at(2026, 3, 7, 23, 0), at(2026, 3, 8, 7, 0)),  # the clocks go forward in that night
        (at(2026, 10, 31, 23, 0), at(2026, 11, 1, 7, 0)),  # and back in that one
    ],
)
def test_quiet_hours_are_those_of_where_she_lives(alice: User, now: datetime, mailed: datetime) -> None:
    Profile.objects.create(user=alice, time_zone="America/New_York")
    QuietHours.objects.create(user=alice, starts=time(21), ends=time(7))
    with time_machine.travel(now, tick=False) as clock:
        notify(alice, ANSWERED, "answer:1")
        assert len(mail.outbox) == (now == mailed)
        if now != mailed:
            clock.move_to(mailed - timedelta(minutes=1))
            tasks.mail_waiting(0)
            assert mail.outbox == []
            clock.move_to(mailed)
            tasks.mail_waiting(0)
    assert len(mail.outbox) == 1


def test_quiet_hours_that_end_inside_a_change_of_the_clocks() -> None:
    # 2:30 does not come on March 8: the quiet hours end when the clocks have jumped over it.
    gap = quiet.after_quiet(at(2026, 3, 8, 1, 0), time(0, 30), time(2, 30), NEW_YORK)
    assert gap.astimezone(UTC) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    # 1:30 comes twice on November 1. At the second 1:15 they last until the second 1:30, not a day longer.
    second = at(2026, 11, 1, 1, 15).replace(fold=1)
    end = quiet.after_quiet(second, time(0, 30), time(1, 30), NEW_YORK)
    assert end.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_a_day_that_is_ahead_waits_and_is_on_no_page_before(alice: User) -> None:
    with time_machine.travel(at(2026, 3, 2, 15, 0), tick=False) as clock:
        notify(alice, ANSWERED, "reminder:1", when=at(2026, 3, 3, 9, 0))
        assert (mail.outbox, Notification.objects.of(alice).count()) == ([], 0)
        clock.move_to(at(2026, 3, 3, 9, 0))
        tasks.mail_waiting(0)
        assert (len(mail.outbox), Notification.objects.of(alice).count()) == (1, 1)


def test_old_news_is_forgotten_but_not_what_still_has_to_be_mailed(alice: User) -> None:
    old = datetime(2026, 1, 1, tzinfo=UTC)
    Notification.objects.create(user=alice, kind=ANSWERED, key="1", at=old)
    Notification.objects.create(user=alice, kind=ANSWERED, key="2", at=old, mail_at=old)
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False):
        tasks.forget(0)
    assert Notification.objects.get().key == "2"


def test_a_mail_that_cannot_be_kept_leaves_the_news_unmailed(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    Profile.objects.create(user=alice, time_zone="America/New_York")
    with time_machine.travel(at(2026, 3, 2, 15, 0), tick=False) as clock:
        notify(alice, NEARBY, "near:1")
        clock.move_to(at(2026, 3, 3, 8, 0))

        def fails(*args: Any, **kwargs: Any) -> None:
            raise OSError("no room")

        with monkeypatch.context() as broken:
            broken.setattr("mindspace.notifications.telling.send", fails)
            with pytest.raises(OSError, match="no room"):
                tasks.mail_waiting(0)
        tasks.mail_waiting(0)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_workers_mail_what_is_due_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = "mindspace.mail.backend.EmailBackend"
    alice = make("alice")
    now = datetime(2026, 3, 2, 15, tzinfo=UTC)
    for number in range(3):
        Notification.objects.create(user=alice, kind=ANSWERED, key=f"{number}", at=now, mail_at=now)
    start = Barrier(10)

    def work(number: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            notify(alice, QUIETLY, "told by ten")
            mail_due(alice, timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(work, range(10)))
    assert OutgoingMail.objects.count() == 3
    assert Notification.objects.filter(key="told by ten").count() == 1

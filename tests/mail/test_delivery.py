"""A mail becomes a row and a job, and the row goes when a real mail server has taken it."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage, send_mail
from django.db import connection, connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mindspace.mail.models import OutgoingMail, ServerUnreachable
from mindspace.mail.tasks import deliver_mail, deliver_waiting
from tests.mail.sink import Sink

TEXT = "The kettle is on.\n"


def write(to: str = "ana@example.org") -> OutgoingMail:
    send_mail("A note", TEXT, "notes@example.org", [to])
    return OutgoingMail.objects.latest("created_at")


@pytest.mark.django_db
def test_the_server_gets_it_and_the_row_is_gone(sink: Sink) -> None:
    mail = write()
    assert OutgoingMail.deliver(mail.pk)
    [(recipients, received)] = sink.mails
    assert recipients == ["ana@example.org"]
    assert (received["Subject"], received["From"]) == ("A note", "notes@example.org")
    assert received.get_content() == TEXT.replace("\n", "\r\n") or received.get_content() == TEXT
    assert received["Message-ID"].endswith("@example.org>")
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_delivering_again_sends_nothing(sink: Sink) -> None:
    mail = write()
    OutgoingMail.deliver(mail.pk)
    OutgoingMail.deliver(mail.pk)
    assert len(sink.mails) == 1


@pytest.mark.django_db
def test_the_row_tells_nothing_and_the_job_only_its_id(sink: Sink) -> None:
    mail = write()
    [job] = ProcrastinateJob.objects.filter(task_name="mail.deliver")
    assert job.args == {"mail_id": str(mail.pk)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text, convert_from(m.sealed, 'UTF8') FROM mail_outgoingmail m")
        row = " ".join(cursor.fetchone())
    for secret in ("ana@example", "example.org", "a note", "kettle is on"):  # none of them can be there by chance
        assert secret not in row.lower()


@pytest.mark.django_db(transaction=True)
def test_rolled_back_with_the_rest(sink: Sink) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_a_killed_server_loses_nothing(sink: Sink, settings: Any) -> None:
    mail = write()
    port = sink.port
    sink.kill()
    with pytest.raises(ServerUnreachable):
        OutgoingMail.deliver(mail.pk)
    deliver_mail(mail_id=str(mail.pk))  # the job itself ends quietly: the row knows
    mail.refresh_from_db()
    assert mail.attempts == 2
    assert mail.last_error == "ConnectionRefusedError"
    second = Sink(port)
    try:
        deliver_waiting(0)  # too early
        assert second.mails == []
        with time_machine.travel(mail.next_attempt_at + timedelta(seconds=1)):
            deliver_waiting(0)
        assert [recipients for recipients, _mail in second.mails] == [["ana@example.org"]]
    finally:
        second.kill()
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_server_that_dies_before_it_answers_gets_it_again_under_the_same_id(sink: Sink) -> None:
    mail = write()
    sink.die_before_answer = True
    with pytest.raises(ServerUnreachable):
        OutgoingMail.deliver(mail.pk)
    first_id = OutgoingMail.objects.get().unsealed().message()["Message-ID"]
    sink.die_before_answer = False
    OutgoingMail.deliver(mail.pk)
    assert [received["Message-ID"] for _to, received in sink.mails] == [first_id]


@pytest.mark.django_db
def test_waits_grow_to_an_hour(sink: Sink) -> None:
    mail = write()
    sink.kill()
    waits = []
    for _attempt in range(12):
        with pytest.raises(ServerUnreachable):
            OutgoingMail.deliver(mail.pk)
        mail.refresh_from_db()
        waits.append(round((mail.next_attempt_at - timezone.now()).total_seconds()))
    assert waits[:3] == [30, 60, 120]
    assert waits[-1] == 3600


@pytest.mark.django_db
def test_one_refused_address_holds_up_nobody_and_is_given_up_after_days(sink: Sink) -> None:
    sink.refused = {"gone@example.org"}
    refused, fine = write("gone@example.org"), write("ben@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        deliver_waiting(0)
    assert [recipients for recipients, _mail in sink.mails] == [["ben@example.org"]]
    refused.refresh_from_db()
    assert refused.last_error == "SMTPRecipientsRefused 550"
    assert not OutgoingMail.objects.filter(pk=fine.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        OutgoingMail.deliver(refused.pk)
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_server_that_is_down_for_days_still_loses_nothing(sink: Sink) -> None:
    mail = write()
    sink.kill()
    with time_machine.travel(timezone.now() + timedelta(days=30)), pytest.raises(ServerUnreachable):
        OutgoingMail.deliver(mail.pk)
    assert OutgoingMail.objects.late(timezone.now() + timedelta(days=30)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(sink: Sink) -> None:
    mails = [write(f"n{number}@example.org") for number in range(5)]
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        for mail in mails:
            OutgoingMail.deliver(mail.pk)
        connections.close_all()

    workers = [threading.Thread(target=work) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(to for [to], _mail in sink.mails) == [f"n{number}@example.org" for number in range(5)]
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_subject_cannot_bring_a_header_along(sink: Sink) -> None:
    with pytest.raises(ValueError, match="newlines"):
        EmailMessage("Note\nBcc: eve@example.org", TEXT, "notes@example.org", ["ana@example.org"]).send()
    assert not OutgoingMail.objects.exists()

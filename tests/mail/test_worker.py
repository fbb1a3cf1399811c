import threading

import pytest
from django.core.mail import send_mail
from django.db import connections
from procrastinate.contrib.django import app

from mindspace.mail.models import OutgoingMail
from tests.mail.sink import Sink


def run_worker() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_worker_delivers_what_a_request_wrote(sink: Sink) -> None:
    send_mail("A note", "The kettle is on.", "notes@example.org", ["ana@example.org"])
    # In a thread of its own, because browser tests leave an event loop running in this one.
    thread = threading.Thread(target=run_worker)
    thread.start()
    thread.join(60)
    assert [recipients for recipients, _mail in sink.mails] == [["ana@example.org"]]
    assert not OutgoingMail.objects.exists()

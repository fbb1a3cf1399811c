"""allauth's limits when many ask at the same moment, each over a connection of its own, as several workers do."""

import threading

import pytest
from django.db import connections
from django.test import Client

from mindspace.accounts.models import User
from tests.accounts.conftest import PASSWORD


@pytest.mark.django_db(transaction=True)
def test_five_guesses_are_five_even_all_at_once(mona: User) -> None:
    start = threading.Barrier(6)
    answers: list[str] = []

    def guess(number: int) -> None:
        client = Client()
        start.wait()
        for attempt in range(3):
            page = client.post(
                "/accounts/login/",
                {"login": mona.email, "password": f"guess {number} {attempt}"},
                REMOTE_ADDR=f"203.0.113.{number}",
            ).content.decode()
            answers.append("refused" if "Too many tries" in page else "tried" if "go together" in page else page)
        connections.close_all()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {"tried", "refused"}
    assert len(answers) == 18
    assert answers.count("tried") <= 5
    assert b"Too many tries" in Client().post("/accounts/login/", {"login": mona.email, "password": PASSWORD}).content

import pytest
from django.db import OperationalError
from django.test import Client


def test_alive_needs_no_database(client: Client) -> None:
    answer = client.get("/healthz")  # pytest-django refuses a query here
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok\n", "no-store")


@pytest.mark.django_db
def test_ready_while_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nothing_to_post(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405

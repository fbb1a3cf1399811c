from pathlib import Path

import pytest

from mindspace.mail.address import BadAddress, transport

VAR = Path("/somewhere")


def test_a_server_with_starttls() -> None:
    found = transport("smtp://us%40er:p%2Fw@mail.example.org:587", VAR)
    assert (found["host"], found["port"], found["username"], found["password"]) == (
        "mail.example.org",
        587,
        "us@er",
        "p/w",
    )
    assert found["use_tls"]
    assert not found["use_ssl"]


def test_a_server_with_tls_from_the_start() -> None:
    found = transport("smtps://mail.example.org", VAR)
    assert (found["port"], found["use_ssl"], found["use_tls"]) == (465, True, False)


def test_tls_can_be_asked_for_on_another_port() -> None:
    assert transport("smtp://mail.example.org:2525?tls=1", VAR)["use_tls"]
    assert not transport("smtp://mail.example.org:2525", VAR)["use_tls"]


def test_local() -> None:
    assert transport("local:", VAR)["folder"] == VAR / "mail"


@pytest.mark.parametrize("url", ["", "http://example.org", "smtp://", "smtp://host:port", "smtp://host:99999"])
def test_junk_is_refused_without_showing_a_password(url: str) -> None:
    with pytest.raises(BadAddress):
        transport(url, VAR)

"""Who is asking: the proxies we name are believed, nobody else."""

from typing import Any

import pytest
from django.test import RequestFactory

from mindspace.limits.client import client_address, client_key

PROXIES = ["192.0.2.1", "10.0.0.0/8"]

# our neighbor on the wire, X-Forwarded-For, who it is
CASES = [
    ("198.51.100.7", "", "198.51.100.7"),
    ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # a visitor who makes up a header
    ("192.0.2.1", "203.0.113.9", "203.0.113.9"),  # our proxy tells
    ("192.0.2.1", "8.8.8.8, 203.0.113.9", "203.0.113.9"),  # and a made-up part before it is not read
    ("192.0.2.1", "10.9.9.9, 203.0.113.9, 10.1.2.3", "203.0.113.9"),  # two proxies of ours in a row
    ("192.0.2.1", "203.0.113.9, 8.8.8.8", "8.8.8.8"),
    ("192.0.2.1", "", "unknown"),
    ("192.0.2.1", "203.0.113.9, junk", "unknown"),
    ("", "203.0.113.9", "unknown"),  # a unix socket that was not named as trusted
    ("::ffff:198.51.100.7", "", "198.51.100.7"),
    ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2:3:4:5:6"),
]


@pytest.mark.parametrize(("neighbor", "forwarded", "who"), CASES)
def test_client_address(neighbor: str, forwarded: str, who: str, settings: Any) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=neighbor, headers=headers)) == who


def test_a_proxy_over_a_unix_socket(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["unix"]
    request = RequestFactory().get("/", REMOTE_ADDR="", headers={"X-Forwarded-For": "8.8.8.8, 203.0.113.9"})
    assert client_address(request) == "203.0.113.9"


def test_a_household_shares_its_ipv6_network() -> None:
    def key(address: str) -> str:
        return client_key(RequestFactory().get("/", REMOTE_ADDR=address))

    assert key("2001:db8:1:2:3:4:5:6") == key("2001:db8:1:2::9") != key("2001:db8:1:3::9")
    assert key("198.51.100.7") != key("198.51.100.8")

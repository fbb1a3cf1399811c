"""Whose request is it? Only the proxies named in TRUSTED_PROXIES are believed about it."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    # An IPv4 visitor of an IPv6 socket is the same visitor.
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_trusted(address: Address | None) -> bool:
    if address is None:  # a unix socket has no address: only a proxy on this machine can be behind it
        return "unix" in settings.TRUSTED_PROXIES
    networks = (ip_network(proxy) for proxy in settings.TRUSTED_PROXIES if proxy != "unix")
    return any(address in network for network in networks)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, "unknown" if there is none.

    X-Forwarded-For is read from its end, where our own proxies write, up to the first address that is not one of
    them; whatever a visitor put in front of that is never reached.
    """
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    while hops and _is_trusted(address):
        address = _parsed(hops.pop())
        if address is None:
            break
    return str(address) if address else "unknown"


def client_key(request: HttpRequest) -> str:
    """Return what limits count a visitor by: the address, or for IPv6 the /64 a household has to itself."""
    address = _parsed(client_address(request))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def by_visitor(request: HttpRequest) -> str:
    """As a member where somebody is signed in: whoever shares an address with others is not held up by them."""
    return by_member(request) if request.user.is_authenticated else client_key(request)


def by_member(request: HttpRequest) -> str:
    """Return what limits count somebody who is signed in by, wherever they come from."""
    return str(request.user.pk)

"""Ask a web address whether it still answers, or fetch what is there, without ever reaching a private network.

Staff can write any address into an article or an import, so the server must not be led to its own neighbors. Names are
resolved here, every address found must be a public one, and the connection goes to that very address: a name that
changes its answer between the check and the call gains nothing. Each redirect starts over. One deadline covers the
whole of a link. Of an answer no more than its head is read, or as many bytes as the caller wants to have at most.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import IO, Any
from urllib.parse import quote, urljoin, urlsplit

IPAddress = IPv4Address | IPv6Address

# What is handed out to hosts on the Internet, less the ranges that carry another address inside them.
GLOBAL_UNICAST = IPv6Network("2000::/3")
WRAPPED = [IPv6Network("2001::/23"), IPv6Network("2002::/16"), IPv6Network("3fff::/20")]
SPECIAL = [IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24")]
HEAD_BYTES = 32 * 1024
ADDRESSES_TRIED = 3
REDIRECTS = {301, 302, 303, 307, 308}


class Unsafe(Exception):
    """The address is one we never call; the message says why."""


class NoAnswer(Exception):
    """Nobody answered in time, or not in HTTP; the message says how."""


class TooMuch(Exception):
    """The answer is larger than the caller wants it."""


# What takes an answer from a connection, until a deadline; it gives the status and the Location.
Reader = Callable[[socket.socket, float], tuple[int, str | None]]


@dataclass(frozen=True)
class Answer:
    """What the last address of the chain said: its HTTP `status` and the `url` that said it."""

    status: int
    url: str


def is_public(address: IPAddress) -> bool:
    """Tell whether an address belongs to the open Internet; anything that wraps another address does not."""
    if isinstance(address, IPv6Address):
        return address in GLOBAL_UNICAST and not any(address in network for network in WRAPPED) and address.is_global
    return address.is_global and not address.is_multicast and not any(address in network for network in SPECIAL)


def tls_context() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True)
class Caller:
    """The rules for calling out: which addresses and ports, how long in all (seconds), how many redirects.

    `allows` and `resolve` are handed in by the tests, which have only this machine to call.
    """

    allows: Callable[[IPAddress], bool] = is_public
    resolve: Callable[..., list[Any]] = socket.getaddrinfo
    ports: frozenset[int] | None = frozenset({80, 443})
    seconds: float = 10
    redirects: int = 5
    agent: str = "MindSpace link check"
    tls: Callable[[], ssl.SSLContext] = tls_context

    def call(self, url: str) -> Answer:
        """Follow `url` to its end. Raise Unsafe when a step must not be taken, NoAnswer when nobody speaks HTTP."""
        return self._follow(url, _head)

    def fetch(self, url: str, into: IO[bytes], most: int) -> Answer:
        """As `call`, and write what a 200 answers into a file. Raise TooMuch after `most` bytes if there are more."""
        return self._follow(url, partial(_body, into=into, most=most))

    def _follow(self, url: str, read: Reader) -> Answer:
        deadline = time.monotonic() + self.seconds
        for _ in range(self.redirects + 1):
            status, location = self._ask(url, deadline, read)
            if status not in REDIRECTS or not location:
                return Answer(status, url)
            try:
                url = urljoin(url, location)
            except ValueError as error:
                raise Unsafe("it leads to no web address") from error
        raise NoAnswer(f"more than {self.redirects} redirects")

    def _ask(self, url: str, deadline: float, read: Reader) -> tuple[int, str | None]:
        scheme, host, port, target = self._split(url)
        try:
            with self._connect(host, port, deadline) as plain:
                if scheme == "http":
                    return self._exchange(plain, host, port, target, deadline, read)
                plain.settimeout(_left(deadline))
                with self.tls().wrap_socket(plain, server_hostname=host) as secure:
                    return self._exchange(secure, host, port, target, deadline, read)
        except ssl.SSLCertVerificationError as error:
            raise NoAnswer(f"its certificate is not valid: {error.verify_message}") from error
        except TimeoutError as error:
            raise NoAnswer("it took too long") from error
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(str(error) or type(error).__name__) from error

    def _split(self, url: str) -> tuple[str, str, int, str]:
        """Return scheme, host, port and request target of an address that may be called."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").encode("idna").decode("ascii")
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        except ValueError as error:
            raise Unsafe("it is not a web address") from error
        if parts.scheme not in ("http", "https") or not host or any(c <= " " or c == "\x7f" for c in url):
            raise Unsafe("it is not a web address")
        if parts.username is not None or parts.password is not None:
            raise Unsafe("it carries a user name")
        if self.ports is not None and port not in self.ports:
            raise Unsafe(f"port {port} is not a port of web sites")
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        return (
            parts.scheme,
            host,
            port,
            target + (f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" * bool(parts.query)),
        )

    def _connect(self, host: str, port: int, deadline: float) -> socket.socket:
        """Connect to an address of `host`, once all of its addresses are known to be allowed."""
        found = self.resolve(host, port, type=socket.SOCK_STREAM)
        # A scope ("fe80::1%eth0") only ever belongs to a local address, and `ip_address` keeps it.
        addresses = list(dict.fromkeys(ip_address(entry[4][0]) for entry in found))
        if not addresses or not all(self.allows(address) for address in addresses):
            raise Unsafe("it leads to a private address")
        for address in addresses[:ADDRESSES_TRIED]:
            try:
                return socket.create_connection((str(address), port), timeout=_left(deadline))
            except OSError as error:
                failure = error
        raise failure

    def _exchange(
        self, channel: socket.socket, host: str, port: int, target: str, deadline: float, read: Reader
    ) -> tuple[int, str | None]:
        """Send one GET and have the answer read; return its status and its Location."""
        name = f"[{host}]" if ":" in host else host
        shown = name if port in (80, 443) else f"{name}:{port}"
        lines = [f"GET {target} HTTP/1.1", f"Host: {shown}", f"User-Agent: {self.agent}", "Accept: */*"]
        channel.settimeout(_left(deadline))
        channel.sendall(("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("ascii"))
        return read(channel, deadline)


def _head(channel: socket.socket, deadline: float) -> tuple[int, str | None]:
    head = b""
    while b"\r\n\r\n" not in head:
        channel.settimeout(_left(deadline))
        chunk = channel.recv(4096)
        if not chunk or len(head) > HEAD_BYTES:
            break
        head += chunk
    first, _, rest = head.partition(b"\r\n")
    version, _, status = first.decode("latin-1").partition(" ")
    if not version.startswith("HTTP/1.") or not status[:3].isdecimal() or b"\r\n\r\n" not in head:
        raise NoAnswer("it did not answer in HTTP")
    return int(status[:3]), http.client.parse_headers(io.BytesIO(rest)).get("Location")


def _body(channel: socket.socket, deadline: float, *, into: IO[bytes], most: int) -> tuple[int, str | None]:
    answer = http.client.HTTPResponse(_Timed(channel, deadline))  # type: ignore[arg-type]
    answer.begin()
    location = answer.getheader("Location")
    if answer.status != 200:
        return answer.status, location
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        raise NoAnswer("it answers with compressed text that nobody asked for")
    size = 0
    while piece := answer.read1(64 * 1024):
        into.write(piece[: most - size])
        size += len(piece)
        if size > most:
            raise TooMuch
    if answer.length:
        raise NoAnswer("it stopped in the middle")
    return answer.status, None


class _Timed(io.RawIOBase):
    """A connection as a file, in which each read has to come before the deadline."""

    def __init__(self, channel: socket.socket, deadline: float) -> None:
        self.channel, self.deadline = channel, deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.channel.settimeout(_left(self.deadline))
        return self.channel.recv_into(buffer)


def _left(deadline: float) -> float:
    """Return the seconds left until `deadline`; raise TimeoutError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left

"""The link checker's client: it reaches the open Internet and nothing else, and nobody can hold it."""

import datetime
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mindspace.reach import Answer, Caller, NoAnswer, Unsafe, is_public

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def server(answer: bytes | Callable[[socket.socket, bytes], None], host: str = "127.0.0.1") -> Iterator["Served"]:
    """A real server on this machine that gives one raw answer to whoever calls."""
    served = Served(answer, host)
    try:
        yield served
    finally:
        served.close()


class Served:
    def __init__(self, answer: bytes | Callable[[socket.socket, bytes], None], host: str) -> None:
        self.answer, self.requests = answer, list[bytes]()
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://{host}:{self.port}/"
        self.wrap: Callable[[socket.socket], socket.socket] = lambda plain: plain
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            try:
                with self.wrap(plain) as channel:
                    self.requests.append(request := channel.recv(65536))
                    self.answer(channel, request) if callable(self.answer) else channel.sendall(self.answer)
            except OSError:
                continue

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def only(*hosts: str) -> Callable[..., bool]:
    return lambda address: str(address) in hosts


def caller(**rules: object) -> Caller:
    return Caller(**{"allows": only("127.0.0.1"), "ports": None, "seconds": 5, **rules})


def named(*answers: str) -> Callable[..., list[object]]:
    """A resolver that gives these addresses to any name, all at once."""
    return lambda host, port, type: [(0, type, 6, "", (answer, port)) for answer in answers]


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::127.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_of_the_open_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.69", "2606:4700::1111", "2a00:1450:4001:830::200e"])
def test_an_address_of_the_open_internet(address: str) -> None:
    assert is_public(ip_address(address))


def test_an_answer_is_read() -> None:
    with server(OK) as served:
        assert caller().call(f"{served.url}caf%C3%A9?q=1") == Answer(200, f"{served.url}caf%C3%A9?q=1")
    request = served.requests[0].decode()
    assert request.startswith("GET /caf%C3%A9?q=1 HTTP/1.1\r\n")
    assert f"\r\nHost: 127.0.0.1:{served.port}\r\n" in request


@pytest.mark.parametrize("status", [404, 410, 403, 500])
def test_a_bad_answer_is_told_as_it_is(status: int) -> None:
    with server(f"HTTP/1.1 {status} Oh\r\n\r\n".encode()) as served:
        assert caller().call(served.url).status == status


def test_a_redirect_is_followed_to_its_end() -> None:
    with server(OK) as there, server(f"HTTP/1.1 301 Moved\r\nLocation: {there.url}new\r\n\r\n".encode()) as here:
        assert caller().call(here.url) == Answer(200, f"{there.url}new")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_never_called(host: str) -> None:
    with server(OK) as served, pytest.raises((Unsafe, NoAnswer)):
        Caller(ports=None, seconds=5).call(f"http://{host}:{served.port}/")
    assert served.requests == []


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    with (
        server(OK, "127.0.0.2") as private,
        server(f"HTTP/1.1 302 Found\r\nLocation: {private.url}\r\n\r\n".encode()) as public,
        pytest.raises(Unsafe, match="private"),
    ):
        caller().call(public.url)
    assert public.requests
    assert private.requests == []


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "gopher://127.0.0.1/", "//user:pass@127.0.0.1/", "http://a b/", "http://[", "//["]
)
def test_a_redirect_to_no_web_address_is_not_followed(place: str) -> None:
    with server(f"HTTP/1.1 302 Found\r\nLocation: {place}\r\n\r\n".encode()) as served, pytest.raises(Unsafe):
        caller().call(served.url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "javascript:alert(1)",
        "http:///nowhere",
        "http://example.org:99999/",
        "http://someone@example.org/",
        "http://example.org/\r\nHost: other",
        "http://example.org/a b",
        "http://[::1/",
        "http://a..b/",
        f"http://{'a' * 64}.org/",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Unsafe):
        Caller(resolve=named("127.0.0.1"), allows=only("127.0.0.1")).call(url)


def test_only_the_ports_of_web_sites_are_called() -> None:
    with server(OK) as served, pytest.raises(Unsafe, match="port"):
        Caller(allows=only("127.0.0.1")).call(served.url)


def test_a_name_with_one_private_address_among_others_is_refused() -> None:
    with server(OK) as served, pytest.raises(Unsafe, match="private"):
        caller(resolve=named("127.0.0.1", "10.0.0.1")).call(f"http://mixed.test:{served.port}/")
    assert served.requests == []


def test_the_address_that_was_checked_is_the_one_called() -> None:
    """A name that changes its answer after the check (DNS rebinding) is asked once and never again."""
    asked = []

    def changing(host: str, port: int, type: int) -> list[object]:
        asked.append(host)
        return named("127.0.0.1" if len(asked) == 1 else "127.0.0.2")(host, port, type)

    with server(OK) as served:
        assert caller(resolve=changing).call(f"http://rebinding.test:{served.port}/").status == 200
    assert asked == ["rebinding.test"]
    assert f"Host: rebinding.test:{served.port}".encode() in served.requests[0]


def test_redirects_end() -> None:
    with (
        server(b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n") as served,
        pytest.raises(NoAnswer, match="redirects"),
    ):
        caller(redirects=3).call(served.url)
    assert len(served.requests) == 4


def drip(channel: socket.socket, _request: bytes) -> None:
    channel.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        channel.sendall(b"x")
        time.sleep(0.05)


def flood(channel: socket.socket, _request: bytes) -> None:
    channel.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        channel.sendall(b"x" * 65536)


def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    began = time.monotonic()
    with server(drip) as served, pytest.raises(NoAnswer, match="too long"):
        caller(seconds=0.5).call(served.url)
    assert time.monotonic() - began < 2


def test_a_server_that_floods_is_cut_off() -> None:
    with server(flood) as served, pytest.raises(NoAnswer, match="HTTP"):
        caller().call(served.url)


@pytest.mark.parametrize(
    "noise", [b"", b"\r\n\r\n", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 \xff\xff\r\n\r\n", b"\x00" * 900]
)
def test_noise_is_no_answer(noise: bytes) -> None:
    with server(noise) as served, pytest.raises(NoAnswer):
        caller().call(served.url)


def test_nobody_there() -> None:
    with server(OK) as served:
        pass
    with pytest.raises(NoAnswer):
        caller().call(served.url)


def secure(served: Served, name: str, folder: object) -> ssl.SSLContext:
    """Give the server a certificate for `name`; return a context that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (file := folder / "server.pem").write_bytes(secret + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    served.wrap = lambda sock: context.wrap_socket(sock, server_side=True)
    return ssl.create_default_context(cadata=pem.decode())


def test_https_is_checked_for_the_name_that_was_asked(tmp_path: object) -> None:
    with server(OK) as served:
        trusting = secure(served, "kind.test", tmp_path)
        rules = {"resolve": named("127.0.0.1"), "tls": lambda: trusting}
        assert caller(**rules).call(f"https://kind.test:{served.port}/").status == 200
        with pytest.raises(NoAnswer, match="certificate"):
            caller(**rules).call(f"https://other.test:{served.port}/")


def test_https_with_an_unknown_certificate_is_no_answer(tmp_path: object) -> None:
    with server(OK) as served:
        secure(served, "kind.test", tmp_path)
        with pytest.raises(NoAnswer, match="certificate"):
            caller(resolve=named("127.0.0.1")).call(f"https://kind.test:{served.port}/")

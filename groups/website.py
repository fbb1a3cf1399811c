"""Reads the page of a group's website, to see whether a code stands on it."""

import http.client
import io
import socket
import time
from dataclasses import dataclass, field
from typing import Any, cast

from mindspace.reach import Caller, NoAnswer, Unsafe  # the rules for calling out

MOST_BYTES = 1024 * 1024


class _Received:
    """Bytes in the shape of the socket that http.client reads from."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self.raw)


@dataclass(frozen=True)
class Reader(Caller):
    """A Caller that keeps the text of the last page, a megabyte of it at most."""

    agent: str = "MindSpace listing check"
    pages: list[str] = field(default_factory=list)

    def _exchange(
        self, channel: socket.socket, host: str, port: int, target: str, deadline: float
    ) -> tuple[int, str | None]:
        name = f"[{host}]" if ":" in host else host
        shown = name if port in (80, 443) else f"{name}:{port}"
        lines = [f"GET {target} HTTP/1.1", f"Host: {shown}", f"User-Agent: {self.agent}", "Accept: text/html"]
        channel.settimeout(max(0.01, deadline - time.monotonic()))
        channel.sendall(("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode("ascii"))
        raw = b""
        while len(raw) < MOST_BYTES:
            if deadline <= time.monotonic():
                raise TimeoutError
            channel.settimeout(deadline - time.monotonic())
            chunk = channel.recv(16384)
            if not chunk:
                break
            raw += chunk
        answer = http.client.HTTPResponse(cast(Any, _Received(raw)))
        answer.begin()
        try:
            body = answer.read()
        except http.client.IncompleteRead as error:
            body = error.partial
        self.pages.append(body.decode("utf-8", "replace"))
        return answer.status, answer.headers.get("Location")


def says(url: str, code: str, reader: Reader | None = None) -> bool:
    """Whether the page at `url` holds `code`, in its text or its source. False where it cannot be read."""
    reader = reader or Reader()
    try:
        answer = reader.call(url)
    except (Unsafe, NoAnswer):
        return False
    return answer.status == 200 and bool(reader.pages) and code in reader.pages[-1]

"""The pages that one process keeps for a moment: rendered once, compressed once, handed out many times."""

import gzip
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from threading import Event, Lock
from time import monotonic

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

LIFETIME = 1.5
MOST_PAGES = 128
# A visitor who asks for a page that another thread is rendering waits this long, then has it rendered again.
PATIENCE = 5.0
LONGEST_ACCEPT = 200


@lru_cache(maxsize=256)
def best_encoding(accept: str) -> str:
    """Choose between "br", "gzip" and "" (as it is) for an Accept-Encoding header, by its q-values (RFC 9110)."""
    weights: dict[str, float] = {}
    for item in accept.lower().split(","):
        coding, *parameters = (part.strip() for part in item.split(";"))
        quality = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        try:
            weights[coding] = float(quality)
        except ValueError:
            weights[coding] = 0.0
    others = weights.get("*", 0.0)
    choices = [(weights.get(coding, others), coding) for coding in ("br", "gzip")]
    weight, coding = max(choices, key=lambda choice: choice[0])  # the first of equals: br
    return coding if weight > 0 and weight >= weights.get("identity", 0.0) else ""


class Page:
    """One rendered answer, in each encoding that somebody has asked for."""

    def __init__(self, response: HttpResponse, made: float, vary: str) -> None:
        self.made = made
        self.bodies = {"": response.content}
        self.etag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
        self.headers = {name: value for name, value in response.items() if name != "Content-Length"}
        self.headers |= {"Cache-Control": "public, max-age=0, must-revalidate", "ETag": self.etag, "Vary": vary}

    def body(self, encoding: str) -> bytes:
        if encoding not in self.bodies:
            # Quality 5 is within some percent of the best, and takes a millisecond where 11 takes a hundred.
            whole = self.bodies[""]
            packed = brotli.compress(whole, quality=5) if encoding == "br" else gzip.compress(whole, 6, mtime=0)
            self.bodies[encoding] = packed
        return self.bodies[encoding]

    def answer(self, request: HttpRequest) -> HttpResponse:
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and (known == self.etag or self.etag in _weak(parse_etags(known))):
            kept = {name: self.headers[name] for name in ("Cache-Control", "ETag", "Vary")}
            return HttpResponse(status=304, headers=kept)
        accept = request.META.get("HTTP_ACCEPT_ENCODING", "")
        encoding = best_encoding(accept) if len(accept) <= LONGEST_ACCEPT else ""
        body = self.body(encoding)
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=self.headers)
        response.headers["Content-Length"] = str(len(body))
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response


def _weak(etags: list[str]) -> list[str]:
    return [etag if etag.startswith("W/") else f"W/{etag}" for etag in etags]


class Pages:
    """The pages of one process: the newest `MOST_PAGES`, each fresh for `LIFETIME` seconds. Safe among threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._making: dict[Hashable, Event] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> Page | None:
        page = self._pages.get(key)
        return page if page and monotonic() - page.made < LIFETIME else None

    def put(self, key: Hashable, page: Page) -> None:
        """Keep `page`, and let go of the stale ones and of the oldest beyond the limit."""
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while (oldest := next(iter(self._pages.values()))) is not page and (
                len(self._pages) > MOST_PAGES or monotonic() - oldest.made >= LIFETIME
            ):
                self._pages.popitem(last=False)

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[Page | None]:
        """Let one thread make the page while others wait for it; yield the page if one is there by then.

        A thread whose wait was in vain (the answer could not be kept, or took too long) makes its own: nobody ever
        waits twice, so nobody waits forever.
        """
        with self._lock:
            made = self._making.get(key)
            first = made is None
            if made is None:
                made = self._making[key] = Event()
        if not first:
            made.wait(PATIENCE)
            yield self.get(key)
            return
        try:
            yield self.get(key)
        finally:
            with self._lock:
                del self._making[key]
            made.set()

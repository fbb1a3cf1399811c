"""What is kept of public pages, for how long, and above all what is not."""

import gzip
import threading
import time as clock
from collections.abc import Callable

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from mindspace import pagestore
from mindspace.pagecache import PageCacheMiddleware, public
from mindspace.pagestore import MOST_PAGES, best_encoding

LONG = "the same words again and again " * 200
rendered: list[HttpRequest] = []


@public(query=("q", "page"))
def page(request: HttpRequest) -> HttpResponse:
    rendered.append(request)
    return HttpResponse(f"{LONG}{request.GET.urlencode()} {request.META['QUERY_STRING']} {len(rendered)}")


@public()
def sets_cookie(request: HttpRequest) -> HttpResponse:
    rendered.append(request)
    response = HttpResponse("a cookie")
    response.set_cookie("who", "me")
    return response


@public()
def missing(request: HttpRequest) -> HttpResponse:
    rendered.append(request)
    return HttpResponse("gone", status=404)


@public()
def varies(request: HttpRequest) -> HttpResponse:
    rendered.append(request)
    return HttpResponse("for this browser", headers={"Vary": "User-Agent"})


def form(request: HttpRequest) -> HttpResponse:
    rendered.append(request)
    return HttpResponse("a form")


urlpatterns = [
    path("page/", page),
    path("other/", page),
    path("sets-cookie/", sets_cookie),
    path("missing/", missing),
    path("varies/", varies),
    path("form/", form),
]
VIEWS = {f"/{pattern.pattern}": pattern.callback for pattern in urlpatterns}

Get = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _these_pages(settings: object) -> None:
    settings.ROOT_URLCONF = __name__
    rendered.clear()


@pytest.fixture
def middleware() -> PageCacheMiddleware:
    return PageCacheMiddleware(lambda request: VIEWS[request.path_info](request))


@pytest.fixture
def get(middleware: PageCacheMiddleware) -> Get:
    """Ask for a page: `get("/page/?q=x", cookie="a=b", method="HEAD", HTTP_HOST="localhost")`."""

    def ask(address: str, *, cookie: str = "", method: str = "GET", **headers: str) -> HttpResponse:
        if cookie:
            headers["HTTP_COOKIE"] = cookie
        return middleware(RequestFactory().generic(method, address, **headers))

    return ask


def test_a_page_is_rendered_once_for_many(get: Get) -> None:
    bodies = {get("/page/").content for _ in range(20)}
    assert len(bodies) == len(rendered) == 1


def test_public_pages_may_be_kept_but_must_be_asked_about(get: Get) -> None:
    for response in (get("/page/"), get("/page/")):  # made, and kept
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response["Vary"] == "Cookie, Accept-Encoding"
        assert response["ETag"]


def test_an_edit_shows_within_two_seconds(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.monotonic()
    monkeypatch.setattr(pagestore, "monotonic", lambda: now)
    monkeypatch.setattr("mindspace.pagecache.monotonic", lambda: now)
    first = get("/page/").content
    now += 1.4
    assert get("/page/").content == first
    now += 0.2
    assert get("/page/").content != first
    assert pagestore.LIFETIME < 2


def test_the_age_counts_from_before_the_rendering(middleware: PageCacheMiddleware, get: Get) -> None:
    """A page that took long to make was already old when it was done: an edit may have come in between."""
    quick = middleware.get_response

    def slow(request: HttpRequest) -> HttpResponse:
        response = quick(request)
        clock.sleep(pagestore.LIFETIME)
        return response

    middleware.get_response = slow
    get("/page/")
    middleware.get_response = quick
    get("/page/")
    assert len(rendered) == 2


@pytest.mark.parametrize("cookie", ["sessionid=abc", "display=theme:dark; sessionid=abc"])
def test_nothing_goes_between_the_signed_in_and_everyone_else(get: Get, cookie: str) -> None:
    theirs = get("/page/", cookie=cookie)
    everyones = get("/page/")
    theirs_again = get("/page/", cookie=cookie)
    assert len({theirs.content, everyones.content, theirs_again.content}) == 3
    assert theirs["Cache-Control"] == theirs_again["Cache-Control"] == "no-store"
    assert not theirs.has_header("ETag")


def test_an_answer_with_a_cookie_is_never_kept(get: Get) -> None:
    first, second = get("/sets-cookie/"), get("/sets-cookie/")
    assert len(rendered) == 2
    assert first.cookies
    assert second.cookies
    assert first["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/missing/", "/varies/", "/form/"])
def test_what_is_not_a_plain_public_page_is_never_kept(get: Get, address: str) -> None:
    assert get(address)["Cache-Control"] == get(address)["Cache-Control"] == "no-store"
    assert len(rendered) == 2


def test_a_form_sent_is_never_answered_from_the_store(get: Get) -> None:
    get("/page/")
    assert get("/page/", method="POST")["Cache-Control"] == "no-store"
    assert len(rendered) == 2


def test_each_display_has_its_own_page_and_junk_has_none(get: Get) -> None:
    get("/page/")
    get("/page/", cookie="display=theme:dark")
    assert len(rendered) == 2
    # The same settings in another order, with junk between, are the same page; nothing but junk is the default.
    get("/page/", cookie="display=x:y.theme:dark.text:100")
    get("/page/", cookie="display=" + "z" * 5000)
    get("/page/", cookie="_ga=GA1.2.3; other=1")
    assert len(rendered) == 2


def test_only_the_parameters_a_view_reads_tell_pages_apart(get: Get) -> None:
    plain = get("/page/")
    for index in range(50):
        assert get(f"/page/?utm={index}&x[]=1").content == plain.content
    words = get("/page/?q=grief&page=2")
    assert get("/page/?page=2&junk=1&q=grief").content == words.content
    assert len(rendered) == 2


def test_a_view_never_sees_another_parameter(get: Get) -> None:
    response = get("/page/?junk=1&q=a&junk=2")
    assert b"junk" not in response.content
    assert b"q=a q=a" in response.content


def test_a_host_has_its_own_pages(get: Get) -> None:
    get("/page/", HTTP_HOST="one.example")
    get("/page/", HTTP_HOST="two.example")
    assert len(rendered) == 2


def test_junk_does_not_fill_the_memory(get: Get, middleware: PageCacheMiddleware) -> None:
    for index in range(MOST_PAGES * 3):
        get(f"/page/?q={index}")
    assert len(middleware.pages) <= MOST_PAGES
    clock.sleep(pagestore.LIFETIME)
    get("/other/")
    assert len(middleware.pages) == 1  # the stale ones went when the next was kept


def test_a_page_that_has_not_changed_is_not_sent_again(get: Get) -> None:
    etag = get("/page/")["ETag"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}'):
        answer = get("/page/", HTTP_IF_NONE_MATCH=known)
        assert answer.status_code == 304
        assert answer.content == b""
        assert (answer["ETag"], answer["Vary"]) == (etag, "Cookie, Accept-Encoding")
    assert get("/page/", HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_the_etag_is_the_same_on_every_worker_and_new_after_an_edit(get: Get) -> None:
    first = get("/page/")["ETag"]
    rendered.clear()
    same_text_elsewhere = PageCacheMiddleware(page)(RequestFactory().get("/page/"))
    assert same_text_elsewhere["ETag"] == first
    changed = PageCacheMiddleware(page)(RequestFactory().get("/page/"))
    assert changed["ETag"] != first


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("BR", "br"),
        ("gzip;q=nonsense", ""),
        (";;;,,,=", ""),
    ],
)
def test_the_encoding_is_the_one_asked_for(get: Get, accept: str, encoding: str) -> None:
    assert best_encoding(accept) == encoding
    answer = get("/page/", HTTP_ACCEPT_ENCODING=accept)
    assert answer.get("Content-Encoding", "") == encoding
    unpack = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    assert unpack(answer.content) == get("/page/").content
    assert answer["Content-Length"] == str(len(answer.content))


def test_head_has_the_headers_and_no_body(get: Get) -> None:
    head = get("/page/", method="HEAD", HTTP_ACCEPT_ENCODING="br")
    whole = get("/page/", HTTP_ACCEPT_ENCODING="br")
    assert head.content == b""
    assert {name: head[name] for name in ("ETag", "Content-Length", "Content-Encoding")} == {
        name: whole[name] for name in ("ETag", "Content-Length", "Content-Encoding")
    }
    assert len(rendered) == 1


class Crowd:
    """Threads that ask for one page at once, while its rendering waits at `gate`."""

    def __init__(self, middleware: PageCacheMiddleware, address: str, size: int) -> None:
        self.gate = threading.Event()
        self.answers: list[HttpResponse | Exception] = []
        inner = middleware.get_response

        def wait(request: HttpRequest) -> HttpResponse:
            rendered.append(request)
            assert self.gate.wait(5)
            return inner(request)

        middleware.get_response = wait

        def ask() -> None:
            try:
                self.answers.append(middleware(RequestFactory().get(address)))
            except Exception as error:
                self.answers.append(error)

        self.threads = [threading.Thread(target=ask) for _ in range(size)]

    def go(self) -> None:
        for thread in self.threads:
            thread.start()
        clock.sleep(0.2)
        self.at_the_gate = len(rendered)
        self.gate.set()
        for thread in self.threads:
            thread.join(timeout=10)
        assert not any(thread.is_alive() for thread in self.threads)


def test_a_crowd_has_its_page_rendered_once(middleware: PageCacheMiddleware) -> None:
    crowd = Crowd(middleware, "/page/", 16)
    crowd.go()
    assert crowd.at_the_gate == 1
    assert len({answer.content for answer in crowd.answers}) == 1
    assert len(crowd.answers) == 16


def test_a_crowd_at_a_page_that_cannot_be_kept_is_not_served_one_by_one(middleware: PageCacheMiddleware) -> None:
    crowd = Crowd(middleware, "/sets-cookie/", 8)
    crowd.go()
    assert [answer.status_code for answer in crowd.answers] == [200] * 8


def test_a_crowd_outlives_a_rendering_that_fails(middleware: PageCacheMiddleware) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    middleware.get_response = fail
    crowd = Crowd(middleware, "/page/", 8)
    crowd.go()
    assert [type(answer) for answer in crowd.answers] == [ZeroDivisionError] * 8
    middleware.get_response = lambda request: page(request)
    assert middleware(RequestFactory().get("/page/")).status_code == 200

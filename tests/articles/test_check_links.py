"""The weekly look at links: which are called, what is kept, and what staff are told."""

from io import StringIO

import pytest
from django.core.management import call_command

from articles import links
from articles.models import LinkCheck, Resource
from mindspace.reach import Answer, Caller
from mindspace.site.models import HelpLine
from tests.articles.writing import published
from tests.test_reach import OK, only, server

pytestmark = pytest.mark.django_db
HERE = Caller(allows=only("127.0.0.1"), ports=None, seconds=2)


@pytest.fixture(autouse=True)
def _no_help_lines() -> None:
    HelpLine.objects.all().delete()


def place(url: str, name: str = "A place") -> Resource:
    return Resource.objects.create(
        slug=name.lower().replace(" ", "-"), kind="finder", name=name, summary="It.", url=url
    )


def test_every_address_that_readers_meet_is_found_and_no_other() -> None:
    place("https://one.example/")
    HelpLine.objects.create(slug="line", name="A line", what_it_is="It.", phone="988", chat_url="https://chat.example/")
    links_in_text = (
        '<a href="https://two.example/a?b=1&amp;c=2">two</a> <a href="/help/">help</a> <a href="tel:988">988</a>'
    )
    body = f"<h2>Part</h2><p>{links_in_text}</p>"
    published("Soup", body=body)
    published("Gone", body=body.replace("two.example", "three.example")).withdraw(None)
    assert links.links_in_use() == {
        "https://one.example/": ["A place"],
        "https://chat.example/": ["A line"],
        "https://two.example/a?b=1&c=2": ["Soup"],
    }


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (OK, "ok"),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "gone"),
        (b"HTTP/1.1 410 Gone\r\n\r\n", "gone"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "unsure"),
        (b"HTTP/1.1 429 Slow down\r\n\r\n", "unsure"),
        (b"HTTP/1.1 500 Oh\r\n\r\n", "silent"),
        (b"noise", "silent"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\n\r\n", "unsafe"),
    ],
)
def test_what_a_link_says_is_kept(answer: bytes, status: str) -> None:
    with server(answer) as served:
        place(served.url)
        links.check_links(HERE)
    check = LinkCheck.objects.get()
    assert (check.url, check.status, check.found_in) == (served.url, status, ["A place"])


def test_one_silence_is_no_news_and_two_are() -> None:
    with server(b"noise") as served:
        place(served.url)
        links.check_links(HERE)
        assert not LinkCheck.objects.needing_a_look()
        links.check_links(HERE)
        assert LinkCheck.objects.needing_a_look().get().failures == 2
        served.answer = OK
        links.check_links(HERE)
    assert LinkCheck.objects.get().failures == 0
    assert not LinkCheck.objects.needing_a_look()


def test_a_link_that_is_gone_needs_a_look_at_once() -> None:
    with server(b"HTTP/1.1 404 Not Found\r\n\r\n") as served:
        place(served.url)
        links.check_links(HERE)
    assert LinkCheck.objects.needing_a_look().get().url == served.url


def test_a_link_no_longer_used_is_forgotten() -> None:
    with server(OK) as served:
        row = place(served.url)
        links.check_links(HERE)
        row.delete()
        links.check_links(HERE)
    assert not LinkCheck.objects.exists()


def test_it_is_bounded_in_number_and_the_rest_comes_next() -> None:
    with server(OK) as served:
        for number in range(5):
            place(f"{served.url}{number}", f"Place {number}")
        assert len(links.check_links(HERE, links=3)) == 3
        assert len(links.check_links(HERE, links=2)) == 2
    assert LinkCheck.objects.count() == 5


def test_none_is_begun_when_the_time_is_over() -> None:
    with server(OK) as served:
        place(served.url)
        assert links.check_links(HERE, seconds=0) == []
    assert served.requests == []


def test_one_senseless_redirect_spoils_no_other_check() -> None:
    with server(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n") as senseless, server(OK) as served:
        place(senseless.url, "A senseless place")
        place(served.url)
        links.check_links(HERE)
    assert dict(LinkCheck.objects.values_list("url", "status")) == {senseless.url: "unsafe", served.url: "ok"}


def test_what_was_heard_is_kept_when_a_later_check_breaks() -> None:
    class Breaking(Caller):
        def call(self, url: str) -> Answer:
            if url.endswith("/z"):
                raise RuntimeError
            return Answer(200, url)

    for name in ("a", "z"):
        place(f"https://example.org/{name}", f"Place {name}")
    with pytest.raises(RuntimeError):
        links.check_links(Breaking())
    assert LinkCheck.objects.get().url == "https://example.org/a"


def test_the_command_reaches_nothing_private_and_says_what_it_did() -> None:
    with server(OK) as served:
        place(served.url)
        out = StringIO()
        call_command("check_links", stdout=out)
    assert served.requests == []
    assert "unsafe" in out.getvalue()
    assert "1 links checked, 1 need a look." in out.getvalue()

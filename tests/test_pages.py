"""What every public page promises: its headers, its weight, and that it asks nothing of anybody else."""

import re
from html.parser import HTMLParser

import brotli
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags

from articles.grade import reading_grade
from mindspace import pagestore
from mindspace.display import COOKIE, Display
from mindspace.site.models import HelpLine

PUBLIC = ["/", "/help/", "/safety/", "/privacy/", "/accessibility/", "/articles/", "/resources/", "/circles/"]
UNKEPT = ["/display/", "/search/", "/search/?q=grief&near=75038", "/accounts/login/", "/nowhere/", "/leave/"]

pytestmark = pytest.mark.django_db


class Page(HTMLParser):
    """The tags of a page, each as (name, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def page(client: Client, address: str) -> Page:
    return Page(client.get(address).content.decode())


@pytest.mark.parametrize("address", [*PUBLIC, *UNKEPT])
def test_the_headers_of_every_answer(client: Client, address: str) -> None:
    answer = client.get(address)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert set(policy) >= {"script-src", "style-src", "img-src", "connect-src", "form-action", "base-uri"}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "nonce" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == ("no-referrer" if address == "/leave/" else "same-origin")
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Server" not in answer


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_touches_no_session_and_sets_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer["ETag"]
    assert not answer.cookies
    assert not answer.wsgi_request.session.accessed
    assert 'method="post"' not in answer.content.decode().lower()


@pytest.mark.parametrize("address", UNKEPT)
def test_everything_else_is_kept_by_nobody(client: Client, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_is_kept_by_nobody_once_somebody_is_signed_in(admin_client: Client, address: str) -> None:
    answer = admin_client.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert "Sign out" in answer.content.decode()


@pytest.mark.parametrize("address", [*PUBLIC, *UNKEPT[:-1]])
def test_nothing_is_loaded_from_elsewhere(client: Client, address: str) -> None:
    for tag, attributes in page(client, address).tags:
        for name in ("src", "srcset", "data", "poster", "action", "formaction"):
            assert not re.match(r"\s*(https?:)?//", attributes.get(name, "")), (tag, attributes)
        if tag in ("link", "use", "image") and attributes.get("rel") != "canonical":
            for name in ("href", "xlink:href"):
                assert not re.match(r"\s*(https?:)?//", attributes.get(name, "")), (tag, attributes)
        assert "style" not in attributes, (tag, attributes)
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)


@pytest.mark.parametrize("address", [*PUBLIC, *UNKEPT[:-1]])
def test_links_out_tell_nobody_where_they_come_from(client: Client, address: str) -> None:
    for tag, attributes in page(client, address).tags:
        if tag == "a" and attributes.get("href", "").startswith("http"):
            assert set(attributes.get("rel", "").split()) >= {"noreferrer", "noopener", "external"}, attributes


@pytest.mark.parametrize("address", [*PUBLIC, *UNKEPT[:-1]])
def test_the_frame_of_every_page(client: Client, address: str) -> None:
    tags = page(client, address).tags
    names = [tag for tag, _attributes in tags]
    assert names.count("h1") == names.count("main") == names.count("title") == 1
    assert dict(tags)["html"]["lang"] in dict(settings.LANGUAGES)
    assert "" not in [attributes["href"] for tag, attributes in tags if tag == "a"]
    hrefs = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert {"tel:988", "sms:988", "/help/", "/leave/", "/safety/", "/privacy/", "/accessibility/"} <= set(hrefs)


@pytest.mark.parametrize("address", [*PUBLIC, *UNKEPT[:-1]])
def test_a_page_weighs_little(client: Client, address: str) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "br"})
    body = answer.content if answer.get("Content-Encoding") == "br" else brotli.compress(answer.content, quality=5)
    assert len(body) <= 25 * 1024


def test_help_needs_no_picture_and_no_script_but_the_one_to_leave(client: Client) -> None:
    tags = page(client, "/help/").tags
    names = {tag for tag, _attributes in tags}
    assert not names & {"img", "picture", "canvas", "iframe", "video", "audio", "object"}
    assert [attributes["src"] for tag, attributes in tags if tag == "script"] == ["/static/js/components/leave.js"]
    assert len(client.get("/help/").content) <= 25 * 1024  # before compression


def test_pages_that_are_not_kept_are_compressed_too(admin_client: Client) -> None:
    answer = admin_client.get("/privacy/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert len(answer.content) < len(admin_client.get("/privacy/").content) / 2


def test_a_page_not_changed_is_not_sent_again(client: Client) -> None:
    etag = client.get("/safety/")["ETag"]
    assert client.get("/safety/", headers={"If-None-Match": etag}).status_code == 304


def test_a_kept_page_asks_no_database(client: Client, django_assert_num_queries: object) -> None:
    client.get("/help/")
    with django_assert_num_queries(0):
        client.get("/help/")


def test_an_edit_shows_within_two_seconds(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/help/")
    HelpLine.objects.filter(slug="211").update(name="A new name")
    real = pagestore.monotonic
    monkeypatch.setattr(pagestore, "monotonic", lambda: real() + 2)
    assert "A new name" in client.get("/help/").content.decode()


@pytest.mark.parametrize("address", ["/help/?\x00=1", "/help/?q=%00", "/articles/?q=%00", "/help/?" + "a=1&" * 2000])
def test_junk_in_the_address_is_never_our_fault(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 400)


def test_robots_are_shown_the_way(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    for address in ("/leave/", "/accounts/", "/admin/"):
        assert f"Disallow: {address}\n" in text


def test_the_icon_is_there_for_those_who_ask_blindly(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("icons/icon.png")


def test_the_sitemap_lists_the_pages_worth_finding(client: Client) -> None:
    answer = client.get("/sitemap.xml")
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    text = answer.content.decode()
    for address in PUBLIC:
        assert f"<loc>{settings.SITE_URL}{address}</loc>" in text
    for address in ("/leave/", "/display/", "/search/", "/accounts/"):
        assert address not in text
    assert client.get("/sitemap.xml?p=%00").status_code == 404
    assert client.options("/sitemap.xml").status_code == 405


@pytest.mark.parametrize("cookie", ['"' + r"\000" * 12 + '"', "a" * 3000, "ÿÿÿÿÿÿÿÿÿÿ", "../../../etc/passwd"])
@pytest.mark.parametrize("address", ["/help/", "/accounts/login/"])
def test_a_session_cookie_of_any_kind_is_nobodys(client: Client, address: str, cookie: str) -> None:
    answer = client.get(address, headers={"Cookie": f"sessionid={cookie}"})
    assert answer.status_code == 200


def test_the_privacy_page_names_the_cookies_there_are(client: Client) -> None:
    text = client.get("/privacy/").content.decode()
    cookies = re.findall(r"<dt>(\w+)</dt>", text)
    assert cookies == [COOKIE, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME]
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")
    assert (settings.CSRF_COOKIE_AGE, "It goes when you close the browser." in text) == (None, True)


def test_a_hotline_without_a_number_leaves_no_empty_link(client: Client) -> None:
    HelpLine.objects.update(phone="", chat_url="https://example.org/")
    assert 'href=""' not in client.get("/safety/").content.decode()


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500", "503"])
def test_who_meets_an_error_page_can_read_it(name: str) -> None:
    assert reading_grade(words_of(render_to_string(f"{name}.html", {"display": Display.default}))) <= 5


def test_the_help_page_can_be_read_by_anybody(client: Client) -> None:
    assert reading_grade(words_of(client.get("/help/").content.decode())) <= 5


def words_of(html: str) -> str:
    """The text of a page's main part, a line per block."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s*\n\s*", "\n", strip_tags(main))

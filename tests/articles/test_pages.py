"""The page of an article: who gets which answer, what it costs, and what it tells machines."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from articles.models import Edition, Picture, Resource
from articles.reading import parts, say_another_site, write_numbers_out
from tests.articles.writing import published, soon

pytestmark = pytest.mark.django_db


def test_it_is_open_to_all_and_kept_by_nobody_for_long(client: Client) -> None:
    published("Soup for all")
    response = client.get("/articles/soup-for-all/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies
    assert b"<form" not in response.content.partition(b"<main")[2]


def test_unknown_scheduled_and_unpublished_addresses_look_alike(client: Client) -> None:
    published("Tomorrow", at=soon())
    unknown, scheduled = client.get("/articles/nowhere/"), client.get("/articles/tomorrow/")
    assert (unknown.status_code, scheduled.status_code) == (404, 404)
    assert unknown.content.replace(b"nowhere", b"tomorrow") == scheduled.content


def test_it_appears_when_its_time_comes(client: Client) -> None:
    published("Tomorrow", at=soon())
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert client.get("/articles/tomorrow/").status_code == 200


def test_an_address_it_once_had_leads_to_the_one_it_has(client: Client) -> None:
    article = published("Soup").article
    article.save_desk(None, article.version, slug="hot-soup")
    assert client.get("/articles/hot-soup/").status_code == 404  # on the desk only
    article.publish(None)
    response = client.get("/articles/soup/")
    assert (response.status_code, response["Location"]) == (301, "/articles/hot-soup/")
    assert response["Cache-Control"] == "no-store"  # or a browser would keep leading there after the next change
    assert client.get("/articles/HOT-soup/").status_code == 301


def test_what_was_taken_down_says_so_and_leads_on(client: Client) -> None:
    published("Soup").withdraw(None)
    response = client.get("/articles/soup/")
    assert response.status_code == 410
    assert b'href="/articles/"' in response.content
    assert b'href="/help/"' in response.content
    assert b"brings soup" not in response.content


def test_what_was_cancelled_before_its_time_was_never_there(client: Client) -> None:
    published("Never", at=soon()).withdraw(None)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert client.get("/articles/never/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_for_reading_only(client: Client, method: str) -> None:
    published("Soup")
    assert getattr(client, method)("/articles/soup/").status_code == 405


def with_much_around() -> Edition:
    edition = published("Soup", reviewed_on=timezone.localdate())
    for name in ("Bread", "Butter", "Salt"):
        published(name)
    for number in range(3):
        row = Resource(slug=f"place-{number}", kind="finder", name=f"Place {number}", summary="It is there.")
        row.url = "https://example.org/"
        row.save()
        row.articles.add(edition.article)
    return edition


def test_an_anonymous_reader_costs_few_queries(client: Client, django_assert_max_num_queries) -> None:
    with_much_around()
    with django_assert_max_num_queries(4):
        page = client.get("/articles/soup/").content.decode()
    assert "Place 2" in page
    assert "Butter" in page


def test_a_signed_in_reader_costs_at_most_seven_queries(client: Client, django_assert_max_num_queries) -> None:
    with_much_around()
    client.force_login(get_user_model().objects.create_user("reader@example.org"))
    with django_assert_max_num_queries(7):
        response = client.get("/articles/soup/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


def test_it_says_how_long_it_takes_when_it_was_reviewed_and_what_is_in_it(client: Client) -> None:
    published("Soup", reviewed_on=timezone.datetime(2025, 3, 9).date())
    page = client.get("/articles/soup/").content.decode()
    assert "1 minute to read" in page
    assert "1 minute to hear" in page
    assert "Reviewed on March 9, 2025" in page
    contents = re.search(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert contents
    targets = re.findall(r'href="#([^"]+)"', contents[0])
    assert targets == ["a-first-part", "a-second-part"]
    for target in targets:
        assert page.count(f'id="{target}"') == 1


def test_it_leads_on_to_articles_on_the_same_topic_and_no_others(client: Client) -> None:
    published("Soup")
    published("Bread")
    published("Taxes", topic="Money")
    published("Later bread", at=soon())
    page = client.get("/articles/soup/").content.decode()
    assert 'href="/articles/bread/"' in page
    assert "taxes" not in page
    assert "later-bread" not in page


def test_search_engines_and_links_elsewhere_get_its_public_address(client: Client, settings) -> None:
    settings.SITE_URL = "https://mindspace.example"
    published("Soup & “salt” </script><b>", reviewed_on=timezone.datetime(2025, 3, 9).date(), slug="soup")
    page = client.get("/articles/soup/").content.decode()
    assert '<link rel="canonical" href="https://mindspace.example/articles/soup/">' in page
    assert '<meta property="og:url" content="https://mindspace.example/articles/soup/">' in page
    assert '<meta property="og:title" content="Soup &amp; “salt” &lt;/script&gt;&lt;b&gt;">' in page
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    data = json.loads(block[1])
    assert data["headline"] == "Soup & “salt” </script><b>"
    assert data["url"] == "https://mindspace.example/articles/soup/"
    assert data["mainEntityOfPage"]["lastReviewed"] == "2025-03-09"
    assert data["publisher"]["telephone"] == "+12142459442"
    assert data["author"]["@type"] == "Organization"


def test_nothing_tells_on_the_reader_in_discreet_mode(client: Client) -> None:
    published("Soup")
    client.cookies["display"] = "discreet:on"
    page = client.get("/articles/soup/").content.decode()
    assert "<title>Notes</title>" in page
    assert "og:title" not in page
    assert "ld+json" not in page


def test_drawings_stand_over_the_sections_and_nothing_of_the_body_is_lost() -> None:
    card = '<section class="care-card" data-level="calm" role="group"><p>B</p></section>'
    body = f'<p>Hello</p><h2 id="a">A</h2>{card}<h2 id="c">C</h2>'
    found = list(parts(body, ["op-1"]))
    assert "".join(part.html for part in found) == body
    assert [part.drawing for part in found] == ["", "op-1", "seat-free", ""]


def test_a_link_to_another_site_says_so_in_words_the_player_leaves_out(client: Client) -> None:
    body = '<p>See <a href="https://example.com/">this <strong>map</strong></a>, or <a href="/help/">help</a>.</p>'
    edition = published("Soup", body=body)
    words = ' <span class="visually-hidden" data-silent>(another site)</span></a>'
    page = client.get("/articles/soup/").content.decode()
    assert f"this <strong>map</strong>{words}, or" in page
    assert page.count(words) == 1
    assert "another site" not in edition.body_html + edition.text


@pytest.mark.parametrize("body", ["<p>class=&quot;external&quot;</p>", '<a href="#a">class="external"</a>', ""])
def test_what_leads_to_no_other_site_stays_as_it_is(body: str) -> None:
    assert say_another_site(body, "en-us") == body


def test_it_says_so_in_the_language_of_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.reading._", lambda words: f"{words} in {translation.get_language()}")
    link = '<a href="https://example.com/" class="external" rel="external">A map</a>'
    assert "(another site) in es</span></a>" in say_another_site(link, "es")


def test_resources_stand_once_where_the_editor_left_room() -> None:
    link = '<p><a href="/resources/">See all</a></p>'
    found = list(parts(f"<p>Before</p>{link}<p>After</p>{link}", []))
    assert [part.resources_first for part in found] == [False, True, False]
    assert found[1].html.startswith(link)


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ('<a href="tel:+12145550123">our office</a>', "+12145550123"),
        ('<a href="sms:741741?&amp;body=HOME">text us</a>', "741741"),
        ('<a href="tel:+12145550123">214-555-0123</a>', None),
        ('<a href="tel:988">Call 988</a>', None),
    ],
)
def test_on_paper_every_number_can_be_read(link: str, number: str | None) -> None:
    assert (f'data-number="{number}"' if number else "</a>") in write_numbers_out(link)
    assert ("data-number" in write_numbers_out(link)) == bool(number)


def test_a_number_stays_on_one_line() -> None:
    written = write_numbers_out('<a href="tel:988">Call <b class="x y">9-8</b>8</a>')
    assert written == '<a href="tel:988">Call\N{NO-BREAK SPACE}<b class="x y">9\N{NON-BREAKING HYPHEN}8</b>8</a>'


def test_who_saves_data_gets_words_for_pictures(client: Client) -> None:
    file = BytesIO()
    Image.new("RGB", (800, 600), "teal").save(file, "PNG")
    picture = Picture.objects.upload(SimpleUploadedFile("soup.png", file.getvalue()), alt="A pot of soup & a ladle")
    body = (
        f'<h2>Soup</h2><figure data-picture="{picture.pk}"><figcaption>At noon</figcaption></figure><p>It is hot.</p>'
    )
    published("Soup", body=body, hero=picture)
    whole = client.get("/articles/soup/").content.decode()
    client.cookies["display"] = "data_saver:on"
    saving = client.get("/articles/soup/").content.decode()
    assert whole.count("<picture>") == 2
    assert "<img" not in saving
    assert "<p>A pot of soup &amp; a ladle</p>" in saving
    assert "At noon" in saving

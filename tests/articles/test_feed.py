"""The Atom feed and the sitemap: what is live, under names that never change."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import User
from tests.articles.writing import published, soon

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _public_address(settings) -> None:
    settings.SITE_URL = "https://mindspace.example"


def entries(client: Client) -> list[ElementTree.Element]:
    response = client.get("/articles/feed/")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def test_it_lists_what_is_live_newest_first(client: Client) -> None:
    published("Older")
    published("Newer")
    published("Not yet", at=soon())
    published("Gone").withdraw(None)
    assert [entry.findtext(f"{ATOM}title") for entry in entries(client)] == ["Newer", "Older"]


def test_an_entry_keeps_its_id_and_its_day_through_every_change(client: Client) -> None:
    article = published("Soup").article
    [before] = entries(client)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        article.save_desk(None, article.version, slug="hot-soup", title="Hot soup")
        article.publish(None)
        [after] = entries(Client())  # the first one may keep its answer for two seconds
    for name in ("id", "published"):
        assert before.findtext(f"{ATOM}{name}") == after.findtext(f"{ATOM}{name}")
    assert before.findtext(f"{ATOM}id").startswith("tag:mindspace.example,2025-01-01:article-")
    assert before.findtext(f"{ATOM}updated") < after.findtext(f"{ATOM}updated")
    assert after.find(f"{ATOM}link").get("href") == "https://mindspace.example/articles/hot-soup/"


def test_it_names_itself_by_its_public_address(client: Client) -> None:
    feed = ElementTree.fromstring(client.get("/articles/feed/").content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://mindspace.example/articles/feed/"
    assert links["alternate"] == "https://mindspace.example/articles/"
    assert feed.findtext(f"{ATOM}id") == "tag:mindspace.example,2025-01-01:articles"


def test_it_names_no_person_and_is_public(client: Client) -> None:
    author = User.objects.create_user("alice@example.org", display_name="Alice Nightingale")
    published("Soup", author=author)
    response = client.get("/articles/feed/")
    assert b"Soup" in response.content
    for word in (b"<author>", b"Nightingale", b"alice"):
        assert word not in response.content
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_the_sitemap_lists_what_is_live(client: Client) -> None:
    published("Soup")
    published("Not yet", at=soon())
    page = client.get("/sitemap.xml").content.decode()
    assert "/articles/soup/</loc>" in page
    assert "/resources/</loc>" in page
    assert "not-yet" not in page

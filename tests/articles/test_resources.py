"""Places to turn to: by kind, by cost and language, and honest about who checked them."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from articles import first_content
from articles.models import Resource

pytestmark = pytest.mark.django_db


def resource(name: str, **fields: Any) -> Resource:
    slug = name.lower().replace(" ", "-")
    given = {"kind": "finder", "summary": f"{name} is there.", "url": "https://example.org/", **fields}
    return Resource.objects.create(slug=slug, name=name, **given)


def links(page: str) -> dict[str, str]:
    """The words of each link of a resource, by its address."""
    found = re.findall(r'<a class="resource-way" href="([^"]+)"[^>]*>(.*?)</a>', page)
    return {
        html.unescape(href): " ".join(html.unescape(words).replace("\N{NON-BREAKING HYPHEN}", "-").split())
        for href, words in found
    }


def test_the_first_resources_are_all_there_with_how_to_reach_them(client: Client) -> None:
    first_content.load()
    page = client.get("/resources/").content.decode()
    for name in ("Mental Health First Aid", "Intentional Peer Support", "Fireweed Collective", "NAMI", "GriefShare"):
        assert name in page
    for name in ("The Compassionate Friends", "loss groups", "AA meeting finder", "NA meeting finder", "group finder"):
        assert name in page
    assert links(page)["tel:+18006624357"] == "Call 1-800-662-4357"
    assert links(page)["tel:+18004874889"] == "TTY 1-800-487-4889"
    assert "Last checked" not in page
    assert "Where there is none, nobody has yet." in page


def test_they_stand_by_kind_after_the_lines_that_help_now(client: Client) -> None:
    first_content.load()
    page = client.get("/resources/").content.decode()
    places = [page.index(f'<h2 id="{kind}"') for kind in ("help-now", "helpline", "training", "organization", "finder")]
    assert places == sorted(places)
    assert 'href="tel:988"' in page
    assert 'href="sms:741741?&amp;body=HOME"' in page


def test_filters_choose_by_cost_and_language_and_leave_help_in_view(client: Client) -> None:
    resource("Free in Spanish", cost="free", languages=["en", "es"])
    resource("Paid in English", cost="paid", languages=["en"])
    resource("Says nothing")
    everything = client.get("/resources/").content.decode()
    free = client.get("/resources/?cost=free").content.decode()
    spanish = client.get("/resources/?cost=&language=es").content.decode()
    for name in ("Free in Spanish", "Paid in English", "Says nothing"):
        assert name in everything
    for page in (free, spanish):
        assert "Free in Spanish" in page
        assert "Paid in English" not in page
        assert "Says nothing" not in page
        assert "988" in page
        assert "noindex" in page
    assert '<option value="free" selected>' in free


def test_nothing_left_is_said_kindly(client: Client) -> None:
    resource("Says nothing")
    page = client.get("/resources/?cost=paid&language=es").content.decode()
    assert "No place fits both, so far" in page
    assert 'href="/resources/"' in page


@pytest.mark.parametrize("query", [{"cost": "gratis"}, {"cost": "\x00"}, {"language": "x" * 5000}, {"language": "tlh"}])
def test_junk_gets_a_clear_answer(client: Client, query: dict[str, str]) -> None:
    resource("Says nothing")
    response = client.get("/resources/", query)
    assert response.status_code == 400
    assert b"error-summary" in response.content
    assert b"Says nothing" in response.content


def test_it_says_when_a_person_last_checked(client: Client) -> None:
    resource("Checked", checked_on=date(2025, 3, 9))
    page = client.get("/resources/").content.decode()
    assert "Last checked by our staff on March 9, 2025" in page


def test_every_way_to_reach_it_is_a_link(client: Client) -> None:
    resource("All ways", phone="+12145550123", sms_number="678-678", sms_keyword="START", hours="Daily", cost="free")
    page = client.get("/resources/").content.decode()
    assert links(page)["tel:+12145550123"] == "Call 1-214-555-0123"
    assert links(page)["sms:678678?&body=START"] == "Text START to 678-678"
    assert links(page)["https://example.org/"] == "example.org"
    assert "<li>Daily</li><li>Free</li>" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"url": ""},
        {"phone": "call me"},
        {"phone": "214-555-0123"},
        {"tty": "<b>"},
        {"sms_number": "12"},
        {"sms_keyword": "HOME"},
        {"url": "javascript:alert(1)"},
    ],
)
def test_a_row_that_nobody_could_use_is_refused(fields: dict[str, str]) -> None:
    given = {"slug": "x", "kind": "finder", "name": "X", "summary": "X.", "url": "https://example.org/", **fields}
    with pytest.raises(ValidationError):
        Resource(**given).full_clean()
    if "url" not in fields or not fields["url"]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Resource.objects.create(**given)


def test_it_is_public_and_costs_few_queries(client: Client, django_assert_max_num_queries) -> None:
    first_content.load()
    with django_assert_max_num_queries(4):
        response = client.get("/resources/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies

"""The site's search: kind to those in need, clear about junk, and forgetful."""

import logging

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import Resource
from mindspace.search import SearchForm, matching, sounds_like_crisis
from mindspace.site.models import HelpLine


@pytest.mark.parametrize(
    "words",
    [
        "I want to die",
        "suicidal thoughts",
        "how to kill myself",
        "end my life",
        "i can’t go on",
        "self-harm",
        "cutting myself",
        "he hits me",
        "domestic violence",
        "my husband is abusive",
        "I am not safe",
        "OVERDOSE",
        "988",
    ],
)
def test_words_of_a_crisis_are_heard(words: str) -> None:
    assert sounds_like_crisis(words)


@pytest.mark.parametrize(
    "words",
    ["grief", "support groups for veterans", "dietary advice", "skills", "hit song", "safety plan", "cut paper"],
)
def test_other_words_are_not_taken_for_one(words: str) -> None:
    assert not sounds_like_crisis(words)


@pytest.mark.parametrize(
    ("typed", "words", "place"),
    [
        (" 75038 ", "", "75038"),
        ("grief 75038", "grief", "75038"),
        ("75038-1234 new parents", "new parents", "75038-1234"),
        ("call 2142459442 or 1-75038", "call 2142459442 or 1-75038", ""),
    ],
)
def test_a_zip_code_among_the_words_is_a_place(typed: str, words: str, place: str) -> None:
    form = SearchForm({"q": typed})
    assert form.is_valid()
    assert (form.cleaned_data["q"], form.cleaned_data["near"]) == (words, place)


def test_rows_that_say_most_come_first() -> None:
    trans = HelpLine(name="Trans Lifeline", what_it_is="A line for trans people.")
    young = HelpLine(name="The Trevor Project", audience="LGBTQ+ young people")
    assert matching([young, trans], "trans people", ("name", "what_it_is", "audience")) == [trans, young]
    assert matching([young, trans], "veteran", ("name",)) == []
    assert matching([young], "(.*", ("name",)) == []


@pytest.mark.django_db
def test_a_crisis_shows_the_lines_before_anything_else(client: Client) -> None:
    page = client.get("/search/", {"q": "I want to die"}).content.decode()
    main = page[page.index("<main") :]
    assert main.index("You can talk to someone now") < main.index("tel:988")
    assert main.index("tel:911") < main.index("tel:988")


@pytest.mark.django_db
def test_a_line_is_found_by_what_it_says(client: Client) -> None:
    main = client.get("/search/", {"q": "veteran"}).content.decode().split("<main")[1]
    assert "988 Suicide and Crisis Lifeline" in main
    assert "Trans Lifeline" not in main


@pytest.mark.django_db
@pytest.mark.parametrize("query", [{"q": "75038"}, {"near": "75038"}, {"near": "Irving, TX"}])
def test_a_place_leads_on_to_the_finders(client: Client, query: dict[str, str]) -> None:
    page = client.get("/search/", query).content.decode()
    assert f"People near {query.get('near', '75038')}" in page
    assert "tel:211" in page.split("<main")[1]


@pytest.mark.django_db
def test_it_finds_what_there_is_to_read_and_where_to_turn(client: Client) -> None:
    call_command("load_content", verbosity=0)
    found = client.get("/search/", {"q": "grandmothers"}).content.decode().split("<main")[1]
    assert "/articles/community-care/" in found
    # A word half written, or written wrong, still finds it.
    assert "/articles/community-care/" in client.get("/search/", {"q": "grandmohters"}).content.decode()
    assert "GriefShare" in client.get("/search/", {"q": "grieve"}).content.decode().split("<main")[1]
    near = client.get("/search/", {"near": "75038"}).content.decode().split("<main")[1]
    finders = Resource.objects.filter(kind=Resource.Kind.FINDER)
    assert finders.count() >= 5
    for finder in finders:
        assert f'href="{finder.url}" rel="noreferrer noopener external"' in near


@pytest.mark.django_db
def test_nothing_found_is_kind_and_leads_on(client: Client) -> None:
    main = client.get("/search/", {"q": "xylophone"}).content.decode().split("<main")[1]
    assert "the porch light is on" in main
    for address in ("/articles/", "/resources/", "/help/"):
        assert f'href="{address}"' in main


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["q", "near"])
@pytest.mark.parametrize("junk", ["\x00", "a\x00b", "x" * 10_000, "é" * 201])
def test_junk_gets_a_clear_message(client: Client, name: str, junk: str) -> None:
    answer = client.get("/search/", {name: junk})
    assert answer.status_code == 400
    assert "Please look at this again" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["'; DROP TABLE x; --", "<script>alert(1)</script>", "%", "\\", "& | !", '"', "🙂" * 50]
)
def test_odd_words_are_only_words(client: Client, words: str) -> None:
    answer = client.get("/search/", {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.django_db
def test_the_words_are_kept_nowhere(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/search/", {"q": "my very private words"})
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    logged = [r for r in caplog.records if r.name != "django.db.backends" and "private words" in r.getMessage()]
    assert logged == []


@pytest.mark.django_db
def test_it_is_not_for_search_engines(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/search/").content.decode()

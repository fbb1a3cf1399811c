"""Searching: ranked, highlighted, forgiving, and unharmed by anything typed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import search
from articles.models import Edition
from mindspace.spelling import distance
from tests.articles.cast import draft

pytestmark = pytest.mark.django_db


def find(words: str) -> search.Found:
    return search.find(Edition.objects.live(), words, "en-us")


def titles(words: str) -> list[str]:
    return [edition.title for edition in find(words).editions]


def publish(title: str, body: str = "<p>Text</p>", dek: str = "In a line.") -> Edition:
    return draft(None, title, body=body, dek=dek).publish(None)


def test_the_title_weighs_most_then_summary_and_headings_then_text() -> None:
    publish("One", "<p>Lonely evenings pass.</p>")
    publish("Two", "<h2>Lonely evenings</h2><p>Text</p>")
    publish("Lonely evenings")
    assert titles("lonely evening") == ["Lonely evenings", "Two", "One"]


def test_word_forms_phrases_and_exclusions() -> None:
    publish("Grief", "<p>We walk and we talk about grieving.</p>")
    publish("Walks", "<p>Talk is cheap. A walk is free.</p>")
    assert titles("walking") == ["Walks", "Grief"]
    assert titles('"walk is free"') == ["Walks"]
    assert titles("walk -grieving") == ["Walks"]
    assert set(titles("grieving or cheap")) == {"Grief", "Walks"}


def test_only_what_is_live_is_found() -> None:
    article = publish("Porch light").article
    article.save_desk(None, 1, title="Candle")
    article.publish(None, timezone.now() + timedelta(days=1))
    assert titles("porch") == ["Porch light"]
    assert titles("candle") == []
    article.withdraw(None)
    assert titles("porch") == []


def test_an_unfinished_word() -> None:
    publish("Grandmothers on a bench")
    found = find("grandm")
    assert [edition.title for edition in found.editions] == ["Grandmothers on a bench"]
    assert (found.shown_for, found.partly) == ("", False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("granmothers", "grandmothers"),
        ("grnadmothers", "grandmothers"),
        ("loneliness granmother", "loneliness grandmother"),
        ("lonliness", "loneliness"),
        ("bech", "bench"),
    ],
)
def test_a_misspelled_word(typed: str, meant: str) -> None:
    publish("Grandmothers on a bench", "<p>They know loneliness. A grandmother listens.</p>")
    found = find(typed)
    assert found.shown_for == meant
    assert len(found.editions) == 1
    assert not found.partly


def test_a_known_word_with_an_ending_of_ones_own() -> None:
    publish("Evenings", "<p>It is lonely here.</p>")
    found = find("lonelyness")
    assert (found.shown_for, len(found.editions)) == ("lonely", 1)


def test_words_that_no_article_holds_together() -> None:
    publish("Soup")
    publish("Bread")
    found = find("soup bread")
    assert {edition.title for edition in found.editions} == {"Soup", "Bread"}
    assert (found.partly, found.shown_for) == (True, "")


def test_words_that_are_nowhere() -> None:
    publish("Soup")
    found = find("xylophone")
    assert (list(found.editions), found.shown_for, found.partly) == ([], "", False)


def test_hits_are_marked_and_all_else_is_escaped() -> None:
    publish("Signs", '<p>Somebody &amp; a bench, where 1 &lt; 2 is "true" of <b>company</b>.</p>')
    (edition,) = find("bench").editions
    marked = "Somebody &amp; a <mark>bench</mark>, where 1 &lt; 2 is &quot;true&quot; of company"
    assert search.highlight(edition.headline).startswith(marked)


def test_markers_in_a_text_are_taken_out() -> None:
    edition = publish("Signs", f"<p>a {search.HIT_START}bench{search.HIT_END} b</p>")
    assert search.HIT_START not in Edition.objects.get(pk=edition.pk).text


def test_one_query_when_the_words_are_found(django_assert_num_queries) -> None:
    publish("Soup")
    with django_assert_num_queries(2):  # is there a hit, and the hits
        list(find("soup").editions)


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "'", '"', "& | ! ( ) <->", "a:*", "\\", "-", "the", "%" * 200, "x" * 9999]
)
def test_junk_finds_nothing_and_breaks_nothing(typed: str) -> None:
    publish("Soup")
    assert titles(typed) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_typed(text: str) -> None:
    list(find(text).editions)


@settings(max_examples=300)
@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 3))
def test_distance_is_a_distance(one: str, other: str, limit: int) -> None:
    slips = distance(one, other, 10)
    assert distance(other, one, 10) == slips
    assert (slips == 0) == (one == other)
    assert slips >= abs(len(one) - len(other))
    assert distance(one, other, limit) == min(slips, limit + 1)


def test_distance_counts_slips() -> None:
    assert [distance("bench", word, 5) for word in ("bench", "bech", "becnh", "trench", "")] == [0, 1, 1, 2, 5]

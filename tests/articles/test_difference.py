"""What changed between two texts, word by word, in reading order."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import body, difference
from articles.alignment import opcodes
from articles.difference import Run, between, compare
from tests.articles.cast import alice, draft, topic


def bodies(old: str, new: str) -> difference.Difference:
    return between({"body": body.clean(old)}, {"body": body.clean(new)})


def changed(found: difference.Difference) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(line.kind, [tuple(run) for run in line.runs]) for line in found.lines if line.is_changed]


def test_words() -> None:
    assert compare("We meet on Tuesday at six.", "We meet on Thursday at six.") == [
        Run("equal", "We meet on "),
        Run("delete", "Tuesday "),
        Run("insert", "Thursday "),
        Run("equal", "at six."),
    ]


def test_the_same_text_has_no_difference() -> None:
    source = {"title": "Soup", "body": "<h2>One</h2><p>Two</p>"}
    assert between(source, source).is_empty


def test_a_new_paragraph_leaves_the_others_alone() -> None:
    found = bodies("<p>One here.</p><p>Three there.</p>", "<p>One here.</p><p>Two.</p><p>Three there.</p>")
    assert changed(found) == [("p", [("insert", "Two.")])]
    assert [line.kind for line in found.lines] == ["p", "p", "p"]


def test_a_paragraph_that_was_reworded_is_shown_as_one_line() -> None:
    found = bodies("<p>Come as you are to our hall.</p>", "<p>Come as you are to our new hall.</p>")
    assert changed(found) == [("p", [("equal", "Come as you are to our "), ("insert", "new "), ("equal", "hall.")])]


def test_a_paragraph_that_was_replaced_is_shown_as_two() -> None:
    found = bodies("<p>Come as you are.</p>", "<p>Bring some bread tonight.</p>")
    assert changed(found) == [("p", [("delete", "Come as you are.")]), ("p", [("insert", "Bring some bread tonight.")])]


def test_a_changed_address_is_seen() -> None:
    found = bodies('<p><a href="/help/">Help</a></p>', '<p><a href="/safety/">Help</a></p>')
    assert changed(found) == [("p", [("equal", "Help "), ("delete", "[/help/]"), ("insert", "[/safety/]")])]


def test_a_paragraph_made_an_item_is_seen() -> None:
    (line,) = bodies("<p>Rest well</p>", "<ul><li>Rest well</li></ul>").lines
    assert (line.label, line.was, line.is_changed) == ("List item", "Paragraph", True)


def test_the_level_of_a_care_card_is_seen() -> None:
    card = '<section data-level="{}"><p>Call now</p></section>'
    (line,) = bodies(card.format("calm"), card.format("urgent")).lines
    assert (line.was, line.label) == ("Care card: advice", "Care card: emergency")


def test_a_change_of_looks_only_is_said() -> None:
    found = bodies("<p>Rest well</p>", "<p><strong>Rest</strong> well</p>")
    assert [line.kind for line in found.fields] == ["body"]
    assert not found.is_empty


def test_near_changes_leaves_out_what_did_not_change() -> None:
    old = "".join(f"<p>Paragraph number {number}.</p>" for number in range(9))
    found = bodies(old, old.replace("number 4", "number four"))
    shown = found.near_changes()
    assert [line and line.runs[0].text for line in shown] == [
        None, "Paragraph number 3.", "Paragraph number ", "Paragraph number 5.", None,
    ]  # fmt: skip


@pytest.mark.django_db
def test_fields_are_compared_in_words() -> None:
    author = alice()
    article = draft(None, author=author)
    before = article.source()
    article.save_desk(None, 1, title="Hot soup", topics=[topic("Rest")], author=None)
    lines = {line.kind: (line.label, list(line.runs)) for line in between(before, article.source()).fields}
    assert lines == {
        "title": ("Title", [Run("delete", "Soup"), Run("insert", "Hot soup")]),
        "topics": ("Topics", [Run("delete", "Company"), Run("insert", "Rest")]),
        "author": ("Author", [Run("delete", "Alice")]),
    }


def test_it_is_shown_safely_and_in_words_too() -> None:
    html = difference.render(compare("<b>one</b>", "<i>two</i>"))
    assert "<b>" not in html
    assert "<i>" not in html
    assert '<del><span class="visually-hidden">[taken out: </span>&lt;b&gt;one' in html
    assert '<ins><span class="visually-hidden">[added: </span>&lt;i&gt;two' in html


TEXT = st.lists(st.sampled_from(["a ", "b ", "c. ", "dd ", "e? ", "\n"]), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_both_texts_can_be_read_off_the_runs(old: str, new: str) -> None:
    runs = compare(old, new)
    kept = "".join(run.text for run in runs if run.change != "insert")
    assert kept.split() == old.split()
    assert "".join(run.text for run in runs if run.change != "delete") == new


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=15), st.lists(st.integers(0, 4), max_size=15))
def test_opcodes_rebuild_the_new_list(old: list[int], new: list[int]) -> None:
    built: list[Any] = []
    place = 0
    for change, i1, i2, j1, j2 in opcodes(old, new):
        assert i1 == place
        place = i2
        built += old[i1:i2] if change == "equal" else new[j1:j2]
    assert built == new


def test_fifty_thousand_words_take_seconds() -> None:
    words = [f"word{number * 7919 % 3001}" for number in range(50_000)]
    paragraphs = [" ".join(words[start : start + 100]) for start in range(0, 50_000, 100)]
    edited = [paragraph.replace("word7 ", "other ") + " more" for paragraph in paragraphs]
    for old, new in (
        ("".join(f"<p>{p}</p>" for p in paragraphs), "".join(f"<p>{p}</p>" for p in edited)),
        (f"<p>{' '.join(words)}</p>", f"<p>{' '.join(reversed(words))}</p>"),
        ("<p>" + "a " * 50_000 + "</p>", "<p>" + "a " * 49_000 + "b</p>"),
    ):
        started = time.process_time()
        assert not bodies(old, new).is_empty
        assert time.process_time() - started < 8

"""Characters that XML forbids take no feed down, and no form keeps them."""

from datetime import UTC, datetime

import pytest
from django import forms

from articles.feeds import ArticleFeed
from mindspace.control_characters import CleanForm, Feed, without


def test_a_feed_leaves_them_out() -> None:
    feed = Feed(title="All", link="/", description="")
    feed.add_item(title="A\x0bb\x01", link="/a/", description="c\x1fd", pubdate=datetime(2026, 3, 2, tzinfo=UTC))
    text = feed.writeString("utf-8")
    assert "A\nb</title>" in text
    assert "c\nd</summary>" in text
    assert ArticleFeed.feed_type is Feed


@pytest.mark.parametrize("said", ["", "Plain", "Two\nlines\r\n", "é “ñ” 🙂", "a\u200bb\tc"])
def test_everything_else_stays(said: str) -> None:
    assert without(said) == said


def test_a_form_makes_a_break_of_a_break_and_keeps_one_line_one_line() -> None:
    class Form(CleanForm, forms.Form):
        line = forms.CharField()
        lines = forms.CharField(widget=forms.Textarea)

    form = Form({"line": "a\x0bb\x02", "lines": "a\x0bb\x02"})
    assert form.is_valid()
    assert form.cleaned_data == {"line": "a b", "lines": "a\nb"}

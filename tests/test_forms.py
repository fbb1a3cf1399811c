"""Fields that more than one form has."""

import pytest
from django import forms

from mindspace.forms import LongLine


class Room(forms.Form):
    hint = LongLine(max_length=20, required=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("The blue\r\ndoor ", "The blue door"), ("", ""), ("\t \n", ""), ("by\u00a0the yard", "by the yard")],
)
def test_a_long_line_stays_one_line(typed: str, kept: str) -> None:
    form = Room({"hint": typed})
    assert form.is_valid()
    assert form.cleaned_data["hint"] == kept
    assert "<textarea" in str(form["hint"])


@pytest.mark.parametrize("typed", ["a\0b", "a" * 21])
def test_a_long_line_refuses_what_no_field_takes(typed: str) -> None:
    assert not Room({"hint": typed}).is_valid()

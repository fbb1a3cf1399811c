"""Fields that more than one form has."""

import pytest
from django import forms
from pytest_django.asserts import assertHTMLEqual

from mindspace.forms import LongLine, OneOfMany


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


@pytest.mark.parametrize("chosen", ["", "b", "7", 7, None, "<none>"])
def test_one_of_many_is_a_select_as_django_writes_it(chosen: object) -> None:
    choices = [("", "Any"), ("b", "Bread & <b>roses</b>"), (7, "Seven")]
    ours, its = (widget(attrs={"id": "id_it"}, choices=choices) for widget in (OneOfMany, forms.Select))
    written = [widget.render("it", chosen, {"aria-describedby": "help", "required": True}) for widget in (ours, its)]
    assertHTMLEqual(*written)

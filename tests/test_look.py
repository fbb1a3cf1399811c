"""Drawings, scenes and form fields: what a template names is there, and an error is said beside its field."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import RequestFactory
from django.urls import ResolverMatch

from mindspace.templatetags import look

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SPRITE = (Path(settings.BASE_DIR) / "static/drawings/sprite.svg").read_text()
DRAWINGS = set(re.findall(r'<g id="([\w-]+)"', SPRITE))
NAMED = re.compile(r'components/drawing\.html" with name="([\w-]+)"')


def page(view_name: str) -> dict[str, Any]:
    request = RequestFactory().get("/")
    request.resolver_match = ResolverMatch(lambda request: None, (), {}, url_name=view_name)  # type: ignore[arg-type,return-value]
    return {"request": request}


def test_every_drawing_a_template_names_is_in_the_sprite() -> None:
    named = {name for path in TEMPLATES.rglob("*.html") for name in NAMED.findall(path.read_text())}
    assert len(named) > 5
    assert named <= DRAWINGS
    assert set(look.SIZES) <= DRAWINGS


def test_every_part_the_sprite_uses_is_in_it() -> None:
    assert set(re.findall(r'href="#([\w-]+)"', SPRITE)) <= DRAWINGS


def test_each_kind_of_page_keeps_its_scene_and_not_all_have_the_same() -> None:
    names = [
        "home",
        "help",
        "safety",
        "privacy",
        "display",
        "search",
        "articles:article_list",
        "articles:article_detail",
    ]
    scenes = [look.foot_scene(page(name)) for name in names]
    assert scenes == [look.foot_scene(page(name)) for name in names]
    assert len(set(scenes)) >= 3
    assert {f"foot-{scene}" for scene in look.FOOT_SCENES} <= DRAWINGS


def test_an_error_page_has_a_scene_too() -> None:
    assert look.foot_scene({}) == "porch"


def test_a_drawing_keeps_its_shape() -> None:
    assert look.view_box("circle") == "0 0 900 640"
    assert look.view_box("op-3") == "0 0 200 140"


def test_a_phone_number_stays_on_one_line() -> None:
    assert look.unbroken("+1 (214) 245 9442") == "+1\xa0(214)\xa0245\xa09442"
    assert "-" not in look.unbroken("1-800-799-7233")


class SampleForm(forms.Form):
    town = forms.CharField(label="Town", help_text="Or a ZIP code.")
    agree = forms.BooleanField(label="I agree")
    day = forms.ChoiceField(label="Day", choices=[("mon", "Monday")], widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def wrong() -> str:
    return str(SampleForm({}))


def test_a_field_has_its_label_above_and_its_help_tied_to_it() -> None:
    html = str(SampleForm())
    assert html.index('<label class="field-label" for="id_town">') < html.index('id="id_town_helptext"')
    assert html.index('id="id_town_helptext"') < html.index('<input type="text" name="town"')
    assert 'aria-describedby="id_town_helptext"' in html
    assert "error-summary" not in html


def test_an_error_is_said_beside_its_field_and_tied_to_it(wrong: str) -> None:
    assert re.search(r'<input type="text" name="town"[^>]*aria-invalid="true"', wrong)
    assert 'aria-describedby="id_town_helptext id_town_error"' in wrong
    assert '<div class="field-error" id="id_town_error">' in wrong


def test_the_summary_comes_first_and_links_to_what_is_there(wrong: str) -> None:
    assert wrong.index('class="error-summary"') < wrong.index('class="field ')
    targets = re.findall(r'href="#([\w-]+)"', wrong)
    assert len(targets) == 3
    assert all(f'id="{target}"' in wrong for target in targets)


def test_the_summary_names_an_error_that_no_field_shows(wrong: str) -> None:
    """A hidden field has no place for its error but the summary."""
    assert wrong.count("This field is required.") == 2 * 3 + 1

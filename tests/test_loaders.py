"""Templates are sent without their indentation, and nothing that a template fills in is changed."""

from pathlib import Path

import pytest
from django.template import Context, Engine, Origin

from mindspace.loaders import unindented


def test_indentation_goes_and_lines_stay() -> None:
    assert unindented("<p>\n    {% if a %}\n\t<b>\n  </p>\n", Origin("x.html")) == "<p>\n{% if a %}\n<b>\n</p>\n"


def test_a_mail_keeps_its_indentation() -> None:
    assert unindented("a\n  b\n", Origin("mail.txt")) == "a\n  b\n"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "x.html").write_text("<textarea>\n    {{ words }}</textarea>")
    return Engine(dirs=[str(tmp_path)], loaders=["mindspace.loaders.FilesystemLoader"])


def test_what_is_filled_in_keeps_its_spaces(engine: Engine) -> None:
    page = engine.get_template("x.html").render(Context({"words": "one\n    two  \n"}))
    assert page == "<textarea>\none\n    two  \n</textarea>"

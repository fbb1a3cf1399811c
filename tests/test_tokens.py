"""The colors, both themes: every text reaches 7:1 on every ground it is used on, and what must be seen reaches 3:1."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
SOURCE = re.sub(r"/\*.*?\*/", "", (CSS / "tokens.css").read_text(), flags=re.DOTALL)


def block(selector: str, source: str = SOURCE) -> dict[str, str]:
    """The custom properties of the first rule with exactly this selector."""
    match = re.search(rf"(?:^|[}}{{])\s*{re.escape(selector)} {{(.*?)}}", source, re.DOTALL)
    assert match, selector
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", match[1]))


LIGHT = block(":root")
DARK_BY_DEVICE = block(':root:not([data-theme="light"])')
DARK_BY_CHOICE = block(':root[data-theme="dark"]')
THEMES = {"light": LIGHT, "dark": LIGHT | DARK_BY_CHOICE}

PLAIN_GROUNDS = ["page", "surface"]
PALE_FIELDS = ["sky", "ground", "peach", "sage", "deep-sage", "near"]
DARK_FIELDS = ["teal", "night", "clay"]
TEXT = {
    "ink": PLAIN_GROUNDS + PALE_FIELDS,
    "quiet": PLAIN_GROUNDS,
    "link": PLAIN_GROUNDS,
    "visited": PLAIN_GROUNDS,
    "danger": PLAIN_GROUNDS,
    "clay-text": PLAIN_GROUNDS,
    "on-dark": DARK_FIELDS,
    # 988 is awake: its links are lit
    "lit": ["night"],
    "on-lit": ["lit"],
    "on-primary": ["primary"],
    "on-leave": ["leave"],
    # the label of .button-clay is the page's own color
    "page": ["clay-text"],
}
TEXT_PAIRS = [(text, ground) for text, grounds in TEXT.items() for ground in grounds]
# The edge of a control, the focus rings (one of the two shows on any ground), a filled button.
SEEN_PAIRS = [
    ("border", "page"),
    ("border", "surface"),
    ("primary", "page"),
    ("primary", "sky"),
    ("ink", "page"),
    ("leave", "page"),
    ("lit", "teal"),
    ("lit", "clay"),
]


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_reaches_seven_to_one(theme: str, text: str, ground: str) -> None:
    colors = THEMES[theme]
    assert contrast(colors[text], colors[ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("thing", "ground"), SEEN_PAIRS)
def test_what_must_be_seen_reaches_three_to_one(theme: str, thing: str, ground: str) -> None:
    colors = THEMES[theme]
    assert contrast(colors[thing], colors[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", PLAIN_GROUNDS + PALE_FIELDS + DARK_FIELDS + ["lit"])
def test_one_of_the_two_focus_rings_shows_on_every_ground(theme: str, ground: str) -> None:
    colors = THEMES[theme]
    assert max(contrast(colors[ring], colors[ground]) for ring in ("ink", "page")) >= 3


def test_the_dark_theme_is_the_same_by_device_and_by_choice() -> None:
    assert DARK_BY_DEVICE == DARK_BY_CHOICE
    assert set(DARK_BY_CHOICE) <= set(LIGHT)


# The admin keeps Django's own look and variables.
SITE_PARTS = [path for path in sorted(CSS.rglob("*.css")) if not path.name.startswith("admin")]


@pytest.mark.parametrize("path", SITE_PARTS, ids=lambda path: path.name)
def test_raw_colors_live_in_tokens_only(path: Path) -> None:
    """A part may give a token another value (paper is white); it may not paint with a color of its own."""
    rules = re.sub(r"/\*.*?\*/|--[\w-]+:[^;]*;", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", rules) == []


@pytest.mark.parametrize("path", SITE_PARTS, ids=lambda path: path.name)
def test_every_name_used_is_defined(path: Path) -> None:
    """A misspelled custom property paints nothing and says nothing."""
    everywhere = "".join(other.read_text() for other in CSS.rglob("*.css"))
    known = set(re.findall(r"(--[\w-]+)\s*:", everywhere))
    used = set(re.findall(r"var\((--[\w-]+)\s*\)", path.read_text()))
    assert used <= known


def test_the_drawings_are_painted_with_tokens() -> None:
    sprite = (Path(settings.BASE_DIR) / "static" / "drawings" / "sprite.svg").read_text()
    used = set(re.findall(r"var\(--([\w-]+)\)", sprite))
    assert used <= set(LIGHT)
    assert not re.search(r"(fill|stroke)=\"(?!var\(|none)", sprite)
    assert "style=" not in sprite

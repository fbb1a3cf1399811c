"""The directory on paper: what is printed of a group and of a search."""

import pytest
from playwright.sync_api import Page

from tests.groups.listing import group

HIDDEN = (".topbar", ".masthead", ".footer", ".not-on-paper", "a:text('Calendar file')", "a:text('Report a problem')")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/groups/tea/", ("h1", "text=Every Tuesday at 6.30 pm", "text=100 Quiet Lane", ".on-paper")),
        ("/groups/print/?near=75038", ("h1", "text=Every Tuesday at 6.30 pm", "text=/groups/tea/")),
    ],
)
def test_the_words_are_printed_and_the_controls_are_not(
    live: str, page: Page, address: str, shown: tuple[str, ...]
) -> None:
    group("Tea")
    page.goto(live + address)
    page.emulate_media(media="print")
    for words in shown:
        assert page.locator(words).first.is_visible(), words
    for control in HIDDEN:
        assert not any(each.is_visible() for each in page.locator(control).all()), control

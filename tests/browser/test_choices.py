"""Choices in a form: each a slip of paper, those with headings under them."""

from playwright.sync_api import Page

from tests.browser.desk import come_in
from tests.mutualaid.cast import bob

WIDTHS = "all => all.map(each => getComputedStyle(each).borderTopWidth)"


def test_each_choice_is_a_slip_and_a_heading_is_none(live: str, page: Page) -> None:
    page.goto(f"{live}/display/")
    assert page.locator("#id_theme label").evaluate_all(WIDTHS) == ["2px"] * 3
    come_in(page, live, bob())
    page.goto(f"{live}/accounts/profile/")
    headings, choices = page.locator("#id_can_give > div > label"), page.locator("#id_can_give > div > div > label")
    assert headings.evaluate_all(WIDTHS) == ["0px"] * headings.count()
    assert choices.evaluate_all(WIDTHS) == ["2px"] * choices.count()
    assert (headings.count(), choices.count()) == (3, 10)

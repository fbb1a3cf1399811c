"""Finding a group and keeping it right by Tab, Space and Enter alone: without JavaScript, 320 px wide."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from groups.models import GroupReport, Sighting, Suggestion
from tests.browser.test_keeping import open_listing
from tests.groups.cast import group as kept_group
from tests.groups.listing import group

MOST_KEYS = 160


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page(width=320, javascript=False)


def tab_to(page: Page, target: Locator) -> None:
    """As somebody does who has no mouse; what cannot be reached so, or is not seen to be reached, fails."""
    for _key in range(MOST_KEYS):
        page.keyboard.press("Tab")
        if target.count() and target.first.evaluate("found => found === document.activeElement"):
            outline = target.first.evaluate("found => getComputedStyle(found).outlineStyle")
            assert outline != "none", "nobody sees where they are"
            return
    raise AssertionError(f"{target} is not reached")


def test_finding(page: Page, live: str) -> None:
    group("Grief and coffee", about=("grief",))
    page.goto(f"{live}/groups/")
    tab_to(page, page.get_by_label("What for"))
    page.keyboard.type("greif")
    tab_to(page, page.get_by_label("ZIP code or town"))
    page.keyboard.type("75038")
    page.keyboard.press("Enter")
    page.wait_for_url("**near=75038**")
    tab_to(page, page.get_by_role("link", name="on paper"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/groups/print/**")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.go_back()
    tab_to(page, page.get_by_role("link", name="Grief and coffee", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/groups/grief-and-coffee/")
    tab_to(page, page.get_by_role("link", name="Calendar file"))


def test_saying_that_it_was_not_on_and_that_something_is_wrong(page: Page, live: str) -> None:
    group("Tea")
    page.goto(f"{live}/groups/tea/")
    tab_to(page, page.get_by_role("link", name="You were there?"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/was-it-on/")
    tab_to(page, page.locator("main input[type=radio]"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")
    assert Sighting.objects.get().was_on is False
    page.goto(f"{live}/groups/tea/report/")
    tab_to(page, page.locator("main select, main input[type=radio]"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("main button[type=submit]"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")
    assert GroupReport.objects.count() == 1


def test_a_change_is_suggested_from_inside_a_fold(page: Page, live: str) -> None:
    group("Tea")
    page.goto(f"{live}/groups/tea/change/")
    tab_to(page, page.get_by_text("How to get in, and what it costs"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("About the cost"))
    page.keyboard.type("Bring a cup")
    tab_to(page, page.get_by_label("Your e-mail address"))
    page.keyboard.type("vic@example.net")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suggest/sent/")
    assert Suggestion.objects.get().changes["group"]["cost_note"][-1] == "Bring a cup"


def test_an_organizer_says_not_this_week(page: Page, live: str) -> None:
    made = kept_group()
    open_listing(page, live, made)
    tab_to(page, page.get_by_role("button", name=re.compile("^Not on ")).first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("not held").first).to_be_visible()
